import { problem, read, rows, values } from './read.fixture.ts';

describe('AnDi text', () => {
  it('has all x of a track, then all y, then all z', async () => {
    const { tracks, report } = await read('2.0;0;1;2;10;11;12\n2.0;0;5;0;6\n', 'task1.txt');
    expect(rows(tracks)).toEqual([
      [
        [0, 0, 10],
        [1, 1, 11],
        [2, 2, 12],
      ],
      [
        [0, 0, 0],
        [1, 5, 6],
      ],
    ]);
    expect(values(tracks, 'track')).toEqual([0, 1]);
    expect(report.format).toBe('andi');
  });

  it('may have other line ends, a mark, empty lines and a trailing semicolon', async () => {
    const expected = (await read('1;0;-1.5e-3\n1;7\n', 'a.txt')).tracks.data;
    for (const text of [
      '1;0;-1.5e-3\r\n1;7',
      '\uFEFF1;0;-1.5e-3\n\n1;7\n\n',
      '1;0;-1.5e-3;\n1;7;\n',
    ]) {
      expect((await read(text, 'a.txt')).tracks.data).toEqual(expected);
    }
  });

  it.each([
    ['1.0;0;1\n2.0;0;1;0;1\n', 'line 2, column dim: is 2: expected 1, as in the rows before'],
    ['2.0;0;1;0\n', 'line 1: the row has 3 coordinates: expected a multiple of its 2 dimensions'],
    [
      '2.0;0;1\n2.0\n',
      'line 2: the row has 0 coordinates: expected a multiple of its 2 dimensions',
    ],
    ['2.0;0;1\n2.0;\n', 'line 2: the row has 0 coordinates'],
    ['3.0;0;1\n', 'line 1: the row has 2 coordinates'],
    ['1.0;0\n4.0;0;1\n', 'line 2, column dim: is "4.0": expected 1, 2 or 3'],
    ['1.0;0\n1.0;0;nan\n', 'line 2, column 3: is "nan": expected a number'],
    ['1.0;0\n1.0;0;;2\n', 'line 2, column 3: is empty: expected a number'],
  ])('says in one line what is wrong with %j', async (text, message) => {
    expect(await problem(text, 'task1.txt')).toContain(`task1.txt, ${message}`);
  });
});
