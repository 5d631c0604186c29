// Writes docs/reproduction: a page for each source, from docs/reproduction/results and the list of items.
//   pnpm reproduce:pages [FOLDER…]
//   FOLDER  what `diffusion reproduce` or `pnpm reproduce:all` wrote to: its results are taken into docs/reproduction/results, and
//           its pictures of at most 400 kB into docs/reproduction/figures
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { items, reproductionPage, sources } from '../packages/reproduce/dist/index.js';

// Packed they are a tenth of it.
const LARGEST = 400_000;
const docs = fileURLToPath(new URL('../docs/reproduction', import.meta.url));
const [results, figures] = ['results', 'figures'].map((name) => join(docs, name));
for (const folder of [results, figures]) mkdirSync(folder, { recursive: true });

for (const folder of process.argv.slice(2)) {
  for (const { source, item } of items) {
    const own = join(folder, source, item);
    if (!existsSync(join(own, 'table.json'))) continue;
    const result = JSON.parse(readFileSync(join(own, 'table.json'), 'utf8'));
    const name = `${source}-${item}-${result.scale}`;
    writeFileSync(join(results, `${name}.json`), `${JSON.stringify(result, null, 1)}\n`);
    for (const figure of result.figures) {
      const picture = join(own, 'figures', `${figure.name}.svg`);
      if (statSync(picture).size <= LARGEST)
        copyFileSync(picture, join(figures, `${name}-${figure.name}.svg`));
    }
  }
}

const found = readdirSync(results)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(results, name), 'utf8')));
const pictureOf = ({ source, item, scale }, figure) => {
  const name = `figures/${source}-${item}-${scale}-${figure}.svg`;
  return existsSync(join(docs, name)) ? name : undefined;
};
for (const source of Object.keys(sources)) {
  const own = items.filter((one) => one.source === source);
  writeFileSync(join(docs, `${source}.md`), reproductionPage(own, found, pictureOf));
}
