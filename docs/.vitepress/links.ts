import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { root, siteAddress } from './pages.ts';

/** The address under which files of the repository are read, or '' where its manifest names none. */
const repository = addressOf(
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).repository as
    | string
    | { url: string }
    | undefined,
);

function addressOf(stated: string | { url: string } | undefined): string {
  const url = (typeof stated === 'string' ? stated : (stated?.url ?? ''))
    .replace(/^git\+/, '')
    .replace(/\.git$/, '');
  return /^https:\/\//.test(url) ? url : '';
}

const dead = new Set<string>();

/** Ends a build whose pages link to files that are not there, and says which. */
export function refuseDeadLinks(): void {
  if (dead.size === 0) return;
  throw new Error(`links to nothing:\n${[...dead].sort().join('\n')}`);
}

/**
 * Links from pages to what is not a page. A folder is its README, where that is a page; any other file is read in the
 * repository, or is text alone where no address of it is known.
 */
export function linksIntoTheRepository(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('links into the repository', ({ tokens, env }) => {
    for (const { children } of tokens) {
      const closing: boolean[] = [];
      for (const token of children ?? []) {
        if (token.type === 'link_close') {
          if (closing.pop())
            Object.assign(token, { type: 'text', tag: '', nesting: 0, content: '' });
          continue;
        }
        if (token.type !== 'link_open') continue;
        const href = target(String(token.attrGet('href')), String(env.realPath ?? env.path));
        closing.push(href === undefined);
        if (href === undefined)
          Object.assign(token, { type: 'text', tag: '', nesting: 0, content: '' });
        else token.attrSet('href', href);
      }
    }
  });
}

/** Where a link of a page leads on the site; undefined where that is nowhere. */
function target(href: string, from: string): string | undefined {
  if (/^(?:[a-z][a-z+.-]*:|#|\/)/i.test(href)) return href;
  const [, path, anchor] = /^([^#]*)(#.*)?$/.exec(href) as RegExpExecArray;
  const file = join(dirname(from), decodeURIComponent(path));
  if (!existsSync(file)) {
    dead.add(`${relative(root, from)} links to ${href}`);
    return undefined;
  }
  const folder = statSync(file).isDirectory();
  const here = relative(root, file);
  const address =
    siteAddress(here) ??
    (folder && existsSync(join(file, 'README.md'))
      ? siteAddress(join(here, 'README.md'))
      : undefined);
  if (address !== undefined) return `${address}${anchor ?? ''}`;
  if (repository === '') return undefined;
  return `${repository}/${folder ? 'tree' : 'blob'}/main/${here}${anchor ?? ''}`;
}
