// Writes the prior of priors/motion.json as a module, since not every page and Node can import JSON, and as the tables of
// docs/data-sets.md:
//   node packages/simulate/scripts/write-prior.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { priorTables, withTables } from './prior-tables.mjs';

const json = readFileSync(new URL('../priors/motion.json', import.meta.url), 'utf8').trimEnd();
writeFileSync(
  new URL('../src/prior/motion-prior.ts', import.meta.url),
  `// Written by scripts/write-prior.mjs from priors/motion.json; change it there.

import type { MotionPrior } from './read-prior.ts';

/** The prior of \`priors/motion.json\`: what ordinary microscopes see, as far as is known of them. */
// biome-ignore format: as the file has it
export const motionPrior: MotionPrior = ${json};
`,
);
const page = new URL('../../../docs/data-sets.md', import.meta.url);
writeFileSync(page, withTables(readFileSync(page, 'utf8'), priorTables(JSON.parse(json))));
