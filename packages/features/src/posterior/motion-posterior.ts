import { centresOf, type Range, rangeOfCells } from './cells.ts';
import { chebyshevPoints, interpolation, onGrid } from './chebyshev.ts';
import { type FormsOnNodes, formsOnNodes, type GridLaw, sharesOf } from './forms-on-nodes.ts';
import type { Subject } from './subject.ts';

/** What is known before a track is seen. */
export interface MotionPrior {
  readonly law: GridLaw;
  /** Its coordinate beside ln Q is uniform on this range; known where its ends are equal. */
  readonly coordinates: readonly [number, number];
  /** ln Q is uniform on this range; Q is infinite, no noise, where both ends are. */
  readonly logQs: readonly [number, number];
  /** Exposures, equally probable, as fractions of the frame. */
  readonly exposures: readonly number[];
  /** Localisation error σ, where it is known; else the scale of the steps is log-uniform on all of (0, ∞). */
  readonly sigma: number | undefined;
}

/** The posterior of one track on a grid of cells. */
export interface GridPosterior {
  /** Centres of the cells in α, or what stands in its place, and in ln Q. */
  readonly coordinates: Float64Array;
  readonly logQs: Float64Array;
  /** Ends of the grid: those of the prior, or far from where the posterior is. */
  readonly range: readonly [number, number];
  readonly logQRange: readonly [number, number];
  /** Probability of each cell, coordinate × ln Q, for each exposure; they sum to 1. */
  readonly weights: readonly Float64Array[];
  /** ln of the quadratic form there. */
  readonly logSquares: readonly Float64Array[];
}

/** What is e^−MARGIN times as likely as the best is looked at no further; more where short runs stand for whole ones. */
const MARGIN = 12;
const MARGIN_OF_SHORT = 16;
/** Boxes have their edges on a lattice of so many cells per direction, so that many tracks share one. */
const LATTICE = 10;
/** Cells of the grid on which a box is looked for, and of that of the answer. */
const SEARCH = 40;
const CELLS = 48;
/** Points of the first look at everything, per direction. */
const FIRST_POINTS = [9, 11] as const;

/**
 * The posteriors of α (or of a well's rate) and Q of many tracks, the scale of the steps integrated out where it is free. The likelihood is exact
 * for every run of a track. A first look at the whole range of the prior, by short runs, says where each posterior is; there
 * ln of the determinant and of the quadratic form are interpolated by polynomials through Chebyshev points, which tracks of
 * like places share.
 *
 * @param tell told of the posterior of each, in any order.
 */
export function motionPosteriors(
  subjects: readonly Subject[],
  priors: readonly MotionPrior[],
  tell: (subject: number, posterior: GridPosterior) => void,
): void {
  for (const { members, value: prior } of grouped(
    priors.map((prior, i) => [keyOf(prior), i, prior]),
  )) {
    const of = members.map((i) => subjects[i]);
    const boxes = boxesOf(of, prior);
    const places = boxes.map((box, i): [string, number, Box] => [
      `${box.join()}:${finer(of[i])}`,
      i,
      box,
    ]);
    for (const { members: rows, value: box } of grouped(places)) {
      posteriorsIn(
        box,
        rows.map((row) => of[row]),
        prior,
        (i, posterior) => tell(members[rows[i]], posterior),
      );
    }
  }
}

/** First and last cell of the lattice, in α and in ln Q. */
type Box = readonly [number, number, number, number];

function keyOf({ law, coordinates, logQs, exposures, sigma }: MotionPrior): string {
  return `${law};${coordinates.join()};${logQs.join()};${exposures.join()};${sigma}`;
}

function grouped<T>(rows: readonly (readonly [key: string, row: number, value: T])[]) {
  const groups = new Map<string, { members: number[]; value: T }>();
  for (const [key, row, value] of rows) {
    const group = groups.get(key);
    if (group) group.members.push(row);
    else groups.set(key, { members: [row], value });
  }
  return groups.values();
}

/** More points for longer tracks, whose likelihood is larger: so many more in each direction. */
function finer({ degrees }: Subject): number {
  return Math.max(0, Math.round(Math.log2(degrees / 100)));
}

/** A polynomial through points of a rectangle of α, or what stands in its place, and ln Q. */
class Rectangle {
  readonly coordinates: Float64Array;
  readonly logQs: Float64Array;

  constructor(range: Range, ofLogQ: Range, points: readonly [number, number]) {
    const pointsOf = (of: Range, count: number) =>
      of[0] === of[1] ? Float64Array.of(of[0]) : chebyshevPoints(count, ...of);
    this.coordinates = pointsOf(range, points[0]);
    this.logQs = pointsOf(ofLogQ, points[1]);
  }

  /** The matrices that take values at the points to the cells of a grid. */
  to(coordinates: Float64Array, logQs: Float64Array): (values: ArrayLike<number>) => Float64Array {
    const matrix = (points: Float64Array, at: Float64Array) =>
      points.length === 1 ? new Float64Array(at.length).fill(1) : interpolation(points, at);
    const left = matrix(this.coordinates, coordinates);
    const right = matrix(this.logQs, logQs);
    const sizes = {
      rows: coordinates.length,
      columns: logQs.length,
      inner: this.coordinates.length,
      outer: this.logQs.length,
    };
    return (values) => onGrid(left, values, right, sizes);
  }
}

/** ln of the posterior density on a grid, but for a constant, from ln of the determinant and of the form. */
function logWeights(
  { dim, degrees, sigma: ofPoints }: Subject,
  logDeterminants: Float64Array,
  logSquares: Float64Array,
  logQs: Float64Array,
  known: number | undefined,
): Float64Array {
  const sigma = known || ofPoints;
  const columns = logQs.length;
  const logScales = sigma
    ? logQs.map((logQ) => 2 * Math.log(sigma) - Math.log(sharesOf(logQ).noise))
    : undefined;
  return logSquares.map((logSquare, cell) => {
    const logDeterminant = (dim / 2) * logDeterminants[cell];
    if (!logScales) return -logDeterminant - (degrees / 2) * logSquare;
    const logScale = logScales[cell % columns];
    return -logDeterminant - (degrees * logScale + Math.exp(logSquare - logScale)) / 2;
  });
}

const logarithms = ({ squares }: FormsOnNodes): Float64Array => squares.map(Math.log);

/** The part of the lattice in which each posterior may be. */
function boxesOf(subjects: readonly Subject[], prior: MotionPrior): Box[] {
  const rectangle = new Rectangle(prior.coordinates, prior.logQs, FIRST_POINTS);
  const exposure = prior.exposures[prior.exposures.length >> 1];
  const { law } = prior;
  const { coordinates, logQs } = rectangle;
  const forms = formsOnNodes(subjects, 'short', { law, coordinates, logQs, exposure });
  const grid = [centresOf(prior.coordinates, SEARCH), centresOf(prior.logQs, SEARCH)] as const;
  const spread = rectangle.to(...grid);
  return subjects.map((subject, s) => {
    const logs = logWeights(
      subject,
      spread(forms[s].logDeterminants),
      spread(logarithms(forms[s])),
      grid[1],
      prior.sigma,
    );
    const whole = subject.runs.short === subject.runs.whole && prior.exposures.length === 1;
    const margin = whole ? MARGIN : MARGIN_OF_SHORT;
    const [a0, a1, q0, q1] = within(logs, grid[1].length, margin);
    const onLattice = (first: number, last: number, cells: number) =>
      cells === 1
        ? [0, 0]
        : [
            Math.floor(((first - 1) * LATTICE) / cells),
            Math.ceil(((last + 2) * LATTICE) / cells),
          ].map((edge) => Math.min(LATTICE, Math.max(0, edge)));
    const [fromA, toA] = onLattice(a0, a1, grid[0].length);
    const [fromQ, toQ] = onLattice(q0, q1, grid[1].length);
    return [fromA, toA, fromQ, toQ];
  });
}

/** First and last row and column of what is at most `margin` below the largest. */
function within(logs: Float64Array, columns: number, margin: number): Box {
  let most = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > most) most = log;
  let [a0, a1, q0, q1] = [logs.length, 0, columns, 0];
  for (let cell = 0; cell < logs.length; cell++) {
    if (logs[cell] < most - margin) continue;
    const q = cell % columns;
    const a = (cell - q) / columns;
    if (a < a0) a0 = a;
    if (a > a1) a1 = a;
    if (q < q0) q0 = q;
    if (q > q1) q1 = q;
  }
  return [a0, a1, q0, q1];
}

/** Width in α or in ln of the rate, and in ln Q, for which one more point is taken. */
const PER_POINT = { fbm: [0.21, 0.77], confined: [0.77, 0.77] } as const;

/** The posteriors of tracks whose place is the same box. */
function posteriorsIn(
  [fromA, toA, fromQ, toQ]: Box,
  subjects: readonly Subject[],
  prior: MotionPrior,
  tell: (subject: number, posterior: GridPosterior) => void,
): void {
  const ofFirst = rangeOfCells(prior.coordinates, fromA, toA, LATTICE);
  const ofLogQ = rangeOfCells(prior.logQs, fromQ, toQ, LATTICE);
  const [perFirst, perLogQ] = PER_POINT[prior.law];
  const more = 5 + finer(subjects[0]);
  const rectangle = new Rectangle(ofFirst, ofLogQ, [
    more + Math.round((ofFirst[1] - ofFirst[0]) / perFirst),
    more + (ofLogQ[0] === ofLogQ[1] ? 0 : Math.round((ofLogQ[1] - ofLogQ[0]) / perLogQ)),
  ]);
  const forms = prior.exposures.map((exposure) =>
    formsOnNodes(subjects, 'whole', { law: prior.law, ...rectangle, exposure }),
  );
  const look = [centresOf(ofFirst, SEARCH), centresOf(ofLogQ, SEARCH)] as const;
  const toLook = rectangle.to(...look);
  subjects.forEach((subject, s) => {
    const on = (spread: (values: ArrayLike<number>) => Float64Array, logQs: Float64Array) =>
      forms.map((of) => {
        const logSquares = spread(logarithms(of[s]));
        const logDeterminants = spread(of[s].logDeterminants);
        return {
          logSquares,
          logs: logWeights(subject, logDeterminants, logSquares, logQs, prior.sigma),
        };
      });
    // Once to see where in the box it is, and once there.
    const [range, logQRange] = closer(
      on(toLook, look[1]).map(({ logs }) => logs),
      ofFirst,
      ofLogQ,
    );
    const coordinates = centresOf(range, CELLS);
    const logQs = centresOf(logQRange, CELLS);
    const grids = on(rectangle.to(coordinates, logQs), logQs);
    tell(s, {
      coordinates,
      logQs,
      range,
      logQRange,
      weights: normalized(grids.map(({ logs }) => logs)),
      logSquares: grids.map(({ logSquares }) => logSquares),
    });
  });
}

/** The ranges that hold all that matters of a posterior on the cells of two ranges, for any exposure. */
function closer(grids: readonly Float64Array[], ofFirst: Range, ofLogQ: Range): [Range, Range] {
  const columns = ofLogQ[0] === ofLogQ[1] ? 1 : SEARCH;
  const best = grids[0].slice();
  for (const grid of grids) {
    for (let cell = 0; cell < grid.length; cell++) best[cell] = Math.max(best[cell], grid[cell]);
  }
  const [a0, a1, q0, q1] = within(best, columns, MARGIN);
  const narrowed = (of: Range, first: number, last: number): Range =>
    rangeOfCells(of, first - 1, last + 2, SEARCH);
  return [narrowed(ofFirst, a0, a1), narrowed(ofLogQ, q0, q1)];
}

/** Probabilities from logarithms of what they are proportional to. */
function normalized(grids: readonly Float64Array[]): Float64Array[] {
  let most = Number.NEGATIVE_INFINITY;
  for (const grid of grids) for (const log of grid) if (log > most) most = log;
  let total = 0;
  const out = grids.map((grid) => grid.map((log) => Math.exp(log - most)));
  for (const grid of out) for (const weight of grid) total += weight;
  for (const grid of out) for (let i = 0; i < grid.length; i++) grid[i] /= total;
  return out;
}
