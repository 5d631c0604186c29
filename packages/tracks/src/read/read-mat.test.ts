import { formatFile } from './formats.fixture.ts';
import { problem, read, rows, values } from './read.fixture.ts';

const mat = (name: string, options?: object) => read(formatFile(name), name, options);

/** An element of a MATLAB file: its type, its size and its bytes, to a multiple of 8. */
function element(type: number, data: ArrayLike<number>): number[] {
  const head = new Uint8Array(Uint32Array.of(type, data.length).buffer);
  const empty = new Array<number>((8 - (data.length % 8)) % 8).fill(0);
  return [...head, ...Array.from(data), ...empty];
}

const ints = (...all: number[]) => element(5, new Uint8Array(Int32Array.from(all).buffer));
const letters = (text: string) => element(1, new TextEncoder().encode(text));

/** A file with an array of structs, not packed, as a machine writes it whose numbers begin with the least byte. */
function structs(...all: Record<string, number[]>[]): Uint8Array<ArrayBuffer> {
  const names = Object.keys(all[0]);
  const vector = (numbers: number[]) => {
    const data = element(9, new Uint8Array(Float64Array.from(numbers).buffer));
    return element(14, [...ints(6, 0), ...ints(1, numbers.length), ...letters(''), ...data]);
  };
  const bytes = [
    ...[...ints(2, 0), ...ints(1, all.length), ...letters('tracks'), ...ints(32)],
    ...letters(names.map((name) => name.padEnd(32, '\0')).join('')),
    ...all.flatMap((one) => names.flatMap((name) => vector(one[name]))),
  ];
  const header = new TextEncoder().encode('MATLAB 5.0 MAT-file'.padEnd(124));
  return Uint8Array.of(...header, 0, 1, ...new TextEncoder().encode('IM'), ...element(14, bytes));
}

describe('a MATLAB file that scipy wrote', () => {
  it('with u-track’s tracks is its segments, with gaps and errors', async () => {
    const { tracks, report } = await mat('utrack.mat', { errors: true, keep: ['A'] });
    expect(rows(tracks)).toEqual([
      [
        [1, 10, 20],
        [2, 11, 21],
        [4, 13, 23],
        [5, 14, 24],
      ],
      [
        [3, 13, 24],
        [4, 14, 25],
      ],
      [
        [7, 1.5, 2.5],
        [8, 2.5, 3.5],
      ],
    ]);
    expect(values(tracks, 'track')).toEqual([1, 1, 2]);
    expect(values(tracks, 'x_err')).toEqual([0.1, 0.1, 0.1, 0.1, 0.15, 0.15, 0.3, 0.3]);
    expect(values(tracks, 'y_err').slice(0, 5)).toEqual([0.2, 0.2, 0.2, 0.2, 0.25]);
    expect(values(tracks, 'A')).toEqual([100, 100, 100, 100, 90, 90, 80, 81]);
    expect(tracks.positionUnit).toBe('pixel');
    expect(report).toMatchObject({ format: 'mat', cuts: 1 });
  });

  it('may be a struct of columns, a cell of tracks, or a matrix', async () => {
    const struct = (await mat('struct.mat')).tracks;
    expect(rows(struct)[1]).toEqual([
      [1, 3, 1.5],
      [2, 4, 2],
      [4, 5, 2.5],
    ]);
    const cell = (await mat('cell.mat')).tracks;
    expect(rows(cell)).toEqual([
      [
        [0, 1, 2],
        [1, 2, 3],
        [3, 3, 5],
      ],
      [
        [1, 7, 8],
        [2, 8, 9.5],
      ],
    ]);
    expect(cell.dt).toBe(0.5);
    expect(await problem(formatFile('matrix.mat'), 'matrix.mat')).toContain(
      'no column for x: expected x or POSITION_X, or its name in columns; there are "1", "2", "3", "4"',
    );
    const columns = { track: '1', frame: '2', x: '3', y: '4' };
    expect(rows((await mat('matrix.mat', { columns })).tracks)).toEqual([
      [
        [0, 2, 3],
        [1, 4, 5],
      ],
      [[0, 6, 7]],
    ]);
  });

  it('may be a struct for each track, whose ids have any name that a table has for them', async () => {
    const own = (id: string) =>
      structs({ x: [1, 2], y: [3, 4], [id]: [70, 70] }, { x: [5], y: [6], [id]: [71] });
    for (const id of ['traj_id', 'TrackID', 'trajectory_id']) {
      const { tracks } = await read(own(id), 'a.mat');
      expect(values(tracks, 'track')).toEqual([70, 71]);
      expect(tracks.lengths()).toEqual(Int32Array.of(2, 1));
    }
    const { tracks } = await read(own('other'), 'a.mat');
    expect(values(tracks, 'track')).toEqual([1, 2]);
  });

  it('of version 7.3 is HDF5, which is told', async () => {
    const bytes = new Uint8Array(600);
    bytes.set(new TextEncoder().encode('MATLAB 7.3 MAT-file, Platform: GLNXA64'));
    expect(await problem(bytes, 'a.mat')).toBe(
      "a.mat: the MATLAB file is of version 7.3, which is HDF5: expected version 7; in MATLAB, save(file, 'name', '-v7')",
    );
  });

  it('says nothing of a size that it does not have', async () => {
    const bytes = formatFile('matrix.mat');
    const view = new DataView(bytes.buffer);
    // The size of the matrix stands after its flags.
    view.setInt32(128 + 8 + 16 + 8, 2 ** 30, true);
    expect(await problem(bytes, 'a.mat')).toContain('a variable of the MATLAB file is damaged');
    view.setUint32(132, 2 ** 31, true);
    expect(await problem(bytes, 'a.mat')).toContain('the file ends early');
  });
});
