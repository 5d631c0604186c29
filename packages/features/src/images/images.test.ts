import { keyedRandom } from '@diffusion/random';
import { Images } from '@diffusion/tracks';
import { regionOf } from './image.ts';
import { imageFeatureRows } from './image-feature-rows.ts';
import { imageFeatures } from './image-features.ts';
import { membraneSignal } from './membrane-signal.ts';
import { depthsOf } from './profiles.ts';
import { segmentationVariance } from './segmentation-variance.ts';

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
    expect(Math.abs(found.diameter - 50)).toBeLessThan(1.5);
    expect(Math.abs(found.maximumWidth - 25)).toBeLessThan(1);
    // A ring of density 0.8 and thickness 3 around a disc of 0.4.
    const mu20 = (Math.PI / 4) * (0.8 * 25 ** 4 - 0.4 * 22 ** 4);
    expect(Math.abs(found.mu20 / mu20 - 1)).toBeLessThan(0.02);
    expect(found.mu02).toBeCloseTo(found.mu20, 6);
    expect(Math.abs(found.mu30)).toBeLessThan(1e-6);
    expect([found.edge0, found.edge1, found.edge5]).toEqual(
      [0.8, 0.8, 0.4].map((v) => expect.closeTo(v, 1)),
    );
    expect(found.radial0).toBeCloseTo(0.4, 6);
    // The last ring of an eighth of the radius is 3.1 pixels thick.
    expect(found.radial7).toBeGreaterThan(0.75);
    expect(found.histogram12 + found.histogram25).toBeCloseTo(1, 10);
    expect(found.segmentationVariance).toBeLessThan(0.005);
  });

  it('of an ellipse and a square are less round', () => {
    const square = imageFeatures({ pixels: new Float32Array(900), height: 30, width: 30 });
    expect(square.area).toBe(900);
    expect(Math.abs(square.circularity - Math.PI / 4)).toBeLessThan(0.12);
    const bar = imageFeatures({ pixels: new Float32Array(600).fill(1), height: 10, width: 60 });
    expect(bar.circularity).toBeLessThan(0.5);
    expect(bar.mu20).toBeGreaterThan(10 * bar.mu02);
    expect(bar.diameter).toBeCloseTo(Math.hypot(60, 10), 10);
    expect(bar.maximumWidth).toBe(5);
  });

  it('weigh moments by density, about its centre of gravity, each direction apart', () => {
    const mask = Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 0);
    const density = [0.5, 1, 2, 0.25, 4, 9, 9, 9];
    const found = imageFeatures({ pixels: Float32Array.from(density), mask, height: 2, width: 4 });
    const columns = [0, 1, 2, 3, 0];
    const moment = (places: readonly number[], power: number) => {
      const total = places.reduce((sum, _, i) => sum + density[i], 0);
      const mean = places.reduce((sum, x, i) => sum + density[i] * x, 0) / total;
      return places.reduce((sum, x, i) => sum + density[i] * (x - mean) ** power, 0);
    };
    expect(found.mu20).toBeCloseTo(moment(columns, 2), 6);
    expect(found.mu30).toBeCloseTo(moment(columns, 3), 6);
    expect(found.mu02).toBeCloseTo(moment([0, 0, 0, 0, 1], 2), 6);
    expect(found.mu03).toBeCloseTo(moment([0, 0, 0, 0, 1], 3), 6);
    const dark = imageFeatures({ pixels: new Float32Array(8), mask, height: 2, width: 4 });
    expect(dark.mu20).toBeNaN();
    expect(dark.area).toBe(5);
  });

  it('compare the variance across the membrane with that along it', () => {
    const clean = imageFeatures(disc(64, 25, 0.02));
    const noisy = imageFeatures(disc(64, 25, 0.2));
    // 0.8 in half of the layers and 0.4 in the others: 0.04 across; the noise is what varies along.
    expect(Math.abs(noisy.membraneSignal / (0.04 / 0.2 ** 2) - 1)).toBeLessThan(0.2);
    expect(clean.membraneSignal).toBeGreaterThan(10 * noisy.membraneSignal);
    const even = imageFeatures({ ...disc(64, 25), pixels: new Float32Array(64 * 64) });
    expect(even.membraneSignal).toBeNaN();
  });

  it('part the variance of the membrane into across and along', () => {
    const image = disc(40, 15, 0.1);
    const region = regionOf(image);
    const depths = depthsOf(region, image);
    const values = [...region.values].filter((_, i) => depths[i] < 6.5);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const whole = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    // Within layers, each by itself.
    let along = 0;
    for (let layer = 0; layer < 6; layer++) {
      const own = [...region.values].filter((_, i) => Math.floor(depths[i] - 0.5) === layer);
      const middle = own.reduce((sum, v) => sum + v, 0) / own.length;
      along += own.reduce((sum, v) => sum + (v - middle) ** 2, 0);
    }
    expect(membraneSignal(region, depths, 3)).toBeCloseTo((whole - along) / along, 9);
  });

  it('know how far apart the two parts of the inside are, as every threshold tried says', () => {
    const image = disc(40, 15, 0.1);
    const region = regionOf(image);
    const depths = depthsOf(region, image);
    const inside = [...region.values].filter((_, i) => depths[i] > 3);
    const varianceAt = (threshold: number) => {
      const parts = [inside.filter((v) => v < threshold), inside.filter((v) => v >= threshold)];
      if (parts.some(({ length }) => length === 0)) return 0;
      const all = inside.reduce((sum, v) => sum + v, 0) / inside.length;
      return parts.reduce((sum, part) => {
        const mean = part.reduce((a, b) => a + b, 0) / part.length;
        return sum + (part.length / inside.length) * (mean - all) ** 2;
      }, 0);
    };
    expect(segmentationVariance(region, depths, 3)).toBeCloseTo(
      Math.max(...inside.map(varianceAt)),
      12,
    );
    expect(segmentationVariance(region, depths, 20)).toBeNaN();
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

describe('rows of features of images', () => {
  const [one, other] = [disc(24, 9, 0.05), disc(24, 7, 0.05)];
  const images = new Images({
    pixels: Float32Array.from([...one.pixels, ...other.pixels]),
    masks: Uint8Array.from([...one.mask, ...other.mask]),
    count: 2,
    height: 24,
    width: 24,
  });

  it('have the features of the thesis, bins and all', () => {
    const { names, rows } = imageFeatureRows(images);
    expect(names).toHaveLength(6 + 8 + 32 + 1);
    expect(names.slice(0, 8)).toEqual([
      ...['area', 'circularity', 'mu20', 'mu02', 'mu30', 'mu03'],
      ...['edge0', 'edge1'],
    ]);
    const found = imageFeatures(other);
    expect([...rows[1]]).toEqual(names.map((name) => found[name]));
    expect(rows[0][0]).toBeGreaterThan(rows[1][0]);
  });

  it('have those that are chosen, and integers between 0 and 255', () => {
    const { names, rows } = imageFeatureRows(images, { names: ['radial', 'area'], profileBins: 2 });
    expect(names).toEqual(['radial0', 'radial1', 'area']);
    expect(rows.map((row) => row.length)).toEqual([3, 3]);
    const grey = new Images({
      ...images.data,
      pixels: images.pixels.map((v) => (v > 0.1 ? 200 : 0)),
    });
    const integers = new Images({ ...grey.data, pixels: Uint8Array.from(grey.pixels) });
    // Bins of 8.
    expect(imageFeatureRows(integers, { names: ['histogram25'] }).rows[0][0]).toBeCloseTo(1, 9);
    expect(imageFeatureRows(grey, { names: ['histogram31'] }).rows[0][0]).toBeCloseTo(1, 9);
    expect(() => imageFeatureRows(images, { names: ['aera'] })).toThrow(
      'names has "aera": expected a feature of images; did you mean area?',
    );
  });
});
