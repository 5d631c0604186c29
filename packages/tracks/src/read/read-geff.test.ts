import { unzipSync, zipSync } from 'fflate';
import { encodeTracks, ReadError, readTracksFromFolder, Tracks } from '../index.ts';
import { three } from '../operations.fixture.ts';
import { geffFiles } from '../write/geff-files.ts';
import { formatFile } from './formats.fixture.ts';
import { problem, read, rows, values } from './read.fixture.ts';

const filesOf = (name: string): Map<string, Uint8Array> =>
  new Map(Object.entries(unzipSync(formatFile(name))));

const text = (document: object) => new TextEncoder().encode(JSON.stringify(document));

/** A graph that this package writes, with a file changed. */
async function changed(path: string, change: (bytes: Uint8Array) => Uint8Array | undefined) {
  const files = await geffFiles(three, true);
  const made = change(files.get(path) ?? new Uint8Array());
  if (made) files.set(path, made);
  else files.delete(path);
  return files;
}

const edited = (path: string, edit: (document: Record<string, unknown>) => object) =>
  changed(path, (bytes) => text(edit(JSON.parse(new TextDecoder().decode(bytes)))));

const message = async (files: Map<string, Uint8Array>): Promise<string> => {
  const end = await readTracksFromFolder(files, 'a.geff', { keep: true }).catch((error) => error);
  if (!(end instanceof ReadError)) throw new Error(`expected a ReadError, not ${end}`);
  expect(end.message).not.toMatch(/[\r\n]/);
  return end.message;
};

describe('a graph that the geff library wrote', () => {
  it.each(['divided-2.geff.zip', 'divided-3.geff.zip'])(
    'is cut at its division: %s',
    async (name) => {
      const { tracks, report } = await read(formatFile(name), name, { keep: true });
      const expected = [
        [
          [0, 0.1, 0.2],
          [1, 0.15, 0.25],
        ],
        [
          [2, 0.2, 0.3],
          [3, 0.25, 0.3],
        ],
        [
          [2, 0.05, 0.2],
          [4, 0.025, 0.1],
        ],
      ];
      rows(tracks).forEach((track, i) => {
        track.forEach((row, p) => {
          row.forEach((value, k) => {
            expect(value).toBeCloseTo(expected[i][p][k], 14);
          });
        });
      });
      expect(tracks).toMatchObject({ count: 3, dt: 0.5, timeUnit: 's', positionUnit: 'µm' });
      expect(values(tracks, 'track')).toEqual([0, 0, 0]);
      expect(values(tracks, 'quality')).toEqual([0.5, 1, 1.5, 2.5, 2, 3]);
      expect(values(tracks, 'name')).toEqual(['n1', 'n2', 'n3', 'n5', 'n4', 'n6']);
      expect(report).toMatchObject({ format: 'geff', cuts: 2, spotsOutsideTracks: 1 });
    },
  );

  it('is read from the files of a folder, of a group in it, and of what a page is given', async () => {
    const files = filesOf('divided-2.geff.zip');
    const { data } = (await readTracksFromFolder(files, 'a.geff')).tracks;
    expect(data.offsets).toEqual(Uint32Array.of(0, 2, 4, 6));
    const within = new Map([...files].map(([path, bytes]) => [`data/tracks/${path}`, bytes]));
    within.set('.zgroup', text({ zarr_format: 2 }));
    expect((await readTracksFromFolder(within, 'a.zarr')).tracks.data).toEqual(data);
    const given = [...files].map(([path, bytes]) =>
      Object.assign(new File([bytes as Uint8Array<ArrayBuffer>], path.split('/').at(-1)!), {
        webkitRelativePath: `a.geff/${path}`,
      }),
    );
    expect((await readTracksFromFolder(given, 'a.geff')).tracks.data).toEqual(data);
    const two = new Map([...within, ...[...files].map(([p, b]) => [`b/${p}`, b] as const)]);
    expect(await message(two)).toBe(
      'a.geff: there are several graphs, "b", "data/tracks": expected one; name its folder',
    );
  });

  it('takes places from the axes alone, whatever further properties are called', async () => {
    const pointColumns = {
      position_z: new Float64Array(8).fill(5).map((z, i) => z + i),
      track_id: new Int32Array(8).fill(3),
      frame_number: new Int32Array(8).fill(7),
    };
    const flat = new Tracks({ ...three.data, pointColumns });
    const files = await geffFiles(flat, true);
    const { tracks } = await readTracksFromFolder(files, 'a.geff', { keep: true });
    expect(tracks.dim).toBe(three.dim);
    expect(tracks.positions).toEqual(three.positions);
    expect(values(tracks, 'position_z')).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
    expect(values(tracks, 'track_id')).toEqual(new Array(8).fill(3));
    expect(values(tracks, 'frame_number')).toEqual(new Array(8).fill(7));
  });

  it('takes options as a table does', async () => {
    const name = 'divided-2.geff.zip';
    const { tracks } = await read(formatFile(name), name, {
      dt: 2,
      splitGaps: 0,
      perTrack: [],
      keep: ['quality'],
    });
    expect(tracks.count).toBe(4);
    expect(tracks.dt).toBe(2);
    expect(Object.keys(tracks.pointColumns)).toEqual(['quality']);
    expect(await problem(formatFile(name), name, { keep: ['none'] })).toContain(
      'column none: there is no such column to keep',
    );
  });
});

describe('a graph that is not as it should be', () => {
  it.each<[string, () => Promise<Map<string, Uint8Array>>, string]>([
    ['nothing', async () => new Map(), 'there is no Zarr group: expected .zattrs or zarr.json'],
    [
      'another group',
      () => edited('.zattrs', () => ({ multiscales: [] })),
      'no Zarr group has the attribute geff',
    ],
    [
      'a version to come',
      () =>
        edited('.zattrs', ({ geff }) => ({ geff: { ...(geff as object), geff_version: '2.0' } })),
      'geff_version is "2.0": expected 0.3 to 1',
    ],
    [
      'no axis of time',
      () =>
        edited('.zattrs', ({ geff }) => {
          const graph = geff as { axes: { type: string }[] };
          return { geff: { ...graph, axes: graph.axes.filter(({ type }) => type === 'space') } };
        }),
      'the graph has no axis of time: expected one',
    ],
    [
      'an axis that is no property',
      () => changed('nodes/props/x/values/.zarray', () => undefined),
      'column x: is missing: expected numbers, as the axes of the graph say',
    ],
    [
      'another number of values',
      () => edited('nodes/props/x/values/.zarray', (array) => ({ ...array, shape: [3] })),
      'column x: has 3 values: expected 8, as there are nodes',
    ],
    [
      'a shape that fills the memory',
      () => edited('nodes/ids/.zarray', (array) => ({ ...array, shape: [1e12] })),
      'column nodes/ids: an array unpacks to 8000000000000 bytes: expected at most 16777216',
    ],
    [
      'a chunk that does',
      () => edited('nodes/ids/.zarray', (array) => ({ ...array, chunks: [1e12] })),
      'column nodes/ids: a chunk unpacks to 8000000000000 bytes',
    ],
    [
      'too many chunks',
      () => edited('nodes/ids/.zarray', (array) => ({ ...array, shape: [2e6], chunks: [1] })),
      'is in 2000000 chunks: expected at most 1000000',
    ],
    [
      'a codec that nobody knows',
      () => edited('nodes/ids/.zarray', (array) => ({ ...array, compressor: { id: 'none' } })),
      'column nodes/ids: the data of the Zarr array end early or are damaged',
    ],
    [
      'damaged data',
      () => changed('nodes/ids/0', (bytes) => bytes.subarray(0, 5)),
      'column nodes/ids: the data of the Zarr array end early or are damaged',
    ],
    [
      'an edge to no node',
      () =>
        edited('edges/ids/.zarray', (array) => ({
          ...array,
          shape: [7, 2],
          chunks: [7, 2],
          compressor: null,
          fill_value: 99,
        })).then((files) => new Map([...files].filter(([path]) => path !== 'edges/ids/0.0'))),
      'edge 1 is of a node "99": expected one of nodes/ids',
    ],
    [
      'ids that are the same',
      () => changed('nodes/ids/0', () => undefined),
      'two nodes have one id: expected an id for each',
    ],
    [
      'no JSON',
      () => changed('.zattrs', () => new TextEncoder().encode('{"geff"')),
      'the JSON ends early',
    ],
  ])('is told: %s', async (_, make, expected) => {
    expect(await message(await make())).toContain(expected);
  });

  it('whose chunk is not packed and has not all of its values, or more, is refused', async () => {
    const path = 'nodes/props/x/values';
    const files = await edited(`${path}/.zarray`, (array) => ({ ...array, compressor: null }));
    const points = three.pointCount;
    for (const bytes of [0, 8 * points - 8, 8 * points - 1, 8 * points + 8]) {
      files.set(`${path}/0`, new Uint8Array(bytes));
      expect(await message(files)).toBe(
        `a.geff, column ${path}: has a chunk of ${Math.floor(bytes / 8)} values: expected ${points}`,
      );
    }
  });

  it('does not unpack a zip archive without end', async () => {
    const files = Object.fromEntries(await geffFiles(three));
    const bomb = zipSync({ ...files, big: new Uint8Array(1 << 25) }, { level: 9 });
    expect(await problem(bomb, 'a.geff.zip')).toContain('the zip archive unpacks to');
    expect(await problem(bomb.slice(0, 4000), 'a.geff.zip')).toContain(
      'the zip archive ends early or is damaged',
    );
    expect((await read(bomb, 'a.geff.zip', { maxUnpacked: 1e8 })).tracks.count).toBe(three.count);
  });

  it('is not written to one file that is a folder, nor with a name that no folder has', async () => {
    await expect(encodeTracks(three, 'a.geff').next()).rejects.toThrow(
      'a.geff: is a folder: expected .geff.zip',
    );
    const odd = new Tracks({ ...three.data, pointColumns: { 'a/b': new Float64Array(8) } });
    await expect(encodeTracks(odd, 'a.geff.zip', { columns: true }).next()).rejects.toThrow(
      "a column is called 'a/b'",
    );
  });
});
