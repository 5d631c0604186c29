import fc from 'fast-check';
import { encodeTracks, ReadError, Tracks } from '../index.ts';
import { three } from '../operations.fixture.ts';
import { formatFile } from './formats.fixture.ts';
import { problem, read, values } from './read.fixture.ts';

const CODECS = ['none', 'snappy', 'gzip', 'zstd', 'lz4', 'brotli'];

describe('a table that pyarrow wrote', () => {
  it.each([...CODECS.map((codec) => `table-${codec}.parquet`)])(
    'is read with its columns: %s',
    async (name) => {
      const { tracks, report } = await read(formatFile(name), name, {
        keep: true,
        perTrack: ['label'],
        errors: true,
      });
      expect(report.format).toBe('parquet');
      expect(tracks).toMatchObject({ count: 3, pointCount: 60, dim: 2, dt: 1, timeUnit: 'frame' });
      expect(values(tracks, 'track')).toEqual([3, 1, 2]);
      expect(values(tracks, 'label')).toEqual(['a', 'b', 'c']);
      expect([...tracks.positions.subarray(0, 6)]).toEqual([0, 0, 0.25, 0.125, 0.5, 0.5]);
      expect(values(tracks, 'maybe').slice(0, 9)).toEqual([NaN, 1, 2, 3, 4, 5, 6, NaN, 8]);
      // One error for x and y: in float32, as it was written.
      expect(tracks.pointColumns.x_err).toEqual(tracks.pointColumns.y_err);
      expect(values(tracks, 'x_err')[59]).toBe(Math.fround(0.02));
    },
  );

  it('says in which row it is wrong, and takes other names', async () => {
    const name = 'table-snappy.parquet';
    expect(await problem(formatFile(name), name, { columns: { x: 'maybe' } })).toBe(
      `${name}, row 1, column maybe: is missing: expected a number`,
    );
    expect(await problem(formatFile(name), name, { columns: { x: 'label' } })).toBe(
      `${name}, column label: holds text, as "a": expected numbers`,
    );
    expect(await problem(formatFile(name), name, { columns: { track: '' } })).toBe(
      `${name}, row 21, column frame: the one track has a second point in frame 0, after row 1: expected one point ` +
        'per frame and track (no column of track ids is known: name it), or duplicates first or mean',
    );
    const { tracks } = await read(formatFile(name), name, { columns: { y: '' } });
    expect(tracks.dim).toBe(1);
  });
});

describe('a binary file', () => {
  it.each([
    ['a.parquet', 'x,y\n1,2\n', 'the file does not begin as Parquet data does: expected PAR1'],
    ['a.mat', 'x,y\n1,2\n', 'does not begin as a MATLAB file does: expected MATLAB 5.0 MAT-file'],
    ['a.geff', 'x,y\n1,2\n', 'the file does not begin as a zip archive does: expected PK'],
    ['a.csv', 'PAR1xxxxxxxxPAR1', 'the file is Parquet data: expected .csv'],
    ['a.parquet', 'PAR1', 'the Parquet data end early: expected PAR1 at their end'],
    ['a', 'PAR1xxxxxxxxPAR1', 'the Parquet data end early or are damaged'],
  ])('is told from another: %s', async (name, content, message) => {
    expect(await problem(content, name)).toContain(message);
  });

  const bytesOf = async (name: string): Promise<Uint8Array> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of encodeTracks(three, name, { columns: true })) pieces.push(piece);
    return new Uint8Array(Buffer.concat(pieces));
  };
  const files: [string, () => Promise<Uint8Array>][] = [
    ['a.parquet', () => bytesOf('a.parquet')],
    ['a.geff.zip', () => bytesOf('a.geff.zip')],
    ['a.arrow', () => bytesOf('a.arrow')],
    ['table.arrows', async () => formatFile('table.arrows')],
    ['lz4.feather', async () => formatFile('table-lz4.feather')],
    ['zstd.feather', async () => formatFile('table-zstd.feather')],
    ['zstd.parquet', async () => formatFile('table-zstd.parquet')],
    ['utrack.mat', async () => formatFile('utrack.mat')],
    ['struct.mat', async () => formatFile('struct.mat')],
    ['divided-3.geff.zip', async () => formatFile('divided-3.geff.zip')],
  ];

  it.each(files)('that is cut off is a ReadError: %s', async (name, make) => {
    const bytes = await make();
    // Every length is tried of a small file, and of a larger one some.
    const step = Math.max(1, Math.floor(bytes.length / 150));
    for (let length = 0; length < bytes.length; length += step) {
      const end = await read(bytes.slice(0, length), name).catch((error) => error);
      // A MATLAB file may end after any of its variables, a stream of Arrow after any of its batches.
      if (end instanceof ReadError) expect(end.message).not.toMatch(/[\r\n]/);
      else expect(end.tracks).toBeInstanceOf(Tracks);
    }
    expect(await problem(bytes.slice(0, bytes.length >> 1), name)).toContain(name);
  });

  it.each(files)('with bytes changed is tracks or a ReadError: %s', async (name, make) => {
    const bytes = await make();
    const change = fc.tuple(
      fc.nat(bytes.length - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(255, 127, 0)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (list) => {
        const other = bytes.slice();
        for (const [at, value] of list) other[at] = value;
        const end = await read(other, name, { keep: true }).catch((error) => error);
        if (!(end instanceof ReadError) && !(end.tracks instanceof Tracks)) throw end;
        if (end instanceof ReadError) expect(end.message).not.toMatch(/[\r\n]/);
        else expect(end.tracks.positions.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 250, endOnFailure: true },
    );
  });
});
