import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTracks } from '@diffusion/tracks/node';
import type { Simulation } from '../engine/engine-types.ts';
import type { Loaded } from '../page/state.ts';
import { simulateTracks } from '../simulate/simulate-tracks.ts';
import { commandsFor, specificationOf } from './commands.ts';

const command = fileURLToPath(
  new URL('../../../../packages/cli/dist/diffusion.js', import.meta.url),
);

/** All files are read, but one whose name says otherwise. */
const loadedFrom = (source: Loaded['source'], conditions: readonly string[] = []) => {
  const files = source.kind === 'files' ? source.files.map(({ path }) => path) : [];
  const reports = files.filter((file) => file !== 'broken.csv').map((file) => ({ file }));
  return { source, conditions, reports } as unknown as Loaded;
};

const wanted: Simulation = {
  model: 'directed',
  count: 7,
  length: { min: 8, max: 20 },
  dim: 3,
  parameters: { speed: 0.5, D: 0.2 },
  snr: 4,
  seed: 3,
};

describe('the commands that repeat what was done', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'commands-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['of one model', wanted, 'tracks.csv'],
    ['of all classes', { ...wanted, model: 'mixed', parameters: {} }, 'simulated/tracks.csv'],
  ])('simulate the same tracks: %s', async (_, simulation, file) => {
    const loaded = loadedFrom({ kind: 'simulated', wanted: simulation });
    const specification = specificationOf(loaded);
    if (specification) {
      await writeFile(join(folder, 'specification.json'), JSON.stringify(specification));
    }
    const [first, report] = commandsFor(loaded);
    expect(report).toBe(`diffusion report ${file} --output report.html`);
    const [, ...args] = first.split(' ');
    const { status, stderr } = spawnSync(process.execPath, [command, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const { tracks } = await readTracks(join(folder, file));
    const here = await simulateTracks(simulation, () => {});
    expect(tracks.positions).toEqual(here.positions);
    expect(tracks.offsets).toEqual(here.offsets);
  });

  it('read files as they were read, quote their names, and name what judged', () => {
    const files = ['control/a cell.csv', "drug/d'or.xml"].map((path) => ({
      path,
      condition: path.split('/')[0],
      file: {} as File,
    }));
    const loaded = loadedFrom(
      { kind: 'files', files, reading: { dt: 0.03, pixelSize: 0.16, splitGaps: 2 } },
      ['control', 'drug'],
    );
    expect(commandsFor(loaded, { model: 'own', trained: true })).toEqual([
      'diffusion train --recipe recipe.json --output model',
      "diffusion report 'control/a cell.csv' 'drug/d'\\''or.xml' --dt 0.03 --pixel-size 0.16 --split-gaps 2 --model model --by-folder --output report.html",
      "diffusion predict 'control/a cell.csv' 'drug/d'\\''or.xml' --dt 0.03 --pixel-size 0.16 --split-gaps 2 --model model --output predictions.csv",
      "diffusion shares 'control/a cell.csv' 'drug/d'\\''or.xml' --dt 0.03 --pixel-size 0.16 --split-gaps 2 --model model --by-folder --simulated 2000 --output shares.csv",
      "diffusion estimate 'control/a cell.csv' 'drug/d'\\''or.xml' --dt 0.03 --pixel-size 0.16 --split-gaps 2 --output estimates.csv",
      "diffusion segment 'control/a cell.csv' 'drug/d'\\''or.xml' --dt 0.03 --pixel-size 0.16 --split-gaps 2 --output segments.csv --report segments.html",
    ]);
  });

  it('say where files are to lie whose conditions were typed', () => {
    const files = [{ path: 'x/1.csv', condition: 'drug', file: {} as File }];
    const loaded = loadedFrom({ kind: 'files', files, reading: {} }, ['control', 'drug']);
    expect(commandsFor(loaded).slice(0, 2)).toEqual([
      '# the files of each condition in a folder of its name',
      'diffusion report drug/1.csv --by-folder --output report.html',
    ]);
  });

  it('leave out files that could not be read', () => {
    const files = ['1.csv', 'broken.csv'].map((path) => ({
      path,
      condition: '',
      file: {} as File,
    }));
    const [report] = commandsFor(loadedFrom({ kind: 'files', files, reading: {} }));
    expect(report).toBe('diffusion report 1.csv --output report.html');
  });
});
