import fc from 'fast-check';
import { frameImages, type View, views } from './frame-images.ts';
import { imageFiles } from './images.fixture.ts';
import type { Picture } from './picture.ts';
import { resample } from './resample.ts';
import { selectImages } from './select-images.ts';

/** Image whose intensity is its column, with a box that is marked. */
const ramp = (width: number, height: number, box?: [number, number, number, number]): Picture => ({
  width,
  height,
  pixels: Float32Array.from({ length: width * height }, (_, i) => ((i % width) + 1) / width),
  ...(box && {
    mask: Uint8Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return x >= box[0] && x < box[2] && y >= box[1] && y < box[3] ? 1 : 0;
    }),
  }),
});

describe('resample', () => {
  it.each(imageFiles.squares)('gives what Pillow gives, $side to $size', (square) => {
    const out = resample(Float32Array.from(square.pixels), square.side, square.size);
    for (const [i, value] of out.entries()) {
      expect(Math.abs(value - square.resampled[i])).toBeLessThan(2e-6);
    }
  });
});

describe('frameImages', () => {
  it('shows the image, the square about what is marked, or that alone', () => {
    // Four columns and two rows are marked: a square of four, of which two rows are around.
    const picture = ramp(8, 8, [2, 3, 6, 5]);
    const { pixels: crop, masks } = frameImages([picture], { view: 'crop', size: 4 });
    const columns = [3, 4, 5, 6].map((x) => Math.fround(x / 8));
    expect([...crop]).toEqual([...columns, ...columns, ...columns, ...columns]);
    expect([...masks!]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
    const { pixels: mask } = frameImages([picture], { view: 'mask', size: 4 });
    expect([...mask]).toEqual([...crop].map((value, i) => value * masks![i]));
    const whole = frameImages([picture], { view: 'surroundings', size: 8 });
    expect(whole.pixels).toEqual(picture.pixels);
    expect(whole.masks).toEqual(picture.mask);
  });

  it('goes on with the edge where the square reaches beyond the image, and marks nothing there', () => {
    const tall = ramp(2, 4, [0, 0, 2, 4]);
    const { pixels, masks } = frameImages([tall], { view: 'crop', size: 4 });
    expect([...pixels.subarray(0, 4)]).toEqual([0.5, 0.5, 1, 1]);
    expect([...masks!.subarray(0, 4)]).toEqual([0, 1, 1, 0]);
    expect([...frameImages([tall], { view: 'mask', size: 4 }).pixels.subarray(0, 4)]).toEqual([
      0, 0.5, 1, 0,
    ]);
  });

  it('keeps a range of intensities, and what lies in the middle of a set of any sizes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.constantFrom<View>(...views),
        fc.integer({ min: 1, max: 32 }),
        (sizes, view, size) => {
          const pictures = sizes.map(([width, height]) =>
            ramp(width, height, [0, 0, width, height]),
          );
          const images = frameImages(pictures, { view, size });
          expect([images.count, images.width, images.height]).toEqual([sizes.length, size, size]);
          expect(images.pixels.every((value) => value >= 0 && value <= 1 + 1e-6)).toBe(true);
          expect(images.imageColumns.width).toEqual(Float64Array.from(sizes, ([width]) => width));
          expect(images.imageColumns.height).toEqual(
            Float64Array.from(sizes, ([, height]) => height),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('takes bytes as parts of 255, labels in alphabetical order, and no mask that marks nothing', () => {
    const bytes = { width: 1, height: 1, pixels: Uint8Array.of(51), label: 'uni' };
    const multi = { ...bytes, label: 'multi', mask: Uint8Array.of(0) };
    const images = frameImages([bytes, multi], { view: 'surroundings', size: 1 });
    expect(images.pixels[0]).toBeCloseTo(0.2, 7);
    expect(images.labels).toEqual({ codes: Uint32Array.of(1, 0), dictionary: ['multi', 'uni'] });
    expect(images.masks).toBeUndefined();
    expect(() => frameImages([multi], { view: 'crop', size: 1 })).toThrow(
      'image 0 has a mask that marks nothing: expected',
    );
  });

  it('refuses a view that needs a mask where there is none, and a frame that is none', () => {
    const picture = ramp(3, 3);
    expect(() => frameImages([picture], { view: 'mask', size: 3 })).toThrow(
      "image 0 has no mask: expected one for the view 'mask', or the view 'surroundings'",
    );
    expect(() => frameImages([picture], { view: 'whole' as View, size: 3 })).toThrow(
      "frame.view is 'whole': expected surroundings, crop, mask",
    );
    expect(() => frameImages([picture], { view: 'crop', size: 0 })).toThrow('frame.size is 0');
  });
});

describe('selectImages', () => {
  it('keeps pixels, masks, labels and columns of the rows, in their order', () => {
    const pictures = [1, 2, 3].map((k) => ({
      width: 2,
      height: 1,
      pixels: Float32Array.of(k / 4, k / 8),
      mask: Uint8Array.of(k & 1, 1),
      label: `${k}`,
    }));
    const images = frameImages(pictures, { view: 'surroundings', size: 2 });
    const chosen = selectImages(images, [2, 0, 2]);
    expect([...chosen].map(({ label }) => label)).toEqual(['3', '1', '3']);
    for (const [i, row] of [2, 0, 2].entries()) {
      expect(chosen.at(i).pixels).toEqual(images.at(row).pixels);
      expect(chosen.at(i).mask).toEqual(images.at(row).mask);
    }
    expect(chosen.imageColumns.width).toHaveLength(3);
    expect(() => selectImages(images, [3])).toThrow('image 3 does not exist');
  });
});
