import type { FilePosterior } from './posterior.ts';
import type { Rows } from './rows.ts';

/** Draws that are told of, evenly spread over those of the posterior. */
const TOLD = 50;

/**
 * How else the tracks of each class may be: for some draws of the posterior, the share of the row's cell among the tracks of
 * its class there, over its share among those of all draws. Of a class without a track in a draw, 0.
 */
export function alternativesOf(
  { cell, cells, classOf, count: draws }: FilePosterior,
  { truth, cell: cellOf }: Rows,
  tracks: number,
): Float32Array[] {
  const classes = Math.max(...classOf) + 1;
  const sharesIn = (from: number, to: number) => {
    const counts = new Float64Array(cells);
    const ofClass = new Float64Array(classes);
    for (let at = from * tracks; at < to * tracks; at++) counts[cell[at]]++;
    for (let k = 0; k < cells; k++) ofClass[classOf[k]] += counts[k];
    return counts.map((count, k) => (count > 0 ? count / ofClass[classOf[k]] : 0));
  };
  const usual = sharesIn(0, draws);
  return Array.from({ length: Math.min(TOLD, draws) }, (_, t) => {
    const draw = Math.floor((t * draws) / Math.min(TOLD, draws));
    const there = sharesIn(draw, draw + 1);
    return Float32Array.from(truth, (_, row) => {
      const own = cellOf[row];
      return usual[own] > 0 ? there[own] / usual[own] : 0;
    });
  });
}
