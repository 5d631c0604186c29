import { fileURLToPath } from 'node:url';
import { compilerOfFaults, itWith } from '../../../../fixtures/needs.ts';
// @ts-expect-error a script of the repository, without types
import { sweepFaults } from '../../../../scripts/faults/sweep.mjs';

itWith(compilerOfFaults())(
  'a report that is saved over another is the old or the new, whatever fails',
  async () => {
    const scenario = fileURLToPath(new URL('./report.fixture.mjs', import.meta.url));
    const { calls, problems } = await sweepFaults(scenario, { every: 3 });
    expect(problems).toEqual([]);
    expect(calls).toBeGreaterThanOrEqual(5);
  },
  240_000,
);
