// Puts the results of `pnpm bench accuracy --json` into docs/accuracy.md, each table in the place of the one that stands there;
// what no run has measured stays as it is. The models of several dimensions share tables: give their results together.
//   node benchmarks/accuracy/report.mjs results.json …
import { readFileSync } from 'node:fs';
import { fillPage } from '../backends/fill-page.mjs';
import { tablesOf } from './tables.mjs';

const sections = Object.assign(
  {},
  ...process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')).sections),
);
for (const { name, text } of tablesOf({ sections })) fillPage(name, text, 'accuracy.md');
