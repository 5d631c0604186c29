import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { referencePath, referenceText } from '../../../../fixtures/reference.ts';
import { ReadError, type ReadOptions, summarizeTracks } from '../index.ts';
import { gzip, values } from '../read/read.fixture.ts';
import { readTracks } from './index.ts';

const CSV = 'track,frame,x,y,q\n1,0,1,2,0.5\n1,1,3,4,0.5\n2,0,5,6,0.5\n';
let folder: string;
const at = (name: string) => join(folder, name);
const put = (name: string, content: string | Uint8Array) => writeFile(at(name), content);
const message = async (paths: string | string[], options?: ReadOptions) => {
  const end = await readTracks(paths, options).catch((error) => error);
  if (!(end instanceof ReadError)) throw new Error(`expected a ReadError, not ${end}`);
  return end.message;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracks-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('readTracks', () => {
  it('reads one file', async () => {
    await put('a.csv', CSV);
    const { tracks, files, skipped } = await readTracks(at('a.csv'));
    expect(tracks.count).toBe(2);
    expect(files).toEqual([
      {
        file: at('a.csv'),
        format: 'csv',
        tracks: 2,
        points: 3,
        spotsOutsideTracks: 0,
        supposed: 0,
        hiddenTracks: 0,
        cuts: 0,
        duplicates: 0,
      },
    ]);
    expect(skipped).toEqual([]);
    expect(Object.keys(tracks.trackColumns)).toEqual(['track']);
  });

  it('reads several files, and says which track is from which', async () => {
    await put('a.csv', CSV);
    await put('b.csv.gz', gzip(CSV.replace('2,0,5', 'b,0,5')));
    const { tracks, files } = await readTracks([at('b.csv.gz'), at('a.csv')], { keep: true });
    expect(values(tracks, 'file')).toEqual([
      at('b.csv.gz'),
      at('b.csv.gz'),
      at('a.csv'),
      at('a.csv'),
    ]);
    expect(values(tracks, 'track')).toEqual(['1', 'b', '1', '2']);
    expect(Object.keys(tracks.trackColumns)).toEqual(['file', 'track']);
    expect(values(tracks, 'q')).toHaveLength(6);
    expect(files.map((file) => file.tracks)).toEqual([2, 2]);
  });

  it('reads the files of a folder by name, and reports what it passes over', async () => {
    await put('b.csv', CSV);
    await put('a.csv', CSV);
    await put('notes.md', 'x');
    await put('.hidden.csv', CSV);
    await put('meta.csv', 'row,length\n0,5\n');
    await put('other.json', '{"a": 1}');
    await put('page.xml', '<html/>');
    await put('ref1.txt', '1.0;0.5\n');
    await mkdir(at('inner'));
    const { tracks, files, skipped } = await readTracks(folder);
    expect(files.map(({ file }) => file)).toEqual([at('a.csv'), at('b.csv')]);
    expect(tracks.count).toBe(4);
    expect(
      Object.fromEntries(
        skipped.map(({ file, reason }) => [file.slice(folder.length + 1), reason]),
      ),
    ).toEqual({
      '.hidden.csv': 'is hidden',
      inner: 'is a folder',
      'meta.csv':
        'line 1: no column for x: expected x or POSITION_X, or its name in columns; there are "row", "length"',
      'notes.md':
        'expected .csv, .tsv, .txt, .xml, .json, .npy, .parquet, .arrow, .feather, .arrows, .mat, .gz or .geff',
      'other.json': 'the JSON is no document of tracks: expected "format": "diffusion-tracks"',
      'page.xml': "line 1: the root is <html>: expected TrackMate's <Tracks> or <TrackMate>",
      'ref1.txt': 'the name says labels (ref…): expected task….txt',
    });
  });

  it('opens nothing in a folder but files and what links lead to as files', async () => {
    await put('a.csv', CSV);
    await mkdir(at('inner'));
    await put('inner/z.csv', CSV);
    await symlink('inner/z.csv', at('b.csv'));
    await symlink('inner', at('c.csv'));
    await symlink('/dev/zero', at('d.csv'));
    await symlink('nowhere', at('e.csv'));
    await symlink('f.csv', at('f.csv'));
    execFileSync('mkfifo', [at('g.csv')]);
    const { files, skipped } = await readTracks(folder);
    expect(files.map(({ file }) => file)).toEqual([at('a.csv'), at('b.csv')]);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      'is a folder',
      'is a device',
      'is a link to nothing',
      'is a link to nothing',
      'is a pipe',
      'is a folder',
    ]);
  });

  it('reads no file twice, by whatever name', async () => {
    await put('a.csv', CSV);
    await put('b.csv', CSV);
    await symlink(at('a.csv'), at('c.csv'));
    const again = `was read before: expected a file once`;
    expect(await message([at('a.csv'), at('a.csv')])).toBe(`${at('a.csv')}: ${again}`);
    const named = `was read before, as '${at('a.csv')}'`;
    expect(await message([at('a.csv'), at('c.csv')])).toBe(
      `${at('c.csv')}: ${named}: expected a file once`,
    );
    const { tracks, skipped } = await readTracks([at('b.csv'), folder]);
    expect(tracks.count).toBe(4);
    expect(skipped).toEqual([
      { file: at('b.csv'), reason: 'was read before' },
      { file: at('c.csv'), reason: named },
    ]);
    expect(await message([folder, folder])).toBe(
      `${folder}: there are no files of tracks in this folder (${at('a.csv')}: was read before)`,
    );
  });

  it('reads a pipe that is named, and a file of no length not at all', async () => {
    execFileSync('mkfifo', [at('a.csv')]);
    const [{ tracks }] = await Promise.all([readTracks(at('a.csv')), put('a.csv', CSV)]);
    expect(tracks.pointCount).toBe(3);
    if (existsSync('/proc/kmsg')) {
      expect(await message('/proc/kmsg')).toBe('/proc/kmsg: the file is empty');
    }
    await symlink('b.csv', at('b.csv'));
    expect(await message(at('b.csv'))).toBe(`${at('b.csv')}: the link leads to itself`);
  });

  it('keeps what the system said of a file', async () => {
    const error = await readTracks(at('no.csv')).catch((reason) => reason);
    expect(error.cause.code).toBe('ENOENT');
  });

  it('does not pass over a file of tracks that is broken', async () => {
    await put('a.csv', CSV);
    await put('b.csv', `${CSV}3,0,x,1,1\n`);
    expect(await message(folder)).toBe(
      `${at('b.csv')}, line 5, column x: is "x": expected a number`,
    );
  });

  it('says what keeps files from going together, and what to do', async () => {
    await put('a.csv', CSV);
    const pair = async (other: string, options?: ReadOptions) => {
      await put('b.csv', other);
      return message([at('a.csv'), at('b.csv')], options);
    };
    expect(await pair(CSV.replace('frame', 'frame [2 s]'))).toBe(
      `${at('b.csv')}: an interval of 2 s: expected no interval stated, as in ${at('a.csv')}; give dt for all of them`,
    );
    expect(await pair(CSV.replace('x,y', 'x_um,y_um'))).toBe(
      `${at('b.csv')}: positions in µm: expected no unit of positions stated, as in ${at('a.csv')}; give positionUnit for all of them`,
    );
    expect(await pair('track,frame,x\n1,0,1\n')).toBe(
      `${at('b.csv')}: dim is 1: expected 2 as in ${at('a.csv')}`,
    );
    expect(await pair(CSV.replace('y,q', 'y,r'), { keep: true })).toBe(
      `${at('b.csv')}: pointColumns.q is missing: expected Float64Array as in ${at('a.csv')}`,
    );
    expect(await pair(CSV.replace('frame', 'frame [2 s]').replace('x,y', 'x_um,y_um'))).toBe(
      `${at('b.csv')}: an interval of 2 s and positions in µm: expected no interval stated and no unit of positions ` +
        `stated, as in ${at('a.csv')}; give dt and give positionUnit for all of them`,
    );
    await put('b.csv', CSV.replace('frame', 'frame [2 s]'));
    expect((await readTracks([at('a.csv'), at('b.csv')], { dt: 2 })).tracks.count).toBe(4);
  });

  it('takes intervals that differ as clocks do for one', async () => {
    await put('a.csv', CSV.replace('frame', 'frame [3 s]'));
    await put('b.csv', CSV.replace('frame', 'frame [3.0017 s]'));
    await put('c.csv', CSV.replace('frame', 'frame [3.01 s]'));
    expect((await readTracks([at('a.csv'), at('b.csv')])).tracks.dt).toBe(3);
    expect(await message([at('a.csv'), at('c.csv')])).toContain(
      'an interval of 3.01 s: expected an interval of 3 s',
    );
  });

  it('tells how many bytes it has read, and stops when the signal aborts', async () => {
    await put('a.csv', CSV);
    let bytes = 0;
    await readTracks(at('a.csv'), { onBytes: (count) => (bytes += count) });
    expect(bytes).toBe(CSV.length);
    const controller = new AbortController();
    const { signal } = controller;
    const rows = Array.from({ length: 1e5 }, (_, i) => `1,${i},0,0,0\n`).join('');
    await put('b.csv', `track,frame,x,y,q\n${rows}`);
    const onBytes = () => controller.abort(new Error('interrupted'));
    for (const path of [at('b.csv'), folder]) {
      await expect(readTracks(path, { signal, onBytes })).rejects.toThrow('interrupted');
    }
  });

  it('says what is missing', async () => {
    expect(await message(at('no.csv'))).toBe(`${at('no.csv')}: there is no such file or folder`);
    expect(await message(folder)).toBe(
      `${folder}: there are no files of tracks in this folder: it is empty`,
    );
    await put('notes.md', 'x');
    expect(await message(folder)).toBe(
      `${folder}: there are no files of tracks in this folder (${at('notes.md')}: expected .csv, .tsv, .txt, .xml, .json, .npy, .parquet, .arrow, .feather, .arrows, .mat, .gz or .geff)`,
    );
    expect(await message([])).toBe('paths: no files: expected at least one');
    await put('empty.csv', '');
    expect(await message(at('empty.csv'))).toBe(`${at('empty.csv')}: the file is empty`);
  });
});

describe('the real files', () => {
  const real: [file: string, options: ReadOptions, expected: object][] = [
    [
      'saspt-u2os-halotag-nls/region_0_7ms_trajs.csv',
      {},
      {
        tracks: 2387,
        points: 3907,
        dim: 2,
        lengths: { min: 1, median: 1, max: 105 },
        units: { position: 'pixel', time: 'frame' },
      },
    ],
    [
      'saspt-u2os-halotag-nls/region_4_7ms_trajs.csv',
      {},
      { tracks: 1997, points: 4173, lengths: { min: 1, median: 1, max: 51 } },
    ],
    [
      'saspt-u2os-halotag-nls/region_0_7ms_trajs.csv',
      { frames: { from: 2000 }, dt: 0.00748, pixelSize: 0.16 },
      { tracks: 1927, dt: 0.00748, units: { position: 'µm', time: 's' } },
    ],
    ['saspt-u2os-halotag-nls/region_4_7ms_trajs.csv', { frames: { from: 2000 } }, { tracks: 705 }],
    [
      'spt2025b-trackmate/U2OS_40_SC35-Cropped_spots_cell2.csv',
      {},
      {
        tracks: 60,
        points: 1147,
        dim: 2,
        gaps: 31,
        dt: 3.001677989959717,
        units: { position: 'µm', time: 's' },
      },
    ],
    [
      'spt2025b-trackmate/U2OS_40_SC35-Cropped_spots_cell3.csv',
      {},
      { tracks: 25, dim: 2, dt: 3.001677989959717 },
    ],
    [
      'spt2025b-trackmate/U2OS_MS2-Frame8_spots.csv',
      {},
      { tracks: 16, dim: 2, units: { position: 'µm', time: 's' } },
    ],
    ['spt2025b-trackmate/U2OS_MS2-MS2_spots_F1C1.csv', {}, { tracks: 85, dim: 2 }],
    [
      'spt2025b-trackmate/C2C12_40nm_SC35-Aligned_Cropped_spots_cell14.csv',
      {},
      { tracks: 28, points: 1194, gaps: 14, dim: 2, dt: 3, units: { position: '', time: '' } },
    ],
    [
      'spt2025b-trackmate/C2C12_40nm_SC35-Cropped_spots_cell13.csv',
      {},
      { tracks: 2, dt: 3, lengths: { min: 90, median: 90, max: 90 } },
    ],
    ['trajr-animals/3527.csv', {}, { tracks: 1, points: 115, dt: 0.02, gaps: 0 }],
    ['trajr-animals/3534.csv', {}, { tracks: 1, points: 734, dt: 0.02, gaps: 1 }],
    ['trajr-animals/3543.csv', {}, { tracks: 1, points: 723, dt: 0.02, gaps: 0 }],
    // 22 empty lines in the middle, over which the animal moves further than in any other step: missing frames.
    ['trajr-animals/096xypts.csv', {}, { tracks: 1, points: 2030, dim: 2, gaps: 1 }],
  ];
  for (const [file, options, expected] of real) {
    it(`${file} ${JSON.stringify(options)}`, async () => {
      const { tracks } = await readTracks(referencePath(`real/${file}.gz`), {
        ...options,
        keep: true,
      });
      expect(summarizeTracks(tracks)).toMatchObject(expected);
    });
  }

  it('are all of those in the folders', async () => {
    const names = (await readdir(referencePath('real'), { recursive: true })).filter((f) =>
      f.endsWith('.gz'),
    );
    expect(new Set(names)).toEqual(new Set(real.map(([file]) => `${file}.gz`)));
  });

  it('096xypts has its points on both sides of the gap', async () => {
    const { tracks } = await readTracks(referencePath('real/trajr-animals/096xypts.csv.gz'));
    const { frames, positions } = tracks.at(0);
    const gap = frames!.findIndex((frame, p) => p > 0 && frame !== frames![p - 1] + 1);
    expect([frames![gap - 1], frames![gap]]).toEqual([737, 760]);
    expect([...positions.subarray(gap * 2 - 2, gap * 2 + 2)]).toEqual([
      1257.88, 681, 1278.349035, 671.79106,
    ]);
  });

  for (const task of [1, 2]) {
    for (const dim of [1, 2, 3]) {
      it(`andi/task${task}_${dim}d.txt.gz`, async () => {
        const { tracks } = await readTracks(referencePath(`andi/task${task}_${dim}d.txt.gz`));
        expect(summarizeTracks(tracks)).toMatchObject({ tracks: 200, dim, gaps: 0 });
        const meta = lengthsIn(`andi/meta${task}_${dim}d.csv.gz`);
        expect([...tracks].map((track) => track.length)).toEqual(meta);
      });
    }
  }
});

/** The second column of the sidecar: how long each row is. */
function lengthsIn(name: string): number[] {
  const lines = referenceText(name).trim().split('\n').slice(1);
  return lines.map((line) => Number(line.split(',')[1]));
}
