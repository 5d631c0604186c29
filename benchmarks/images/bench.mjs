// LipNet-4 on artificial liposomes at the class shares of Gryshkevych (2016), with oversampling and augmentation and with neither,
// beside the support vector machine on features: five stratified folds, of which the one that is judged is never balanced. Then a
// training step of LipNet-4 (batch 32) beside PyTorch's. Every fold is kept in docs/images-results.json as soon as it is judged:
// what is there is not done again.
//   pnpm bench images [--images SHARE] [--steps N] [--json] [--fill]
//   --images SHARE       of the 14,169 and 24,918 images (1)
//   --steps N            of 32 images for each training (1500)
//   --problems A,B       lamellarity,encapsulation
//   --contestants A,B    svm,plain,balanced; also those of contestants.mjs: parts of the augmentation (figure 17), other
//                        networks (figures 18 and 19)
//   --folds N            the first N of the five (5)
//   --rounds N           of the race of training steps (12); 0 leaves it out
//   --report             nothing is trained: the tables of what is kept
//   --fill               writes them into docs/images-results.md and draws docs/images-*.svg, too
// At those defaults three quarters of an hour on a free core. The thesis trains for some ten epochs of the balanced set: --steps 10000.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { liposomes } from '@diffusion/simulate';
import { fillPage } from '../backends/fill-page.mjs';
import { drawPictures } from './pictures.mjs';
import { interval, sections } from './report.mjs';
import { raceSteps } from './step.mjs';

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
const { values } = parseArgs({
  options: {
    images: { ...text, default: '1' },
    steps: { ...text, default: '1500' },
    problems: { ...text, default: 'lamellarity,encapsulation' },
    contestants: { ...text, default: 'svm,plain,balanced' },
    folds: { ...text, default: '5' },
    rounds: { ...text, default: '12' },
    ...{ json: flag, fill: flag, report: flag },
  },
});
/** So far do classes stray that the support vector machine errs about as often as on the thesis' micrographs. */
const AMBIGUITY = 0.25;
const FOLDS = 5;
const COUNTS = { lamellarity: 14_169, encapsulation: 24_918 };
const kept = new URL('../../docs/images-results.json', import.meta.url);
const note = (line) => process.stderr.write(`bench images: ${line}\n`);
const results = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : { jobs: [] };
const keep = () => writeFileSync(kept, `${JSON.stringify(results, null, 2)}\n`);

/** A matrix as a line of text, and back: rows end with semicolons. */
const written = (matrix) => matrix.map((row) => row.join(' ')).join('; ');
const read = (text) => text.split('; ').map((row) => row.split(' ').map(Number));

/** npm's package of the newest Node, on which `pnpm start` runs as well. */
function program() {
  try {
    const { resolve } = createRequire(import.meta.url);
    return resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return process.execPath;
  }
}
const node = program();

const chosen = { images: Number(values.images), steps: Number(values.steps) };
const same = (a, b) =>
  ['problem', 'contestant', 'fold', 'count', 'ambiguity', 'seed', 'steps'].every(
    (key) => a[key] === b[key],
  );
for (let fold = 0; fold < Number(values.folds) && !values.report; fold++) {
  for (const problem of values.problems.split(',')) {
    for (const contestant of values.contestants.split(',')) {
      const job = {
        ...{ problem, contestant, fold, folds: FOLDS },
        count: Math.round(COUNTS[problem] * chosen.images),
        ambiguity: AMBIGUITY,
        seed: 1,
        ...(contestant !== 'svm' && { steps: chosen.steps }),
      };
      if (results.jobs.some((done) => same(done, job))) continue;
      note(`${problem}, fold ${fold + 1}, ${contestant}`);
      const script = fileURLToPath(new URL('job.mjs', import.meta.url));
      const run = spawnSync(node, [script, JSON.stringify(job)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (run.status !== 0) throw new Error(`bench images: ${JSON.stringify(job)} failed`);
      const { folds, ...what } = job;
      const { classes: _, confusion, ...found } = JSON.parse(run.stdout);
      results.jobs.push({ ...what, ...found, confusion: written(confusion) });
      keep();
    }
  }
}
if (Number(values.rounds) > 0 && !values.report) {
  note('training steps');
  results.steps = await raceSteps({ node, rounds: Number(values.rounds) });
  results.machine = `${cpus()[0].model}, ${availableParallelism()} cores`;
  keep();
}

const jobs = results.jobs.map((job) => ({ ...job, confusion: read(job.confusion) }));
const found = sections(
  { ...results, jobs },
  {
    counts: Object.fromEntries(
      Object.entries(COUNTS).map(([problem, count]) => [
        problem,
        Math.round(count * chosen.images),
      ]),
    ),
    steps: chosen.steps,
    ambiguity: AMBIGUITY,
    classes: (problem) => liposomes({ problem, count: 0, seed: 1 }).classes,
  },
);
if (values.fill) {
  fillPage('results of bench images', found.markdown, 'images-results.md');
  await drawPictures(found.json.problems, interval);
}
if (values.json) process.stdout.write(`${JSON.stringify(found.json, null, 2)}\n`);
else process.stdout.write(`${found.markdown}\n`);
