import { Images, TracksError, textColumn } from './index.ts';

describe('Images', () => {
  const two = new Images({
    pixels: Float32Array.from({ length: 12 }, (_, i) => i),
    count: 2,
    height: 2,
    width: 3,
    labels: textColumn(['vesicle', 'background']),
    masks: Uint8Array.from({ length: 12 }, (_, i) => i % 2),
    imageColumns: { radius: Float64Array.of(4, NaN) },
  });

  it('gives each image as views', () => {
    expect([...two].map(({ label, index }) => [index, label])).toEqual([
      [0, 'vesicle'],
      [1, 'background'],
    ]);
    expect([...two.at(1).pixels]).toEqual([6, 7, 8, 9, 10, 11]);
    expect([...two.at(0).mask!]).toEqual([0, 1, 0, 1, 0, 1]);
    expect(two.at(1).pixels.buffer).toBe(two.pixels.buffer);
    expect(() => two.at(2)).toThrow('image 2 does not exist: expected an integer from 0 to 1');
  });

  it('is made again from its plain data, with and without labels and masks', () => {
    expect(new Images(structuredClone(two.data)).data).toEqual(two.data);
    const bare = new Images({ pixels: new Uint8Array(4), count: 1, height: 2, width: 2 });
    expect(bare.data).toEqual({
      pixels: bare.pixels,
      count: 1,
      height: 2,
      width: 2,
      imageColumns: {},
    });
    expect(bare.at(0)).toMatchObject({ mask: undefined, label: undefined });
  });

  it.each([
    [{ width: 4 }, 'pixels has 12 values: expected 2 × 2 × 4 = 16'],
    [{ masks: new Uint8Array(3) }, 'masks has 3 values: expected 2 × 2 × 3 = 12'],
    [{ labels: textColumn(['a']) }, 'labels has 1 rows: expected 2'],
    [{ imageColumns: { radius: new Float64Array(3) } }, 'radius has 3 rows: expected 2'],
    [{ height: 0 }, 'height is 0: expected an integer from 1'],
    [{ count: 1.5 }, 'count is 1.5: expected an integer from 0'],
  ])('names what does not fit: %j', (change, message) => {
    expect(() => new Images({ ...two.data, ...change })).toThrow(new TracksError(message));
  });
});
