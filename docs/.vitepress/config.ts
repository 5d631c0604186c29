import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { drawGraphs } from './graphs.ts';
import { linksIntoTheRepository } from './links.ts';
import { places, root } from './pages.ts';
import { sidebar } from './sidebar.ts';

/**
 * The guides as a site. Pages are the Markdown files of the repository where they lie: the guides, the READMEs of the
 * packages, the cards of the trained models, and the reference that scripts/api.mjs writes to docs/api.
 */
export default defineConfig({
  title: 'diffusion',
  description:
    'Anomalous diffusion of single particles: simulate, train, classify and explain, in JavaScript.',
  lang: 'en',
  srcDir: '..',
  // Everything is left out but what is a page.
  srcExclude: [
    '!(CONTRIBUTING).md',
    '!(docs|packages|CONTRIBUTING.md)/**',
    'docs/{.vitepress,node_modules,scripts}/**',
    'packages/*/{src,scripts,test,fuzz,node_modules,dist}/**',
    'packages/*/!(README).md',
  ],
  rewrites: places,
  base: process.env.DOCS_BASE ?? '/',
  // A page may be of a file whose last change the machine that builds does not know.
  lastUpdated: false,
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(markdown) {
      linksIntoTheRepository(markdown);
      drawGraphs(markdown);
    },
  },
  vite: {
    plugins: [
      {
        // Pages outside of docs have no Vue beside them: it is looked for from here.
        name: 'vue of the site',
        enforce: 'pre',
        resolveId(id) {
          return /^vue(?:\/|$)/.test(id) ? this.resolve(id, join(root, 'docs/package.json')) : null;
        },
      },
    ],
  },
  themeConfig: {
    nav: [
      { text: 'Tutorial', link: '/tutorial' },
      { text: 'Guides', link: '/guides' },
      { text: 'Reference', link: '/api/' },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
  },
});
