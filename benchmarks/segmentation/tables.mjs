import { markdown } from '../backends/fill-page.mjs';

const fixed = (digits) => (value) => (Number.isFinite(value) ? value.toFixed(digits) : '–');
const METRICS = [
  ['jaccard', 'JSC of changes', fixed(2)],
  ['rmseChange', 'RMSE of changes, frames', fixed(2)],
  ['maeAlpha', 'MAE of α', fixed(3)],
  ['msleDiffusion', 'MSLE of K', fixed(4)],
  ['f1State', 'F1 of states', fixed(2)],
];
const FRAMES = [
  ['maeAlpha', 'MAE of α over all frames', fixed(3)],
  ['stateAccuracy', 'frames in the right state', fixed(2)],
];

/** The tables of docs/segmentation.md, by the names of their places. */
export function tablesOf({ experiments, falseAlarms, seconds }) {
  const tables = [];
  if (experiments) {
    const { experiments: each, methods, scoredBy, ruptures } = experiments;
    const heads = each.map(({ number }) => String(number));
    tables.push({
      name: 'segmentation mean',
      text: [
        markdown([
          ['method', ...METRICS.map(([, title]) => title)],
          ...methods.map(({ name, mean }) => [
            name,
            ...METRICS.map(([metric, , show]) => show(mean[metric])),
          ]),
        ]),
        '',
        `Scored by ${scoredBy ? `the challenge's program (${scoredBy})` : 'the equal metrics of `@diffusion/eval`'}; means weighted by tracks.${
          ruptures
            ? ` ruptures: KernelCPD, kernel ${ruptures.kernel} on ${ruptures.feature}, penalty ${ruptures.penalty}, chosen on another draw.`
            : ''
        }`,
      ].join('\n'),
    });
    const table = ([metric, title, show], from) =>
      markdown([
        [title, ...heads],
        ...(metric === 'jaccard'
          ? [
              ['tracks', ...each.map(({ tracks }) => tracks)],
              ['changes', ...each.map(({ changes }) => changes)],
            ]
          : []),
        ...methods.map((method) => [method.name, ...method[from].map((one) => show(one[metric]))]),
      ]);
    tables.push({
      name: 'segmentation experiments',
      text: [
        ...METRICS.map((metric) => table(metric, 'experiments')),
        ...FRAMES.map((metric) => table(metric, 'frames')),
      ].join('\n\n'),
    });
  }
  if (falseAlarms) {
    const percent = (share) => `${(100 * share).toFixed(1)} %`;
    tables.push({
      name: 'segmentation false alarms',
      text: markdown([
        ['α', 'Q', 'exposure', 'missing', 'tracks', 'penalised changes', 'hidden Markov model'],
        ...falseAlarms.map(({ alpha, q, exposure, missing, tracks, changes, markov }) => [
          alpha,
          q,
          exposure,
          missing,
          tracks,
          percent(changes),
          percent(markov),
        ]),
      ]),
    });
  }
  if (seconds) {
    tables.push({
      name: 'segmentation times',
      text: markdown([
        ['method', 'seconds for 1,000 tracks of 200 points, one thread'],
        ['penalised changes', fixed(1)(seconds.changes)],
        ['hidden Markov model, its fit too', fixed(1)(seconds.markov)],
      ]),
    });
  }
  return tables;
}
