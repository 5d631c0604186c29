import { fileURLToPath } from 'node:url';
// @ts-expect-error a script of the repository, without types
import { noFaults, sweepFaults } from '../../../../scripts/faults/sweep.mjs';

const reason = noFaults() as string | undefined;

(reason ? it.skip : it)(
  `a model that is saved over another is there whole, whatever fails${reason ? ` (skipped: ${reason})` : ''}`,
  async () => {
    const scenario = fileURLToPath(new URL('./save-model.fixture.mjs', import.meta.url));
    const { calls, problems } = await sweepFaults(scenario, { every: 3 });
    expect(problems).toEqual([]);
    expect(calls).toBeGreaterThanOrEqual(12);
  },
  240_000,
);
