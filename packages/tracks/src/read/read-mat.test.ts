import { formatFile } from './formats.fixture.ts';
import { problem, read, rows, values } from './read.fixture.ts';

const mat = (name: string, options?: object) => read(formatFile(name), name, options);

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
