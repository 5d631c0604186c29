import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { drawGraphs } from './graphs.ts';
import { linksIntoTheRepository, refuseDeadLinks } from './links.ts';
import { headingAddress, places, root } from './pages.ts';
import { sidebar } from './sidebar.ts';
import { leaveOutEmptyHeads } from './tables.ts';

/**
 * The guides as a site. Pages are the Markdown files of the repository where they lie: the guides, the READMEs of the
 * packages and examples, the cards of the trained models, and the reference that scripts/api.mjs writes to docs/api.
 */
export default defineConfig({
  title: 'diffusion',
  description:
    'Anomalous diffusion of single particles: simulate, train, classify and explain, in JavaScript.',
  lang: 'en',
  // An icon in the page itself: three steps of a walk.
  head: [
    [
      'link',
      {
        rel: 'icon',
        href: `data:image/svg+xml,${encodeURIComponent(
          '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 13 6 5l4 6 4-9" fill="none" stroke="#2f7cc4" stroke-width="2.5"/></svg>',
        )}`,
      },
    ],
  ],
  srcDir: '..',
  // Everything is left out but what is a page.
  srcExclude: [
    '!(CONTRIBUTING).md',
    '!(docs|packages|examples|CONTRIBUTING.md)/**',
    'docs/{.vitepress,node_modules,scripts}/**',
    'packages/*/{src,scripts,test,fuzz,node_modules,dist}/**',
    'packages/*/!(README).md',
    // A project of its own in each.
    'examples/*/*/**',
    'examples/notebooks/**',
  ],
  rewrites: places,
  base: process.env.DOCS_BASE ?? '/',
  // A page may be of a file whose last change the machine that builds does not know.
  lastUpdated: false,
  buildEnd: refuseDeadLinks,
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    // Headings have the addresses that they have in the repository.
    anchor: { slugify: headingAddress },
    config(markdown) {
      linksIntoTheRepository(markdown);
      drawGraphs(markdown);
      leaveOutEmptyHeads(markdown);
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
    notFound: {
      title: 'There is no such page',
      quote:
        'The address may be misspelt, or the page has moved: the search finds it by its words.',
      linkLabel: 'To the first page',
      linkText: 'To the first page',
    },
  },
});
