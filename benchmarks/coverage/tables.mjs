import { markdown } from '../backends/fill-page.mjs';

const qs = [0.1, 0.3, 1, 3, 10];
const by =
  (...names) =>
  (a, b) => {
    for (const name of names) if (a[name] !== b[name]) return a[name] - b[name];
    return 0;
  };

/** What the first columns of a table say: a kind of track. */
const KIND = ['N', 'missing', 'exposure'];

/** A row per kind of track: what it is, and its cells by Q, undefined where there is none. */
function rowsOf(cells) {
  const rows = new Map();
  for (const cell of [...cells].sort(by('points', 'missing', 'exposure'))) {
    const kind = [cell.points, `${100 * cell.missing} %`, cell.exposure];
    const key = kind.join();
    if (!rows.has(key)) rows.set(key, { kind, of: qs.map(() => undefined) });
    rows.get(key).of[qs.indexOf(cell.q)] = cell;
  }
  return [...rows.values()];
}

const fewestTracks = (of) =>
  Math.min(...of.filter(Boolean).map(({ tracks }) => tracks)).toLocaleString('en');

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
  return markdown([
    [...KIND, ...qs.map((q) => `Q ${q}`), 'tracks each', 'ms per track'],
    ...rowsOf(cells).map(({ kind, of }) => [
      ...kind,
      ...of.map((cell) => (cell ? textOf(cell[name]) : '')),
      fewestTracks(of),
      Math.max(...of.filter(Boolean).map(({ ms }) => ms)),
    ]),
  ]);
}

/** Of D and the radius of confined motion: coverage, the median of the value over the truth, and how many have no upper end. */
export function confinedTable(cells) {
  const columns = qs.filter((q) => cells.some((cell) => cell.q === q));
  const rows = new Map();
  for (const cell of [...cells].sort(by('points', 'exposure'))) {
    for (const [name, text] of [
      ['D', 'D'],
      ['radius', 'radius'],
    ]) {
      const kind = [cell.inside, text, cell.points, cell.exposure];
      const row = rows.get(kind.join()) ?? { kind, of: columns.map(() => undefined) };
      row.of[columns.indexOf(cell.q)] = { ...cell[name], tracks: cell.tracks };
      rows.set(kind.join(), row);
    }
  }
  const text = ({ coverage, ratio, open }) =>
    `${(100 * coverage).toFixed(1)} · ${ratio.toFixed(2)} · ${(100 * open).toFixed(0)}`;
  const ordered = ['well', 'disc'].flatMap((inside) =>
    ['D', 'radius'].flatMap((name) =>
      [...rows.values()].filter(({ kind }) => kind[0] === inside && kind[1] === name),
    ),
  );
  return markdown([
    ['in a', 'of', 'N', 'exposure', ...columns.map((q) => `Q ${q}`), 'tracks each'],
    ...ordered.map(({ kind, of }) => [
      ...kind,
      ...of.map((cell) => (cell ? text(cell) : '')),
      fewestTracks(of),
    ]),
  ]);
}

const textOf = ({ coverage, open, width }) =>
  `${(100 * coverage).toFixed(1)} · ${width === null ? '∞' : width.toFixed(2)} · ${(100 * open).toFixed(0)}`;

/** Root mean square errors over those of the exact posterior mean. */
export function errorTable(cells) {
  const names = { D: 'ln D', sigma: 'ln σ', alpha: 'α' };
  const ratioOf = ({ ours, exact }) => `${(ours / exact).toFixed(3)} (${ours.toFixed(2)})`;
  return markdown([
    [...KIND, 'of', ...qs.map((q) => `Q ${q}`), 'tracks each'],
    ...rowsOf(cells).flatMap(({ kind, of }) =>
      Object.entries(names).map(([name, text]) => [
        ...kind,
        text,
        ...of.map((cell) => (cell ? ratioOf(cell[name]) : '')),
        fewestTracks(of),
      ]),
    ),
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
