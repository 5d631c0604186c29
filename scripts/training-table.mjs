// Writes the table of recipes in docs/training.md: what each trains, what came out of it and how long it took
// (docs/training-results.json), and the command. After a build:
//   node scripts/training-table.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { filled, markdownTable } from './fill-place.mjs';

const page = new URL('../docs/training.md', import.meta.url);
const resultsFile = new URL('../docs/training-results.json', import.meta.url);

/** The recipes that come with the packages, and what is known of them, as a table in Markdown. */
export async function trainingTable() {
  const { readyRecipe, readyRecipes } = await import('../packages/train/dist/node/index.js');
  const results = JSON.parse(await readFile(resultsFile, 'utf8'));
  const names = await readyRecipes();
  const unknown = Object.keys(results).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(`docs/training-results.json has ${unknown}: expected names of recipes`);
  }
  const rows = [];
  for (const name of names) {
    const { about = '' } = await readyRecipe(name);
    const { result = 'not run', time = '' } = results[name] ?? {};
    const [what] = about.split(/(?<=[.)]) (?=[A-Z])/);
    rows.push([
      `\`${name}\``,
      what,
      result,
      time,
      (await chainOf(name))
        .map((each) => `\`diffusion train --recipe ${each} --output ${each}\``)
        .join('<br>'),
    ]);
  }
  return markdownTable(['recipe', 'what it trains', 'result', 'time', 'command'], rows);
}

/** The recipes that are trained one after another up to this one, each of which begins with the model of the one before. */
export async function chainOf(name) {
  const { readyRecipe, readyRecipes } = await import('../packages/train/dist/node/index.js');
  const { start } = await readyRecipe(name);
  const names = await readyRecipes();
  return start && names.includes(start.model) ? [...(await chainOf(start.model)), name] : [name];
}

/** The page with the table in its place. */
export async function pageWithTable() {
  return filled(await readFile(page, 'utf8'), 'recipes', await trainingTable(), 'docs/training.md');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(page, await pageWithTable());
}
