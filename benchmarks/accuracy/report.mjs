// Puts the results of `pnpm bench accuracy --json` into docs/accuracy.md, each table in the place of the one that stands there;
// what a run has not measured stays as it is.
//   node benchmarks/accuracy/report.mjs results.json …
import { readFileSync } from 'node:fs';
import { fillPage } from '../backends/fill-page.mjs';
import { tablesOf } from './tables.mjs';

for (const file of process.argv.slice(2)) {
  for (const { name, text } of tablesOf(JSON.parse(readFileSync(file, 'utf8')))) {
    fillPage(name, text, 'accuracy.md');
  }
}
