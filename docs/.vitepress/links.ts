import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { address as repository } from '../../release/published.mjs';
import { root, siteAddress } from './pages.ts';

const dead = new Set<string>();

/** Ends a build whose pages link to files that are not there, and says which. */
export function refuseDeadLinks(): void {
  if (dead.size === 0) return;
  throw new Error(`links to nothing:\n${[...dead].sort().join('\n')}`);
}

/** Links from pages to what is not a page. A folder is its README, where that is a page; any other file is read in the repository. */
export function linksIntoTheRepository(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('links into the repository', ({ tokens, env }) => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        if (token.type !== 'link_open') continue;
        const href = String(token.attrGet('href'));
        token.attrSet('href', target(href, String(env.realPath ?? env.path)));
      }
    }
  });
}

/** Where a link of a page leads on the site. */
function target(href: string, from: string): string {
  if (/^(?:[a-z][a-z+.-]*:|#|\/)/i.test(href)) return href;
  const [, path, anchor = ''] = /^([^#]*)(#.*)?$/.exec(href) as RegExpExecArray;
  const file = join(dirname(from), decodeURIComponent(path));
  if (!existsSync(file)) {
    dead.add(`${relative(root, from)} links to ${href}`);
    return href;
  }
  const folder = statSync(file).isDirectory();
  const here = relative(root, file);
  const address =
    siteAddress(here) ??
    (folder && existsSync(join(file, 'README.md'))
      ? siteAddress(join(here, 'README.md'))
      : undefined);
  return `${address ?? `${repository}/${folder ? 'tree' : 'blob'}/main/${here}`}${anchor}`;
}
