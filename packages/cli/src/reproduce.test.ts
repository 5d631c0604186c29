import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffusion } from './command.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diffusion-reproduce-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('diffusion reproduce', () => {
  it('lists what can be reproduced', async () => {
    const { out } = await diffusion('reproduce --list --json', folder);
    expect(JSON.parse(out).length).toBeGreaterThan(40);
    const { out: text } = await diffusion('reproduce --list benitez2023', folder);
    expect(text).toContain('heat-maps');
  });

  it('prints numbers of the paper beside ours, and writes them', async () => {
    const { code, out, err } = await diffusion(
      'reproduce gajowczyk2021 table-2 --output out',
      folder,
    );
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/training\s+tracks\s+14,000\s+14,000/);
    const own = join(folder, 'out', 'gajowczyk2021', 'table-2');
    expect(await readFile(join(own, 'table.csv'), 'utf8')).toContain(
      'training,tracks,whole,14000,14000',
    );
    expect(await readFile(join(own, 'index.html'), 'utf8')).toContain('14,000');
  });

  it('says in a line what it has not', async () => {
    for (const [args, said] of [
      ['reproduce', 'needs a source and an item'],
      ['reproduce wadnet table-1', 'did you mean wadnet2021?'],
      ['reproduce wadnet2021 figure-30', 'item is figure-30: expected one of table-1'],
      ['reproduce --list wad', 'source is wad'],
    ]) {
      const { code, out, err } = await diffusion(args, folder);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(said);
      expect(err.trimEnd()).not.toContain('\n');
    }
  });
});
