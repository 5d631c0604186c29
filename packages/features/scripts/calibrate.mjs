// Calibrates every estimator of D and α on simulated tracks and writes calibration.json, which the documentation and the
// tests read. Run after a build, from anywhere: node packages/features/scripts/calibrate.mjs [tracks [estimators]]
// With a regular expression, only the estimators it matches are calibrated again, and the other rows stay.
import { readFileSync, writeFileSync } from 'node:fs';
import { simulate } from '@diffusion/simulate';
import * as features from '../dist/index.js';

const COUNT = Number(process.argv[2] ?? 2000);
const WANTED = new RegExp(process.argv[3] ?? '');
const file = new URL('../calibration.json', import.meta.url);
const before = process.argv[3] ? JSON.parse(readFileSync(file, 'utf8')) : [];

const OF_D = {
  'estimateLinear ordinary': (track) => features.estimateLinear(track),
  'estimateLinear weighted': (track) => features.estimateLinear(track, { weighting: 'weighted' }),
  'estimateLinear generalised': (track) =>
    features.estimateLinear(track, { weighting: 'generalised' }),
  estimateMichalet: (track) => features.estimateMichalet(track),
  estimateCve: (track) => features.estimateCve(track),
  estimateMle: (track) => features.estimateMle(track),
};
const OF_ALPHA = {
  'estimateLogLog ordinary': (track) => features.estimateLogLog(track),
  'estimateLogLog weighted': (track) => features.estimateLogLog(track, { weighting: 'weighted' }),
  'estimateLogLog generalised': (track) =>
    features.estimateLogLog(track, { weighting: 'generalised' }),
  'estimatePowerLaw none': (track) => features.estimatePowerLaw(track),
  estimateFbm: (track) => features.estimateFbm(track),
};
const OF_NOISY_ALPHA = {
  'estimatePowerLaw offset': (track) => features.estimatePowerLaw(track, { correction: 'offset' }),
  'estimatePowerLaw difference': (track) =>
    features.estimatePowerLaw(track, { correction: 'difference' }),
  'estimateFbm known noise': (track, { sigma }) =>
    features.estimateFbm(track, { noiseVariance: sigma ** 2 }),
  'estimateFbm free noise': (track) => features.estimateFbm(track, { noiseVariance: 'estimate' }),
};

const LENGTHS = [30, 100, 300];
const conditions = LENGTHS.flatMap((length) => [
  { length, dim: 2, alpha: 1, sigma: 0, quantity: 'diffusion', estimators: OF_D },
  { length, dim: 2, alpha: 1, sigma: Math.SQRT1_2, quantity: 'diffusion', estimators: OF_D },
  ...[0.6, 1, 1.4].flatMap((alpha) => [
    { length, dim: 2, alpha, sigma: 0, quantity: 'alpha', estimators: OF_ALPHA },
    { length, dim: 2, alpha, sigma: 0.5, quantity: 'alpha', estimators: OF_NOISY_ALPHA },
  ]),
]);

const rows = [];
for (const { length, dim, alpha, sigma, quantity, estimators } of conditions) {
  // Unit step deviation per axis: D = K = ½.
  const tracks = simulate({
    model: 'fbm',
    count: COUNT,
    length,
    dim,
    alpha,
    seed: 1000,
    ...(sigma > 0 && { sigma }),
  });
  const truth = quantity === 'alpha' ? alpha : 0.5;
  for (const [estimator, estimate] of Object.entries(estimators)) {
    const condition = { length, dim, alpha, sigma, quantity, truth };
    if (!WANTED.test(estimator)) {
      rows.push(before.find((row) => isOf(row, estimator, condition)));
      continue;
    }
    // Searches over long tracks take long.
    const slow = /free noise|offset|difference/.test(estimator) ? 2 : 1;
    const count = Math.ceil(COUNT / (length === 300 ? 2 * slow : slow));
    rows.push(calibrate(tracks, count, estimator, estimate, condition));
    process.stderr.write(`${JSON.stringify(rows.at(-1))}\n`);
  }
}

function isOf(row, estimator, { length, alpha, sigma }) {
  return (
    row.estimator === estimator &&
    row.length === length &&
    row.alpha === alpha &&
    row.noiseVariance === Number((sigma ** 2).toFixed(3))
  );
}

function calibrate(tracks, count, estimator, estimate, condition) {
  const { truth, quantity } = condition;
  let [sum, squares, bias, unknown, errors, covered] = Array(6).fill(0);
  let [edge, coveredInside, undefinedCount] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const found = estimate(tracks.at(i), condition);
    const { value, standardError, bias: known, interval } = found[quantity];
    const inside = interval[0] <= truth && truth <= interval[1];
    if (!Number.isFinite(standardError)) undefinedCount++;
    else errors += standardError;
    sum += value;
    squares += value * value;
    if (Number.isFinite(known)) bias += known;
    else unknown++;
    covered += inside;
    if (found.atEdge) edge++;
    else coveredInside += inside;
  }
  const mean = sum / count;
  const deviation = Math.sqrt(squares / count - mean * mean);
  return {
    estimator,
    quantity,
    length: condition.length,
    dim: condition.dim,
    alpha: condition.alpha,
    noiseVariance: Number((condition.sigma ** 2).toFixed(3)),
    tracks: count,
    bias: round(mean - truth),
    biasError: round(deviation / Math.sqrt(count)),
    // Where the bias is not known for many of the tracks there is no mean of it.
    knownBias: unknown > count / 100 ? null : round(bias / (count - unknown)),
    deviation: round(deviation),
    meanStandardError: round(errors / (count - undefinedCount)),
    coverage: round(covered / count),
    atEdge: round(edge / count),
    coverageInside: round(coveredInside / (count - edge)),
    undefined: round(undefinedCount / count),
  };
}

function round(value) {
  return Number(value.toFixed(4));
}

writeFileSync(file, `${JSON.stringify(rows, null, 1)}\n`);
