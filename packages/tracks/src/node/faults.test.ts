import { fileURLToPath } from 'node:url';
import { compilerOfFaults, describeWith } from '../../../../fixtures/needs.ts';
// @ts-expect-error a script of the repository, without types
import { sweepFaults } from '../../../../scripts/faults/sweep.mjs';

describeWith(compilerOfFaults())('whatever call of the system fails', () => {
  it.each(['write-atomically', 'replace-files'])(
    '%s leaves the old or the new, and the next one heals it',
    async (name) => {
      const scenario = fileURLToPath(new URL(`./${name}.fixture.mjs`, import.meta.url));
      const { calls, problems } = await sweepFaults(scenario);
      expect(problems).toEqual([]);
      expect(calls).toBeGreaterThanOrEqual(5);
    },
    120_000,
  );
});
