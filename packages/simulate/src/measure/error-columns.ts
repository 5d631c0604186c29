import { type Columns, isTextColumn } from '@diffusion/tracks';

/** The numbers of a column, or undefined where there are none. */
export function numbersOf(columns: Columns, name: string): ArrayLike<number> | undefined {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  return column && !isTextColumn(column) ? column : undefined;
}

const AXES = ['x', 'y', 'z'];

/**
 * Columns of the localisation error after one more has been added: `sigma`, or `sigma_x` … where either is per
 * coordinate. Independent errors add in their squares.
 *
 * @param sigma of track i and coordinate d at i·dim + d.
 */
export function errorColumns(
  before: Columns,
  sigma: Float64Array,
  dim: number,
  perCoordinate: boolean,
): Columns {
  const axes = AXES.slice(0, dim);
  const whole = numbersOf(before, 'sigma');
  const each = axes.map((axis) => numbersOf(before, `sigma_${axis}`));
  const count = sigma.length / dim;
  const total = (d: number, earlier: ArrayLike<number> | undefined): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => {
      const added = sigma[i * dim + d];
      return earlier ? Math.sqrt(earlier[i] * earlier[i] + added * added) : added;
    });
  const { sigma: _, ...others } = before;
  if (!perCoordinate && each.every((column) => column === undefined)) {
    return { ...others, sigma: total(0, whole) };
  }
  const columns = axes.map((axis, d) => [`sigma_${axis}`, total(d, each[d] ?? whole)] as const);
  return { ...others, ...Object.fromEntries(columns) };
}
