// One fold of one contestant, in a process of its own, so that its peak memory is its own: a JSON argument in, a line of JSON out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { confusionMatrix } from '@diffusion/eval';
import { imageFeatureRows } from '@diffusion/features';
import { deriveSeed } from '@diffusion/random';
import { liposomes } from '@diffusion/simulate';
import { foldOfImages, svmOfFold } from '../../packages/reproduce/dist/lipnet2016/svm-fold.js';
import { networks } from './contestants.mjs';
import { trainLipnet } from './lipnet.mjs';

const job = JSON.parse(process.argv[2]);
const { problem, count, ambiguity, seed, folds, fold, contestant } = job;
const begun = performance.now();
const network = networks[contestant];
const set = liposomes({
  ...{ problem, count, ambiguity, seed: deriveSeed(seed, 'training') },
  // LipNet-6 sees larger pictures.
  size: network?.variant === '6' ? 32 : 28,
});
const images = set.generate();
const { codes } = images.labels;
const seconds = (from) => (performance.now() - from) / 1000;
const drawn = seconds(begun);

const foldOf = foldOfImages(codes, set.classes.length, folds, seed);
const training = Int32Array.from(foldOf.keys()).filter((i) => foldOf[i] !== fold);
const test = Int32Array.from(foldOf.keys()).filter((i) => foldOf[i] === fold);

/** The support vector machine on the features of the images. */
function machine() {
  const { rows } = imageFeatureRows(images);
  const from = performance.now();
  const model = svmOfFold(rows, codes, set.classes.length, foldOf, fold, seed);
  const fitted = seconds(from);
  const { codes: predicted } = model.predict(Array.from(test, (i) => rows[i]));
  const { vectors, scaling } = model.toJSON();
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  const sklearn = svc(rows, predicted);
  return {
    predicted,
    fitted,
    supportVectors: vectors.length / scaling.mean.length,
    sklearn,
    peakMiB,
  };
}

/** scikit-learn's machine on the same rows, where there is one: the share of the test rows that it answers alike. */
function svc(rows, predicted) {
  const python = join(
    process.env.DIFFUSION_SKLEARN ?? join(homedir(), '.cache/diffusion-bench/sklearn'),
    'bin/python',
  );
  if (!existsSync(python)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'diffusion-images-'));
  try {
    const file = join(folder, 'rows');
    const columns = rows[0].length;
    const all = new Float64Array(rows.length * columns);
    for (const [at, row] of [...training, ...test].entries()) all.set(rows[row], at * columns);
    writeFileSync(file, all);
    const ours = { columns, codes: Array.from(training, (i) => codes[i]) };
    writeFileSync(`${file}.json`, JSON.stringify(ours));
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    const script = fileURLToPath(new URL('svc.py', import.meta.url));
    const run = spawnSync(python, [script, file], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 2 ** 26,
    });
    if (run.status !== 0) throw new Error('bench images: scikit-learn failed');
    const { predicted: theirs, ...more } = JSON.parse(run.stdout);
    return {
      ...more,
      alike: theirs.filter((code, i) => code === predicted[i]).length / test.length,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { predicted, ...more } = network
  ? await trainLipnet({ ...job, ...network, images, training, test })
  : machine();
const actual = Array.from(test, (i) => codes[i]);
const result = {
  problem,
  contestant,
  fold,
  classes: set.classes,
  confusion: confusionMatrix({ actual, predicted, classes: set.classes.length }),
  drawn,
  seconds: seconds(begun),
  peakMiB: process.resourceUsage().maxRSS / 1024,
  ...more,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
