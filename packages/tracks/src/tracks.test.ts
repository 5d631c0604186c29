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

  it('keeps every string of a column', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (values) => {
        const { codes, dictionary } = textColumn(values);
        expect([...codes].map((code) => dictionary[code])).toEqual(values);
      }),
    );
  });
});
