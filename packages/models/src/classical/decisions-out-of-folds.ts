import type { Pieces } from './in-turns.ts';
import type { KernelRows } from './kernel.ts';
import { separate } from './smo.ts';

/** The decision on each row by machines that did not see it: five folds of the rows in the given order. */
export function* decisionsOutOfFolds(
  matrix: KernelRows,
  y: Int8Array,
  costs: Float64Array,
  order: Int32Array,
): Pieces<Float64Array> {
  const decisions = new Float64Array(y.length);
  const folds = 5;
  for (let fold = 0; fold < folds; fold++) {
    const [from, to] = [fold, fold + 1].map((f) => Math.floor((f * order.length) / folds));
    const rest = order.filter((_, at) => at < from || at >= to);
    const labels = Int8Array.from(rest, (i) => y[i]);
    const out = order.subarray(from, to);
    if (!labels.includes(1) || !labels.includes(-1)) {
      // One class alone cannot be separated: its side.
      for (const i of out) decisions[i] = labels[0] ?? 0;
      continue;
    }
    const { coefficients, offset } = yield* separate(
      matrix.of(rest),
      labels,
      Float64Array.from(rest, (i) => costs[i]),
    );
    const support = Int32Array.from(rest.keys()).filter((s) => coefficients[s] !== 0);
    for (const i of out) {
      let decision = -offset;
      for (const s of support) decision += coefficients[s] * matrix.at(i, rest[s]);
      decisions[i] = decision;
      yield;
    }
  }
  return decisions;
}
