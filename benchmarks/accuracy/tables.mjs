import { markdown } from '../backends/fill-page.mjs';

const known = (x) => x !== null && x !== undefined && !Number.isNaN(x);
const share = (x, digits = 1) => (known(x) ? `${(100 * x).toFixed(digits)} %` : '–');
const number = (x, digits = 4) => (known(x) ? x.toFixed(digits) : '–');
const whole = (x) => x.toLocaleString('en-US');
const signed = (x, margin) => `${(100 * x).toFixed(1)} ± ${(100 * margin).toFixed(1)}`;

/**
 * The results of bench.mjs as tables in Markdown, each with the name of its place in docs/accuracy.md and the line that says
 * of which model, when and how.
 */
export function tablesOf({ sections }) {
  const writers = { prior, exact, alarms, invariance, time, page };
  const tables = Object.entries(sections)
    .filter(([name]) => name in writers)
    .flatMap(([name, section]) =>
      writers[name](section.result).map((table) => ({
        ...table,
        text: `${table.text}\n\n${madeOf([section], table.count)}`,
      })),
    );
  const andis = Object.entries(sections)
    .filter(([name]) => name.startsWith('andi'))
    .map(([, section]) => section);
  if (andis.length > 0) {
    for (const { name, text } of andi(andis.map(({ result }) => result))) {
      tables.push({ name, text: `${text}\n\n${madeOf(andis)}` });
    }
  }
  return tables;
}

/** The model, the number of tracks, the date, the commit, the command. */
function madeOf(sections, count) {
  const models = sections.map(({ model, weights }) =>
    weights ? `\`${model}\` (${weights})` : `\`${model}\``,
  );
  const made = sections.map(({ date, commit, node }) => `${date}, commit ${commit}, Node ${node}`);
  const commands = sections.map(({ command }) => `\`${command}\``);
  const parts = [
    models.join(', '),
    ...(count === undefined ? [] : [`${whole(count)} tracks`]),
    [...new Set(made)].join(' and '),
    [...new Set(commands)].join(' and '),
  ];
  return parts.join('; ');
}

function prior({ tracks, sets, all, ...bins }) {
  const head = (name) => [
    name,
    'tracks',
    'accuracy',
    'mean confidence',
    'calibration error',
    'of a perfect model',
    'not judged',
    ...(sets
      ? ['coverage of the judged', 'of all', 'mean size', 'one class', 'that class is right']
      : []),
  ];
  const row = (bin) => [
    bin.name,
    whole(bin.count),
    share(bin.accuracy),
    share(bin.confidence),
    number(bin.calibrationError, 3),
    number(bin.perfect, 3),
    share(bin.notJudged),
    ...(sets
      ? [
          share(bin.coverage),
          share(bin.coverageOfAll),
          number(bin.setSize, 2),
          share(bin.single),
          share(bin.singleRight),
        ]
      : []),
  ];
  const titles = {
    length: 'points',
    q: 'Q',
    measured: 'measured Q',
    exposure: 'exposure',
    law: 'law',
  };
  return Object.entries(titles).map(([key, title]) => ({
    name: `prior: ${key}`,
    count: tracks,
    text: markdown([head(title), ...bins[key].map(row), row({ ...all, name: '**all**' })]),
  }));
}

function exact({ tracks, all, length, q, exposure, gaps, recall, alarms }) {
  const head = (name) => [
    name,
    'tracks',
    'exact posterior',
    'model',
    'behind, points',
    'log loss, exact',
    'log loss, model',
    'calibration error, exact',
    'calibration error, model',
    // Of some Q alone the posterior, which knows of all, need not be calibrated.
    ...(name === 'Q' ? [] : ["the posterior's own calibration, σ"]),
    ...(name === 'points' ? ['moved by the last refinement, points'] : []),
  ];
  const row = (bin, name) => [
    bin.name,
    whole(bin.count),
    share(bin.exact),
    share(bin.network),
    signed(bin.behind, bin.margin),
    number(bin.exactLoss, 3),
    number(bin.networkLoss, 3),
    number(bin.exactError, 3),
    number(bin.networkError, 3),
    ...(name === 'Q' ? [] : [number(bin.deviations, 1)]),
    ...(name === 'points' ? [known(bin.moved) ? number(100 * bin.moved, 2) : '–'] : []),
  ];
  const table = (name, title, rows) => ({
    name: `exact: ${name}`,
    count: tracks,
    text: markdown(
      [head(title)].concat([...rows, { ...all, name: '**all**' }].map((bin) => row(bin, title))),
    ),
  });
  return [
    table('length', 'points', length),
    table('q', 'Q', q),
    table('circumstances', 'exposure, gaps', [...exposure, ...gaps]),
    {
      name: 'exact: recall',
      count: tracks,
      text: markdown([
        ['points', ...recall.map(({ length }) => length)],
        ['Q 0.2 – 0.5', ...recall.map(({ low }) => number(low, 2))],
        ['Q > 1', ...recall.map(({ high }) => number(high, 2))],
      ]),
    },
    {
      name: 'exact: alarms',
      count: alarms.reduce((sum, { count }) => sum + count, 0),
      text: markdown([
        [
          'points',
          'tracks',
          'exact posterior',
          'model',
          'more, points',
          'model, of the four classes',
        ],
        ...alarms.map((bin) => [
          bin.length,
          whole(bin.count),
          share(bin.exact),
          share(bin.network),
          signed(bin.more, bin.margin),
          share(bin.ofFour),
        ]),
      ]),
    },
  ];
}

function alarms({ brownian, laws }) {
  const classes = Object.keys(brownian.called);
  const row = (name, which, bin) => [
    name,
    which,
    whole(bin.count),
    share(bin.alarm),
    ...classes.map((c) => share(bin.called[c], 0)),
    share(bin.undecided, 0),
    share(bin.notJudged, 0),
  ];
  return [
    {
      name: 'alarms',
      text: markdown([
        [
          'law',
          'tracks that are',
          'tracks',
          'sure and wrong',
          ...classes,
          'undecided',
          'not judged',
        ],
        row('brownian', 'of Q 0.2 – 0.5', brownian),
        ...laws.map((bin) => row(bin.law, bin.which, bin)),
      ]),
    },
  ];
}

function invariance(rows) {
  return [
    {
      name: 'invariance',
      text: markdown([
        [
          'change',
          'tracks',
          'labels that change',
          'most probable class changes',
          'largest change of a probability',
        ],
        ...rows.map((row) => [
          row.name,
          whole(row.count),
          share(row.labels, 2),
          share(row.classes, 2),
          row.mostDifference === null ? '–' : row.mostDifference.toExponential(1),
        ]),
      ]),
    },
  ];
}

function time({ load, firstAnswer, all, byTwoWorkers, tracks, points }) {
  return [
    {
      name: 'time',
      text: markdown([
        [
          'load, ms',
          'first answer, ms',
          `${whole(tracks)} tracks of ${whole(points)} points, ms`,
          'by two workers, started for it, ms',
        ],
        [load, firstAnswer, all, byTwoWorkers].map((ms) => whole(Math.round(ms))),
      ]),
    },
  ];
}

function page({ load, firstAnswer, sinceOpened, all, perSecond, tracks, points }) {
  return [
    {
      name: 'page',
      text: markdown([
        [
          'load, ms',
          'first answer, ms',
          'first answer since the page was opened, ms',
          `${whole(tracks)} tracks of ${whole(points)} points, ms`,
          'labels per second',
        ],
        [load, firstAnswer, sinceOpened, all, perSecond].map((number) => whole(Math.round(number))),
      ]),
    },
  ];
}

function andi(results) {
  const interval = ({ mean, low, high }, digits) =>
    `${number(mean, digits)} (${number(low, digits)} – ${number(high, digits)})`;
  const { edges } = results[0].length;
  const bins = edges.slice(1).map((to, k) => `${edges[k]} – ${to - 1}`);
  const cells = ({ mean, margin }, digits) => `${number(mean, digits)} ± ${number(margin, digits)}`;
  return [
    {
      name: 'andi',
      text: markdown([
        [
          '',
          'tracks',
          'F1 (95 %)',
          'WADNet',
          'of the reference alone',
          'MAE (95 %)',
          'WADNet',
          'of the reference alone',
        ],
        ...results.map(({ dim, f1, mae, source }) => [
          `${dim}D, ${source}`,
          `${whole(f1.count)} + ${whole(mae.count)}`,
          interval(f1, 4),
          f1.wadnet,
          number(f1.ofReference),
          interval(mae, 4),
          mae.wadnet,
          number(mae.ofReference),
        ]),
      ]),
    },
    {
      name: 'andi: length',
      text: markdown([
        ['points', ...results.flatMap(({ dim }) => [`F1 ${dim}D`, `MAE ${dim}D`])],
        ...bins.map((bin, k) => [
          bin,
          ...results.flatMap(({ length: { f1, mae } }) => [cells(f1[k], 3), cells(mae[k], 3)]),
        ]),
      ]),
    },
    {
      name: 'andi: models',
      text: markdown([
        [
          'model',
          ...results.flatMap(({ dim }) => [
            `recall ${dim}D`,
            `MAE ${dim}D`,
            `of the sample`,
            'FBM likelihood',
            'SBM likelihood',
          ]),
        ],
        ...results[0].models.map(({ name }, m) => [
          name,
          ...results.flatMap(({ models, recall, f1 }) => {
            const row = models[m];
            return [
              number(recall[m]?.recall ?? f1.mean, 3),
              number(row.mae, 3),
              `${number(row.network, 3)} (${row.sample})`,
              number(row.fbm, 3),
              number(row.sbm, 3),
            ];
          }),
        ]),
      ]),
    },
  ];
}
