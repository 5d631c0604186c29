import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilerOfFaults, itWith } from '../../../fixtures/needs.ts';
// @ts-expect-error a script of the repository, without types
import { sweepFaults } from '../../../scripts/faults/sweep.mjs';
import { diffusion, expectOneLine, filesIn, newFolder, removeFolder } from './command.fixture.ts';

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});
afterEach(() => removeFolder(folder));

const make = (more = '') =>
  diffusion(`dataset --preset gajowczyk2021 --count 8 --seed 1 --output set ${more}`, folder);

describe('a data set over what is there', () => {
  it('takes the place of one that this command wrote', async () => {
    await make();
    const before = await readFile(join(folder, 'set/tracks.csv'));
    expect((await make()).code).toBe(0);
    expect((await readFile(join(folder, 'set/tracks.csv'))).equals(before)).toBe(true);
    expect(await filesIn(join(folder, 'set'))).toEqual([
      '.diffusion-written.json',
      'labels.csv',
      'tracks.csv',
    ]);
  });

  it.each(['tracks.csv', 'labels.csv'])(
    'does not take the place of a measured %s, but by force',
    async (name) => {
      await make();
      await writeFile(join(folder, 'set', name), 'measured');
      expectOneLine(await make(), `set/${name}: was not written by this command`);
      expect(await readFile(join(folder, 'set', name), 'utf8')).toBe('measured');
      expect((await make('--force')).code).toBe(0);
      expect(await readFile(join(folder, 'set', name), 'utf8')).not.toBe('measured');
    },
  );
});

itWith(compilerOfFaults())(
  'a data set is there whole, whatever fails',
  async () => {
    const scenario = fileURLToPath(new URL('./written-together.fixture.mjs', import.meta.url));
    const { calls, problems } = await sweepFaults(scenario, { every: 3 });
    expect(problems).toEqual([]);
    expect(calls).toBeGreaterThanOrEqual(15);
  },
  240_000,
);
