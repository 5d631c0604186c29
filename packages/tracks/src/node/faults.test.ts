import { fileURLToPath } from 'node:url';
// @ts-expect-error a script of the repository, without types
import { noFaults, sweepFaults } from '../../../../scripts/faults/sweep.mjs';

const reason = noFaults() as string | undefined;

(reason ? describe.skip : describe)(
  `whatever call of the system fails${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
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
  },
);
