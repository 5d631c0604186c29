import fc from 'fast-check';
import { Tracks, TracksError, textColumn } from './index.ts';

describe('Tracks', () => {
  const two = new Tracks({
    positions: Float64Array.of(0, 0, 1, 0.5, 2, 2, 7, 7),
    offsets: Uint32Array.of(0, 3, 4),
    dim: 2,
    trackColumns: { label: textColumn(['ND', 'CD']) },
  });

  it('gives each track as views', () => {
    expect([...two].map((track) => [...track.positions])).toEqual([
      [0, 0, 1, 0.5, 2, 2],
      [7, 7],
    ]);
    expect(two.at(1).positions.buffer).toBe(two.positions.buffer);
    expect(two.lengths()).toEqual(Int32Array.of(3, 1));
  });

  it('is made again from its plain data', () => {
    expect(new Tracks(structuredClone(two.data)).data).toEqual(two.data);
  });

  it('names what does not fit', () => {
    expect(() => new Tracks({ ...two.data, dim: 3 })).toThrow(TracksError);
    expect(() => new Tracks({ ...two.data, dt: 0 })).toThrow('dt is 0');
    expect(() => new Tracks({ ...two.data, trackColumns: { a: new Float64Array(3) } })).toThrow(
      'trackColumns.a has 3 rows: expected 2',
    );
  });

  it('copies plain numbers and strings', () => {
    const plain = new Tracks({
      positions: [0, 0, 1, 0.5, 2, 2, 7, 7],
      offsets: [0, 3, 4],
      dim: 2,
      frames: [0, 1, 4, 2],
      pointColumns: { state: [1, 1, 2, 2] },
      trackColumns: { label: ['ND', 'CD'], alpha: [1, NaN] },
    });
    expect(plain.data).toEqual({
      ...two.data,
      frames: Int32Array.of(0, 1, 4, 2),
      pointColumns: { state: Float64Array.of(1, 1, 2, 2) },
      trackColumns: { label: textColumn(['ND', 'CD']), alpha: Float64Array.of(1, NaN) },
    });
    const single = new Tracks({
      ...two.data,
      positions: Float32Array.of(...two.positions) as never,
    });
    expect(single.positions).toEqual(two.positions);
  });

  it.each<[object, string]>([
    [{ positions: [0, '1'] }, "positions[1] is '1': expected a number"],
    [{ positions: 'abc' }, "positions is 'abc': expected a Float64Array or a list of numbers"],
    [{ positions: undefined }, 'positions is undefined: expected a Float64Array or a list'],
    [{ offsets: [0, 2.5] }, 'offsets[1] is 2.5: expected an integer from 0 to'],
    [{ offsets: [0, -1] }, 'offsets[1] is -1: expected an integer from 0 to'],
    [{ frames: [0, 1, 2, 3e9] }, 'frames[3] is 3000000000: expected an integer from'],
    [{ frames: [0, 1] }, 'frames has 2 rows: expected one per point, 4'],
    [{ trackColumns: { label: ['a', 1] } }, "trackColumns.label[0] is 'a': expected a number"],
    [{ trackColumns: { label: 'ab' } }, "trackColumns.label is 'ab': expected a typed array"],
    [{ trackColumns: 3 }, 'trackColumns is 3: expected an object of columns'],
    [{ trackColumns: { big: BigInt64Array.of(1n, 2n) } }, 'trackColumns.big is a BigInt64Array'],
    [{ trackColums: {} }, 'trackColums is an object: unknown option; did you mean trackColumns?'],
  ])('says what is wrong with %s', (change, message) => {
    const make = () => new Tracks({ ...two.data, ...change } as never);
    expect(make).toThrow(TracksError);
    expect(make).toThrow(message);
  });

  it('says that nothing was given', () => {
    expect(() => new (Tracks as new () => Tracks)()).toThrow(
      'options is undefined: expected an object; Tracks takes positions, offsets, dim',
    );
  });

  it('keeps every string of a column', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (values) => {
        const { codes, dictionary } = textColumn(values);
        expect([...codes].map((code) => dictionary[code])).toEqual(values);
      }),
    );
  });
});
