import { problem, read, rows, values } from './read.fixture.ts';

/** An npy file as NumPy writes it. */
function npy(
  descr: string,
  shape: string,
  data: Uint8Array,
  { fortran = 'False', version = 1 } = {},
) {
  const text = `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`.padEnd(117);
  const size = version === 1 ? [118, 0] : [118, 0, 0, 0];
  const head = [0x93, ...new TextEncoder().encode('NUMPY'), version, 0, ...size];
  return Uint8Array.from([...head, ...new TextEncoder().encode(`${text}\n`), ...data]);
}
const f8 = (...values: number[]) => new Uint8Array(Float64Array.from(values).buffer);
const f4 = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

describe('npy', () => {
  it('is count × length × dim, in float64 or float32', async () => {
    const expected = [
      [
        [0, 0, 1],
        [1, 2, 3],
      ],
      [
        [0, 4, 5],
        [1, 6, 7.5],
      ],
    ];
    const all = [0, 1, 2, 3, 4, 5, 6, 7.5];
    const { tracks } = await read(npy("'<f8'", '(2, 2, 2)', f8(...all)), 'a.npy');
    expect(rows(tracks)).toEqual(expected);
    expect(values(tracks, 'track')).toEqual([0, 1]);
    expect(rows((await read(npy("'<f4'", '(2, 2, 2)', f4(...all)), 'a.npy')).tracks)).toEqual(
      expected,
    );
    const second = npy("'<f8'", '(2, 2, 2)', f8(...all), { version: 2 });
    expect(rows((await read(second, 'a.npy')).tracks)).toEqual(expected);
  });

  it('is 1D without a third axis', async () => {
    const { tracks } = await read(npy("'<f8'", '(2, 3)', f8(0, 1, 2, 3, 4, 5)), 'a.npy');
    expect(tracks.dim).toBe(1);
    expect([...tracks.offsets]).toEqual([0, 3, 6]);
  });

  it.each([
    [
      npy("'<f8'", '(1, 2, 1)', f8(0)),
      'the data end after 8 bytes: expected 16 for the shape (1, 2, 1)',
    ],
    [
      npy("'<f8'", '(1, 1, 1)', f8(0, 1)),
      'there is more data than the 8 bytes that the shape (1, 1, 1) needs',
    ],
    [npy("'<f8'", '(1, 1, 1)', f8(0)).subarray(0, 40), 'the npy header is cut short'],
    [
      npy("'<i8'", '(1, 1, 1)', f8(0)),
      "column header: the dtype is '<i8': expected float64 ('<f8') or float32 ('<f4')",
    ],
    [npy("'>f8'", '(1, 1, 1)', f8(0)), "the dtype is '>f8'"],
    [npy("[('x', '<f8')]", '(1, 1, 1)', f8(0)), 'the dtype is'],
    [
      npy("'<f8'", '(1, 1, 1)', f8(0), { fortran: 'True' }),
      'the array is in Fortran order: expected C order',
    ],
    [
      npy("'<f8'", '(8,)', f8(0)),
      'the shape is (8): expected (count, length, dim 1 to 3) or (count, length)',
    ],
    [npy("'<f8'", '(1, 1, 4)', f8(0, 1, 2, 3)), 'the shape is (1, 1, 4)'],
    [
      npy("'<f8'", '(0, 9, 2)', f8()),
      'the shape is (0, 9, 2): expected at least one track of one point',
    ],
    [npy("'<f8'", '(99999999, 99999999, 2)', f8()), 'that is too large for memory'],
    [npy("'<f8'", '(2, 1, 2)', f8(0, 1, 2, NaN)), 'element [1, 0, 1] is NaN: expected a number'],
    [npy("'<f8'", '(1, 2)', f8(0, Infinity)), 'element [0, 1] is Infinity: expected a number'],
    [npy("'<f8'", '(1, 1, 1)', f8(0), { version: 9 }), 'npy version 9: expected 1, 2 or 3'],
  ])('says in one line what is wrong (%#)', async (bytes, message) => {
    expect(await problem(bytes, 'a.npy')).toContain(message);
  });
});
