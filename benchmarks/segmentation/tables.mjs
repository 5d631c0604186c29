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

const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** The tables of one draw of experiments. */
function experimentTables(experiments, draw) {
  const { experiments: each, methods, scoredBy, ruptures } = experiments;
  const tables = [];
  const heads = each.map(({ number }) => String(number));
  tables.push({
    name: `segmentation${draw} mean`,
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
    name: `segmentation${draw} experiments`,
    text: [
      ...METRICS.map((metric) => table(metric, 'experiments')),
      ...FRAMES.map((metric) => table(metric, 'frames')),
    ].join('\n\n'),
  });
  return tables;
}

const GENERAL = [
  ['jaccard', 'JSC of changes', fixed(2)],
  ['f1State', 'F1 of states', fixed(2)],
  ['maeAlpha', 'MAE of α', fixed(3)],
  ['maeLogDiffusion', 'MAE of ln K', fixed(2)],
];

/** Figures on the law of the general networks: of each dimension the metrics, methods against what is varied. */
function generalTables(general) {
  const dims = [...new Set(general.map(({ dim }) => dim))];
  return dims.map((dim) => {
    const own = general.filter((one) => one.dim === dim);
    const tables = GENERAL.map(([metric, title, show]) =>
      markdown([
        [title, ...own.map(({ row }) => row)],
        ...(metric === 'jaccard' ? [['tracks', ...own.map(({ tracks }) => tracks)]] : []),
        ...own[0].methods.map(({ method }, m) => [
          method,
          ...own.map(({ methods }) => show(methods[m][metric])),
        ]),
      ]),
    );
    return { name: `segmentation general ${dim}d`, text: tables.join('\n\n') };
  });
}

/** The tables of docs/segmentation.md, by the names of their places; `second` are the figures of another draw than that of `experiments`. */
export function tablesOf({
  experiments,
  second,
  intervals,
  falseAlarms,
  seconds,
  oneChange,
  general,
  generalAlarms,
  generalSeconds,
}) {
  const tables = [];
  if (second) tables.push(...experimentTables(second, ' second'));
  if (experiments) tables.push(...experimentTables(experiments, ''));
  if (intervals) {
    tables.push({
      name: 'segmentation intervals',
      text: markdown([
        ['experiment', ...intervals.map(({ number }) => number)],
        ['segments', ...intervals.map(({ segments }) => segments)],
        ['α', ...intervals.map(({ alpha }) => percent(alpha))],
        ['K', ...intervals.map(({ diffusion }) => percent(diffusion))],
      ]),
    });
  }
  if (falseAlarms) {
    const networks = falseAlarms.some((row) => 'network' in row);
    tables.push({
      name: 'segmentation false alarms',
      text: markdown([
        [
          'α',
          'Q',
          'exposure',
          'missing',
          'tracks',
          'penalised changes',
          'hidden Markov model',
          ...(networks ? ['network', 'network, each track a file'] : []),
        ],
        ...falseAlarms.map((row) => [
          ...['alpha', 'q', 'exposure', 'missing', 'tracks'].map((name) => row[name]),
          ...['changes', 'markov', ...(networks ? ['network', 'networkSingle'] : [])].map((name) =>
            row[name] === null ? 'not judged' : percent(row[name]),
          ),
        ]),
      ]),
    });
  }
  if (oneChange) {
    tables.push({
      name: 'segmentation one change',
      text: markdown([
        [
          'method',
          'points',
          'tracks',
          'F1 of detection',
          'MAE of the place',
          'recall',
          'at false alarms of',
        ],
        ...oneChange.map(({ name, length, tracks, f1, placeError, recall, falseAlarms: share }) => [
          name,
          length,
          tracks,
          f1.toFixed(3),
          placeError.toFixed(2),
          percent(recall),
          percent(share),
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
        ...(seconds.network
          ? [['network, its fit of the states too', fixed(1)(seconds.network)]]
          : []),
      ]),
    });
  }
  if (general) tables.push(...generalTables(general));
  if (generalAlarms) {
    const dims = Object.keys(generalAlarms[0].shares);
    const mean = (of) =>
      generalAlarms.reduce((sum, row) => sum + of(row), 0) / generalAlarms.length;
    const each = (cell) => [
      ...dims.map((dim) => cell(({ shares }) => shares[dim])),
      ...dims.map((dim) => cell(({ ofFile }) => ofFile[dim])),
    ];
    tables.push({
      name: 'segmentation general alarms',
      text: markdown([
        [
          ...['α', 'Q', 'exposure', 'missing', 'tracks'],
          ...dims.map((dim) => `${dim}D`),
          ...dims.map((dim) => `${dim}D, states of the file`),
        ],
        ...generalAlarms.map((row) => [
          ...['alpha', 'q', 'exposure', 'missing', 'tracks'].map((name) => row[name]),
          ...each((of) => percent(of(row))),
        ]),
        ['mean', '', '', '', '', ...each((of) => percent(mean(of)))],
      ]),
    });
  }
  if (generalSeconds) {
    tables.push({
      name: 'segmentation general times',
      text: markdown([
        [
          '1,000 tracks of 200 points, one thread',
          'each track by itself',
          'and states of the file',
        ],
        ...generalSeconds.map(({ dim, alone, states }) => [
          `${dim}D`,
          `${alone.toFixed(1)} s`,
          `${states.toFixed(1)} s`,
        ]),
      ]),
    });
  }
  return tables;
}
