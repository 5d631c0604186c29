const markdown = ([head, ...rows]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const qs = [0.1, 0.3, 1, 3, 10];
const by =
  (...names) =>
  (a, b) => {
    for (const name of names) if (a[name] !== b[name]) return a[name] - b[name];
    return 0;
  };

const rowsOf = (cells) => [
  ...new Set(
    [...cells]
      .sort(by('points', 'missing', 'exposure'))
      .map(({ points, missing, exposure }) => [points, missing, exposure].join()),
  ),
];

/** What a key of {@link rowsOf} says, and the cells of its row by Q, undefined where there is none. */
function rowOf(cells, key) {
  const [points, missing, exposure] = key.split(',').map(Number);
  const of = qs.map((q) =>
    cells.find(
      (cell) =>
        cell.points === points &&
        cell.missing === missing &&
        cell.exposure === exposure &&
        cell.q === q,
    ),
  );
  return { points, missing, exposure, of };
}

/** Coverage, median width and the share of intervals that end with the range, of D, α and σ; a row per track's kind. */
export function coverageTables(cells) {
  const known = cells.filter(({ known }) => known);
  const tables = {};
  for (const name of ['D', 'alpha', 'sigma']) tables[`coverage of ${name}`] = tableOf(known, name);
  const unknown = cells.filter(({ known }) => !known);
  if (unknown.length > 0) {
    tables['coverage without exposure'] = ['D', 'alpha']
      .map((name) => `${name === 'D' ? 'D' : 'α'}:\n\n${tableOf(unknown, name)}`)
      .join('\n\n');
  }
  return tables;
}

function tableOf(cells, name) {
  const head = [
    'N',
    'missing',
    'exposure',
    ...qs.map((q) => `Q ${q}`),
    'tracks each',
    'ms per track',
  ];
  return markdown([
    head,
    ...rowsOf(cells).map((key) => {
      const { points, missing, exposure, of } = rowOf(cells, key);
      const there = of.filter(Boolean);
      return [
        points,
        `${100 * missing} %`,
        exposure,
        ...of.map((cell) => (cell ? textOf(cell[name]) : '')),
        Math.min(...there.map(({ tracks }) => tracks)).toLocaleString('en'),
        Math.max(...there.map(({ ms }) => ms)),
      ];
    }),
  ]);
}

const textOf = ({ coverage, open, width }) =>
  `${(100 * coverage).toFixed(1)} · ${width === null ? '∞' : width.toFixed(2)} · ${(100 * open).toFixed(0)}`;

/** Root mean square errors over those of the exact posterior mean. */
export function errorTable(cells) {
  const names = { D: 'ln D', sigma: 'ln σ', alpha: 'α' };
  const head = ['N', 'missing', 'exposure', 'of', ...qs.map((q) => `Q ${q}`), 'tracks each'];
  return markdown([
    head,
    ...rowsOf(cells).flatMap((key) => {
      const { points, missing, exposure, of } = rowOf(cells, key);
      return Object.entries(names).map(([name, text]) => [
        points,
        `${100 * missing} %`,
        exposure,
        text,
        ...of.map((cell) =>
          cell
            ? `${(cell[name].ours / cell[name].exact).toFixed(3)} (${cell[name].ours.toFixed(2)})`
            : '',
        ),
        Math.min(...of.filter(Boolean).map(({ tracks }) => tracks)).toLocaleString('en'),
      ]);
    }),
  ]);
}

/** What is found beside what other programs find. */
export function peersTable(peers) {
  const shown = (x) => Number(x.toPrecision(5));
  return markdown([
    ['', 'here', 'there', 'true', 'of the tracks’ intervals, hold it'],
    ...Object.entries(peers).map(([name, { ours, theirs, truth, withinOurs }]) => [
      name,
      shown(ours),
      shown(theirs),
      truth ?? '',
      withinOurs === undefined ? '' : `${(100 * withinOurs).toFixed(0)} %`,
    ]),
  ]);
}
