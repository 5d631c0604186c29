import type { Images } from '@diffusion/tracks';
import { liposomes } from './liposomes.ts';
import { perlin } from './perlin.ts';

const column = (images: Images, name: string): Float64Array =>
  images.imageColumns[name] as Float64Array;
const labels = (images: Images): string[] => [...images].map((image) => image.label ?? '');
const average = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

describe('perlin noise', () => {
  it('is zero at the lattice, smooth and bounded between, and differs with the key', () => {
    const values: number[] = [];
    for (let x = -3; x <= 3; x++) expect(perlin(1, x, 2) + 0).toBe(0);
    for (let x = -5; x < 5; x += 0.01) {
      values.push(perlin(1, x, 0.3 * x));
      expect(Math.abs(perlin(1, x + 1e-6, 0.3 * x) - perlin(1, x, 0.3 * x))).toBeLessThan(1e-5);
    }
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.min(...values)).toBeGreaterThan(-1);
    expect(average(values.map((v) => v * v))).toBeGreaterThan(0.01);
    expect(perlin(2, 0.5, 0.5)).not.toBe(perlin(1, 0.5, 0.5));
  });
});

describe('liposomes', () => {
  it('has the class shares of the paper unless told otherwise', () => {
    const count = 14_169;
    const set = liposomes({ problem: 'lamellarity', count, seed: 1, size: 16 });
    expect(set.classes).toEqual(['unilamellar', 'multilamellar', 'uncertain']);
    const found = labels(set.generate(0, 600));
    // Without replacement from 12,368 : 1,717 : 84; 73 ± 8 of 600 are multilamellar.
    expect(Math.abs(found.filter((name) => name === 'multilamellar').length - 73)).toBeLessThan(
      4 * 8,
    );
    const even = liposomes({
      problem: 'encapsulation',
      count: 9,
      seed: 1,
      shares: { full: 1, empty: 2 },
    });
    const names = labels(even.generate());
    expect(names.filter((name) => name === 'full')).toHaveLength(3);
    expect(names.filter((name) => name === 'empty')).toHaveLength(6);
  });

  it('has intensities from 0 to 1 and a mask of the area of the outline', () => {
    const images = liposomes({ problem: 'lamellarity', count: 60, seed: 2, size: 64 }).generate();
    expect(images.pixels.every((p: number) => p >= 0 && p <= 1)).toBe(true);
    const ratio: number[] = [];
    for (const { index, mask } of images) {
      const area = average([...(mask ?? [])]) * 64 * 64;
      ratio.push(area / (Math.PI * column(images, 'radius')[index] ** 2));
      expect(mask?.[32 * 64 + 32]).toBe(1);
      expect(mask?.[0]).toBe(0);
    }
    expect(Math.abs(average(ratio) - 1)).toBeLessThan(0.06);
    expect(Math.max(...ratio) - Math.min(...ratio)).toBeGreaterThan(0.05);
  });

  it('draws one membrane or several, dark against what is around', () => {
    const shares = { unilamellar: 1, multilamellar: 1 };
    const images = liposomes({
      problem: 'lamellarity',
      count: 80,
      seed: 3,
      size: 64,
      shares,
      distortion: 0,
    }).generate();
    const name = labels(images);
    const membranes = column(images, 'membranes');
    const dark: Record<string, number[]> = { unilamellar: [], multilamellar: [] };
    for (const { index, pixels } of images) {
      expect(membranes[index] > 1).toBe(name[index] === 'multilamellar');
      // Along a ray from the centre: pixels much darker than the background.
      const ray = [...pixels.subarray(32 * 64 + 32, 33 * 64)];
      const at = Math.round(column(images, 'radius')[index] - 0.5);
      expect(Math.min(...ray.slice(at - 2, at + 3))).toBeLessThan(0.55);
      dark[name[index]].push(ray.filter((p) => p < 0.45).length);
    }
    expect(average(dark.multilamellar)).toBeGreaterThan(1.5 * average(dark.unilamellar));
  });

  it('fills the lumen of full ones, not of empty ones, and a little of uncertain ones', () => {
    const shares = { full: 1, uncertain: 1, empty: 1 };
    const images = liposomes({
      problem: 'encapsulation',
      count: 90,
      seed: 4,
      size: 48,
      shares,
    }).generate();
    const name = labels(images);
    const centre = (wanted: string): number =>
      average(
        [...images]
          .filter(({ index }) => name[index] === wanted)
          .map(({ pixels }) => pixels[24 * 48 + 24]),
      );
    expect(centre('empty') - centre('uncertain')).toBeGreaterThan(0.05);
    expect(centre('uncertain') - centre('full')).toBeGreaterThan(0.05);
  });

  it('has the size distribution asked for', () => {
    const set = liposomes({
      problem: 'encapsulation',
      count: 400,
      seed: 5,
      size: 16,
      radius: { mean: 0.3, deviation: 0.03 },
      shift: 0.1,
    });
    const radius = [...column(set.generate(), 'radius')].map((r) => r / 16);
    // Four errors of 400 draws.
    expect(Math.abs(average(radius) - 0.3)).toBeLessThan((4 * 0.03) / 20);
    expect(Math.abs(Math.sqrt(average(radius.map((r) => (r - 0.3) ** 2))) - 0.03)).toBeLessThan(
      (4 * 0.03) / Math.sqrt(800),
    );
  });

  it('lets the sign of a class stray as far as it is told, and nothing else', () => {
    const of = (problem: 'lamellarity' | 'encapsulation', ambiguity?: number) =>
      liposomes({ problem, count: 600, seed: 8, size: 16, ambiguity }).generate();
    expect(of('encapsulation', 0).pixels).toEqual(of('encapsulation').pixels);
    const [plain, strayed] = [of('encapsulation'), of('encapsulation', 0.5)];
    expect(column(strayed, 'radius')).toEqual(column(plain, 'radius'));
    const filling = column(strayed, 'filling');
    // Of the full ones, by a normal deviation: 600 · 0.97 draws, four errors.
    const away = [...column(plain, 'filling')].flatMap((f, i) =>
      f > 0.25 ? [filling[i] - f] : [],
    );
    expect(Math.abs(average(away))).toBeLessThan((4 * 0.06) / Math.sqrt(away.length));
    expect(Math.abs(Math.sqrt(average(away.map((d) => d * d))) / 0.06 - 1)).toBeLessThan(
      4 / Math.sqrt(2 * away.length),
    );
    // Half of those with one membrane have a shade that looks like a second one.
    const names = labels(of('lamellarity', 0.5));
    const membranes = column(of('lamellarity', 0.5), 'membranes');
    const one = [...membranes].filter((_, i) => names[i] === 'unilamellar');
    const shaded = one.filter((n) => n === 2).length / one.length;
    expect(one.every((n) => n === 1 || n === 2)).toBe(true);
    expect(Math.abs(shaded - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / one.length));
  });

  it('makes image i alone, in any batch', async () => {
    const set = liposomes({ problem: 'lamellarity', count: 50, seed: 6 });
    const whole = set.generate();
    const parts: number[] = [];
    for await (const batch of set.batches({ size: 12 })) parts.push(...batch.pixels);
    expect(parts).toEqual([...whole.pixels]);
    expect([...set.generate(41, 42).pixels]).toEqual([...whole.at(41).pixels]);
  });

  it.each([
    [{ problem: 'size' }, 'problem is "size": expected one of lamellarity, encapsulation'],
    [{ size: 8 }, 'size is 8: expected an integer from 16 to 4096'],
    [{ shares: { ful: 1 } }, 'shares.ful is 1: expected a known name'],
    [
      { shares: { unilamellar: 0 } },
      'shares is {"unilamellar":0}: expected a class with a share above 0',
    ],
    [
      { radius: { mean: 0.9, deviation: 0 } },
      'radius.mean is 0.9: expected a number from 0.15 to 0.48',
    ],
    [{ distortion: 1 }, 'distortion is 1'],
    [{ ambiguity: 2 }, 'ambiguity is 2'],
    [{ seed: 0.1 }, 'seed is 0.1'],
  ])('refuses %p', (change, message) => {
    expect(() =>
      liposomes({ problem: 'lamellarity', count: 1, seed: 1, ...change } as never),
    ).toThrow(message);
  });
});
