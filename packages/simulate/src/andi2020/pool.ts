import { ANDI_LABELS } from '@diffusion/tracks';

/** Exponents of the challenge: 0.05, 0.10, …, 2.00. */
export const ANDI_ALPHAS: readonly number[] = Array.from({ length: 40 }, (_, k) => (k + 1) / 20);

const MODELS = ANDI_LABELS.length;
const ALPHAS = ANDI_ALPHAS.length;

/** A pair of model and exponent, each as an index. */
export interface Cell {
  /** Index into {@link ANDI_LABELS}. */
  readonly model: number;
  /** Index into {@link ANDI_ALPHAS}. */
  readonly alpha: number;
}

/**
 * How many tracks of each model and exponent the pool holds from which a challenge set of `count` tracks is taken
 * (andi_datasets 2020): 1.6·count/5 per model, shared among the exponents that the model has.
 * Element model·40 + alpha.
 */
export function poolCounts(count: number): Float64Array {
  const perModel = Math.ceil((1.6 * count) / MODELS);
  const perAlpha = [
    { from: 0, to: 20, size: Math.ceil(perModel / 20) },
    { from: 0, to: 20, size: Math.ceil(perModel / 20) },
    { from: 0, to: 39, size: Math.ceil(perModel / 39) },
    { from: 20, to: 40, size: Math.ceil((0.8 * perModel) / 21) },
    { from: 0, to: 40, size: Math.ceil(perModel / 40) },
  ];
  const counts = new Float64Array(MODELS * ALPHAS);
  for (const [model, { from, to, size }] of perAlpha.entries()) {
    counts.fill(size, model * ALPHAS + from, model * ALPHAS + to);
  }
  return counts;
}

/** The cells that share a quota: those of one exponent (task 1) or of one model (task 2). */
export interface Group {
  readonly cells: readonly Cell[];
  /** Tracks of each cell in the pool. */
  readonly sizes: readonly number[];
  /** All of them. */
  readonly total: number;
  /** How many of them are kept. */
  readonly kept: number;
}

/** Groups of task 1: at most ⌈1.1·count/40⌉ tracks of one exponent are kept. */
export function groupsByAlpha(count: number): Group[] {
  const counts = poolCounts(count);
  return ANDI_ALPHAS.map((_, alpha) =>
    group(
      ANDI_LABELS.map((_, model) => ({ model, alpha })),
      counts,
      Math.ceil((1.1 * count) / ALPHAS),
    ),
  );
}

/**
 * Groups of task 2: at most ⌈1.1·count/5⌉ tracks of one model are kept (the challenge rounds down, which for
 * a few small counts leaves fewer tracks than asked for).
 */
export function groupsByModel(count: number): Group[] {
  const counts = poolCounts(count);
  return ANDI_LABELS.map((_, model) =>
    group(
      ANDI_ALPHAS.map((_, alpha) => ({ model, alpha })),
      counts,
      Math.ceil((1.1 * count) / MODELS),
    ),
  );
}

/** The whole pool as one group, all of it kept: task 3. */
export function wholePool(count: number): Group {
  const cells = ANDI_LABELS.flatMap((_, model) =>
    ANDI_ALPHAS.map((_, alpha) => ({ model, alpha })),
  );
  return group(cells, poolCounts(count), Infinity);
}

function group(cells: readonly Cell[], counts: Float64Array, most: number): Group {
  const present = cells.filter(({ model, alpha }) => counts[model * ALPHAS + alpha] > 0);
  const sizes = present.map(({ model, alpha }) => counts[model * ALPHAS + alpha]);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return { cells: present, sizes, total, kept: Math.min(total, most) };
}

/** The cell of element `place` of a group's pool. */
export function cellAt({ cells, sizes }: Group, place: number): Cell {
  let rest = place;
  let k = 0;
  while (rest >= sizes[k]) rest -= sizes[k++];
  return cells[k];
}
