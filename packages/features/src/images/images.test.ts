import { keyedRandom } from '@diffusion/random';
import { regionOf } from './image.ts';
import { imageFeatures } from './image-features.ts';
import { depthsOf } from './profiles.ts';

/** A disc of a radius in a square image, a bright ring of 3 pixels around a darker inside. */
function disc(size: number, radius: number, noise = 0) {
  const random = keyedRandom(2);
  const pixels = new Float32Array(size * size);
  const mask = new Uint8Array(size * size);
  const middle = (size - 1) / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const r = Math.hypot(x - middle, y - middle);
      if (r > radius) continue;
      mask[y * size + x] = 1;
      pixels[y * size + x] = (r > radius - 3 ? 0.8 : 0.4) + noise * random.normal();
    }
  }
  return { pixels, mask, height: size, width: size };
}

describe('features of images', () => {
  it('of a disc', () => {
    const found = imageFeatures(disc(64, 25));
    expect(Math.abs(found.area / (Math.PI * 625) - 1)).toBeLessThan(0.01);
    expect(Math.abs(found.circularity - 1)).toBeLessThan(0.03);
    expect(Math.abs(found.diameter - 50)).toBeLessThan(0.5);
    expect(Math.abs(found.maximumWidth - 50)).toBeLessThan(1.5);
    expect(Math.abs(found.mu20 / ((Math.PI * 25 ** 4) / 4) - 1)).toBeLessThan(0.02);
    expect(found.mu02).toBeCloseTo(found.mu20, 6);
    expect(Math.abs(found.mu30)).toBeLessThan(1e-6);
    expect([found.edge0, found.edge1, found.edge5]).toEqual(
      [0.8, 0.8, 0.4].map((v) => expect.closeTo(v, 1)),
    );
    expect(found.radial0).toBeCloseTo(0.4, 6);
    // The last ring of an eighth of the radius is 3.1 pixels thick.
    expect(found.radial7).toBeGreaterThan(0.75);
    expect(found.histogram12 + found.histogram25).toBeCloseTo(1, 10);
  });

  it('of an ellipse and a square are less round', () => {
    const square = imageFeatures({ pixels: new Float32Array(900), height: 30, width: 30 });
    expect(square.area).toBe(900);
    expect(Math.abs(square.circularity - Math.PI / 4)).toBeLessThan(0.12);
    const bar = imageFeatures({ pixels: new Float32Array(600), height: 10, width: 60 });
    expect(bar.circularity).toBeLessThan(0.5);
    expect(bar.mu20).toBeGreaterThan(10 * bar.mu02);
    expect(bar.maximumWidth).toBeCloseTo(Math.hypot(60, 10), 10);
  });

  it('keep their third moments apart by direction', () => {
    const mask = Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 0);
    const found = imageFeatures({ pixels: new Float32Array(8), mask, height: 2, width: 4 });
    // Columns 0 1 2 3 in the first row and 0 in the second: mean 1.2.
    const mu30 = [0, 1, 2, 3, 0].reduce((sum, x) => sum + (x - 1.2) ** 3, 0);
    expect(found.mu30).toBeCloseTo(mu30, 10);
    expect(found.mu03).toBeCloseTo(4 * -(0.2 ** 3) + 0.8 ** 3, 10);
  });

  it('measure the membrane against the noise', () => {
    const clean = imageFeatures(disc(64, 25, 0.02));
    const noisy = imageFeatures(disc(64, 25, 0.2));
    expect(clean.snrAcross).toBeGreaterThan(4 * noisy.snrAcross);
    expect(clean.snrAlong).toBeGreaterThan(2 * noisy.snrAlong);
    expect(Math.abs(noisy.snrAcross - 2)).toBeLessThan(0.5);
  });

  it('know the depth of a pixel', () => {
    const image = disc(21, 8);
    const region = regionOf(image);
    const depths = depthsOf(region, image);
    for (let i = 0; i < region.count; i++) {
      let nearest = Number.POSITIVE_INFINITY;
      for (let y = -1; y <= 21; y++) {
        for (let x = -1; x <= 21; x++) {
          if (region.inside(x, y)) continue;
          nearest = Math.min(nearest, Math.hypot(x - region.x[i], y - region.y[i]));
        }
      }
      expect(depths[i]).toBeCloseTo(nearest, 12);
    }
  });

  it('are NaN where nothing is in the mask, and quote sizes that do not fit', () => {
    const empty = imageFeatures({ ...disc(8, 3), mask: new Uint8Array(64) });
    expect(Object.values(empty).every(Number.isNaN)).toBe(true);
    expect(() => imageFeatures({ pixels: new Float32Array(5), height: 2, width: 3 })).toThrow(
      'pixels has 5 values: expected height × width = 6',
    );
    expect(() => imageFeatures(disc(8, 3), { range: [1, 0] })).toThrow('range is 1 to 0');
    const broken = disc(8, 3);
    broken.pixels[27] = Number.NaN;
    expect(() => imageFeatures(broken)).toThrow('pixel (3, 3) is NaN');
  });
});
