import type { DefaultTheme } from 'vitepress';
import { pagesOf, roomsOf, titleOf } from './pages.ts';

/** Where the guides stand. A page that is in none of the groups comes under "More", so that none is lost. */
const groups: readonly (readonly [title: string, ...pages: string[]])[] = [
  ['Begin', 'tutorial', 'install', 'command-line', 'report'],
  ['Coming from', 'from-andi-datasets', 'from-trajclassifier', 'from-trackpy', 'from-pytorch'],
  ['Where it runs', 'examples/web', 'notebooks', 'sweeps'],
  [
    'Notebooks',
    'notebooks/ten-minutes',
    'notebooks/simulate-train-explain',
    'notebooks/own-model',
    'notebooks/coming-from-andi-datasets-and-trackpy',
  ],
  ['What it answers', 'estimates', 'shares', 'expect', 'segmentation', 'explanations', 'images'],
  ['Catalogues', 'models-of-motion/README', 'features', 'networks', 'models', 'weights', 'formats'],
  ['Data and training', 'data-sets', 'training', 'examples/own', 'images-results'],
  ['How good it is', 'accuracy', 'performance', 'performance-simulate', 'reliability'],
  [
    'The sources, theirs and ours',
    'reproduction/gajowczyk2021',
    'reproduction/wadnet2021',
    'reproduction/lipnet2016',
    'reproduction/benitez2023',
  ],
  ['Inside', 'architecture', 'licences'],
];

/** The pages of the site in their groups: whatever lies in the folders, under the first heading that each page has. */
export function sidebar(): DefaultTheme.SidebarItem[] {
  const guides = pagesOf('docs').filter((name) => name !== 'README' && name !== 'index');
  const folders = ['models-of-motion', 'notebooks', 'reproduction'];
  const present = new Set([
    ...guides,
    ...roomsOf('examples').map((name) => `examples/${name}`),
    ...folders.flatMap((folder) => pagesOf(`docs/${folder}`).map((name) => `${folder}/${name}`)),
  ]);
  const placed = new Set(groups.flatMap(([, ...pages]) => pages));
  const opened = folders.filter((folder) => placed.has(`${folder}/README`));
  const more = [...present].filter(
    (name) =>
      !placed.has(name) &&
      !name.startsWith('examples/') &&
      !opened.some((folder) => name.startsWith(`${folder}/`)),
  );
  return [
    ...[...groups, ...(more.length > 0 ? [['More', ...more] as const] : [])].map(
      ([text, ...pages]) => ({
        text,
        items: [
          ...pages.filter((page) => present.has(page)).map((page) => guide(page)),
          ...(text === 'Inside' ? [{ text: 'Contributing', link: '/contributing' }] : []),
        ],
      }),
    ),
    {
      text: 'Packages',
      collapsed: true,
      items: roomsOf('packages').map((name) => ({
        text: titleOf(`packages/${name}/README.md`),
        link: `/packages/${name}`,
      })),
    },
    {
      text: 'Reference',
      collapsed: true,
      items: apiPages(),
    },
  ].filter(({ items }) => items.length > 0);
}

/** A guide, with the pages of its folder below it where it is the first page of one. */
function guide(page: string): DefaultTheme.SidebarItem {
  const text = titleOf(page.startsWith('examples/') ? `${page}/README.md` : `docs/${page}.md`);
  if (!page.endsWith('/README')) return { text, link: `/${page}` };
  const folder = page.slice(0, -'/README'.length);
  return {
    text,
    link: `/${folder}/`,
    collapsed: true,
    items: pagesOf(`docs/${folder}`)
      .filter((name) => name !== 'README')
      .map((name) => ({ text: titleOf(`docs/${folder}/${name}.md`), link: `/${folder}/${name}` })),
  };
}

function apiPages(): DefaultTheme.SidebarItem[] {
  return pagesOf('docs/api')
    .filter((name) => name !== 'index')
    .map((name) => ({ text: titleOf(`docs/api/${name}.md`), link: `/api/${name}` }));
}
