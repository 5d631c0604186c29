// Puts the results of `pnpm bench segmentation --json` into docs/segmentation.md, each table in the place of the one that stands
// there, and draws its pictures: tracks that the penalised changes got right and wrong.
//   node benchmarks/segmentation/report.mjs [results.json …] [--second results-of-another-draw.json]
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { segmentationMetrics, segmentsPlot } from '@diffusion/eval';
import { renderSvg } from '@diffusion/eval/render';
import { segmentByChanges } from '@diffusion/features';
import { andi2, segmentsOf } from '@diffusion/simulate';
import { fillPage } from '../backends/fill-page.mjs';
import { SIGMA } from './methods.mjs';
import { tablesOf } from './tables.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { second: { type: 'string' } },
});
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const results = Object.assign({}, ...positionals.map(read));
if (values.second) results.second = read(values.second).experiments;
for (const { name, text } of tablesOf(results)) fillPage(name, text, 'segmentation.md');

const STATES = ['immobile', 'confined', 'free', 'directed'];
const segment = segmentByChanges({ sigma: SIGMA });

/** Tracks of a model with two changes and more, each with its truth, what is said and its score. */
function casesOf(model) {
  const tracks = andi2({ model, count: 3, seed: 8 }).generate();
  return [...tracks].flatMap((track) => {
    const truth = segmentsOf(tracks, track.index).map(({ begin, end, alpha, D, state }) => ({
      from: begin,
      to: end,
      alpha: D === 0 ? 0 : alpha,
      diffusion: D,
      state: STATES[state],
    }));
    if (truth.length < 3 || track.length < 100) return [];
    const segments = segment(track);
    const { jaccard, maeAlpha } = segmentationMetrics({ actual: [truth], predicted: [segments] });
    return [{ track, truth, segments, score: jaccard - maeAlpha }];
  });
}

for (const model of ['multi-state', 'immobile-traps']) {
  const cases = casesOf(model).sort((a, b) => b.score - a.score);
  for (const [name, one] of [
    ['good', cases[0]],
    ['bad', cases.at(-1)],
  ]) {
    const { track, truth, segments } = one;
    const spec = segmentsPlot({ track, truth, segments, positionUnit: 'pixel' });
    const file = new URL(`../../docs/segmentation-${model}-${name}.svg`, import.meta.url);
    writeFileSync(file, `${await renderSvg(spec)}\n`);
  }
}
