import type { Dim } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { FeaturesError } from '../errors.ts';
import { MAX_TEST_PROBABILITIES, MAX_TEST_TABLE } from './max-test-table.ts';

/**
 * Quantile of T_n for free motion at one of the probabilities 0.005, 0.025, 0.05, 0.95, 0.975, 0.995: the table's, linear
 * in 1/√N between its rows and beyond the last. NaN below 3 points.
 *
 * Throws {@link FeaturesError} for another probability: simulate it with `simulateMaxTestQuantiles`.
 *
 * @example
 * maxTestQuantile({ points: 30, dim: 2, probability: 0.975 }) // about 2.79
 */
export function maxTestQuantile(options: {
  readonly points: number;
  readonly dim: Dim;
  readonly probability: number;
}): number {
  checkOptions<typeof options>(
    'maxTestQuantile',
    options,
    { points: true, dim: true, probability: true },
    FeaturesError,
  );
  const { points, dim, probability } = options;
  const column = MAX_TEST_PROBABILITIES.findIndex((p) => Math.abs(p - probability) < 1e-9);
  if (column < 0) {
    throw new FeaturesError(
      `probability is ${probability}: expected one of ${MAX_TEST_PROBABILITIES.join(', ')}`,
    );
  }
  const rows = MAX_TEST_TABLE.filter((row) => row[1] === dim);
  if (!(points >= rows[0][0])) return Number.NaN;
  let above = rows.findIndex((row) => row[0] >= points);
  if (above === 0) return rows[0][column + 2];
  if (above < 0) above = rows.length - 1;
  const [x0, x1] = [1 / Math.sqrt(rows[above - 1][0]), 1 / Math.sqrt(rows[above][0])];
  const [y0, y1] = [rows[above - 1][column + 2], rows[above][column + 2]];
  return y1 + ((y0 - y1) * (1 / Math.sqrt(points) - x1)) / (x0 - x1);
}
