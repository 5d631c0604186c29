import { relative } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { readersPages, root } from '../fixtures/pages.ts';
import { siteAddress } from './.vitepress/pages.ts';
import { sidebar } from './.vitepress/sidebar.ts';

const linksOf = (items: readonly DefaultTheme.SidebarItem[]): string[] =>
  items.flatMap(({ link, items: below = [] }) => [...(link ? [link] : []), ...linksOf(below)]);

describe('the sidebar of the site', () => {
  const links = linksOf(sidebar());

  it('leads to every guide and package, to each once', () => {
    // The first page leads to the list of guides, that of trained models to their cards.
    const elsewhere =
      /^docs\/(?:index|README)\.md$|^packages\/weights\/models\/|^examples\/sweeps\//;
    const expected = readersPages()
      .map((path) => relative(root, path))
      .filter((page) => !elsewhere.test(page))
      .flatMap((page) => siteAddress(page) ?? []);
    expect(expected.length).toBeGreaterThan(60);
    expect(expected.filter((address) => !links.includes(address))).toEqual([]);
    expect(links.filter((link, i) => links.indexOf(link) !== i)).toEqual([]);
  });

  it('begins with what a newcomer reads first', () => {
    expect(links.slice(0, 2)).toEqual(['/tutorial', '/install']);
  });
});
