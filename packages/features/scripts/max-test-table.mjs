// Makes src/classify/max-test-table.ts: quantiles of the MAX test's statistic by Monte Carlo, seed 1.
// Run after a build, from anywhere: node packages/features/scripts/max-test-table.mjs
import { writeFileSync } from 'node:fs';
import { keyedRandom } from '@diffusion/random';
import { simulateMaxTestQuantiles } from '../dist/classify/max-test-quantiles.js';

const probabilities = [0.005, 0.025, 0.05, 0.95, 0.975, 0.995];
const sizes = [3, 4, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 4000];

const rows = sizes.flatMap((points) =>
  [1, 2, 3].map((dim) => {
    const paths = Math.min(400_000, Math.max(60_000, Math.round(1e8 / points)));
    const quantiles = simulateMaxTestQuantiles(
      { points, dim, probabilities, paths },
      keyedRandom(1, points, dim),
    );
    process.stderr.write(`${points} points, ${dim}D, ${paths} paths\n`);
    return `  [${points}, ${dim}, ${quantiles.map((q) => q.toFixed(4)).join(', ')}],`;
  }),
);

writeFileSync(
  new URL('../src/classify/max-test-table.ts', import.meta.url),
  `// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: quantiles, not constants

/** Probabilities of the columns of {@link MAX_TEST_TABLE}. */
export const MAX_TEST_PROBABILITIES = [${probabilities.join(', ')}] as const;

/**
 * Points, dimension, then the quantiles of T_n; from 60,000 to 400,000 Brownian tracks each. Made by
 * scripts/max-test-table.mjs.
 */
export const MAX_TEST_TABLE: readonly (readonly number[])[] = [
${rows.join('\n')}
];
`,
);
