import { readFileSync } from 'node:fs';
import { keyedRandom, type Random } from '@diffusion/random';
import { liposomes } from '@diffusion/simulate';
import { Images, textColumn } from '@diffusion/tracks';
import { augmentImages, type ImageAugmentation, liposomeAugmentation } from './augment-images.ts';

interface Case {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly options: ImageAugmentation;
  readonly uniform: readonly number[];
  readonly pixels: readonly number[];
  readonly mask: readonly number[];
  readonly turned: readonly number[];
  readonly turnedMask: readonly number[];
}
const { cases }: { cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../fixtures/image-values.json', import.meta.url), 'utf8'),
);

/** Gives the numbers that the other side drew. */
const drawn = (numbers: readonly number[]): Random => {
  const left = [...numbers];
  return { uniform: () => left.shift()! } as Random;
};

describe('augmentImages', () => {
  it.each(cases.map((each) => [each.name, each] as const))('does as SciPy: %s', (_, each) => {
    const { height, width, options, uniform } = each;
    const images = new Images({
      pixels: Float32Array.from(each.pixels),
      masks: Uint8Array.from(each.mask),
      count: 1,
      height,
      width,
    });
    const found = augmentImages(images, options, drawn(uniform));
    // The coefficients forget what is beyond the room around an image to 1e-7; pixels are Float32.
    for (const [k, value] of each.turned.entries()) {
      expect(Math.abs(found.pixels[k] - value)).toBeLessThan(3e-7);
    }
    expect([...found.masks!]).toEqual(each.turnedMask);
  });

  const images = liposomes({
    problem: 'lamellarity',
    count: 30,
    seed: 3,
  }).generate();

  it('changes nothing unless asked to', () => {
    const same = augmentImages(images, {}, keyedRandom(1));
    expect(same.pixels).toEqual(images.pixels);
    expect(same.masks).toEqual(images.masks);
    expect(same.labels).toEqual(images.labels);
    expect(same.imageColumns).toEqual(images.imageColumns);
    expect(same.pixels).not.toBe(images.pixels);
  });

  it('mirrors each way half of the time, pixel by pixel', () => {
    const corner = new Images({
      pixels: Uint8Array.from({ length: 4000 }, (_, k) => (k % 4) + 1),
      count: 1000,
      height: 2,
      width: 2,
    });
    const turned = augmentImages(corner, { flip: true }, keyedRandom(2));
    const times = new Map<string, number>();
    for (const { pixels } of turned) {
      times.set(`${pixels}`, (times.get(`${pixels}`) ?? 0) + 1);
    }
    expect([...times.keys()].sort()).toEqual(['1,2,3,4', '2,1,4,3', '3,4,1,2', '4,3,2,1']);
    // Binomial(1000, ¼): five standard deviations are 68.
    for (const n of times.values()) expect(Math.abs(n - 250)).toBeLessThan(68);
  });

  it('leaves a disc a disc of the same size under any turn', () => {
    const turned = augmentImages(images, { rotation: 180 }, keyedRandom(3));
    const area = (set: Images, i: number) => set.at(i).mask!.reduce((sum, m) => sum + m, 0);
    for (let i = 0; i < images.count; i++) {
      expect(Math.abs(area(turned, i) / area(images, i) - 1)).toBeLessThan(0.1);
    }
    expect(turned.pixels).not.toEqual(images.pixels);
  });

  it('rounds and keeps integers in their range', () => {
    const pixels = Uint8Array.from({ length: 64 }, (_, k) => (k % 8 < 4 ? 0 : 255));
    const step = new Images({
      pixels,
      count: 1,
      height: 8,
      width: 8,
      labels: textColumn(['a']),
    });
    const turned = augmentImages(step, { shift: 0.2 }, keyedRandom(4));
    expect(turned.pixels).toBeInstanceOf(Uint8Array);
    // A spline overshoots a step on both sides: without the ends those would wrap around.
    const [first, last] = [turned.pixels.slice(24, 26), turned.pixels.slice(30, 32)];
    for (const value of first) expect(value).toBeLessThan(20);
    for (const value of last) expect(value).toBeGreaterThan(235);
  });

  it('takes as many numbers for an image whatever is done to it', () => {
    for (const options of [{}, { shear: 0.2 }, liposomeAugmentation]) {
      const random = keyedRandom(5);
      augmentImages(images, options, random);
      const beside = keyedRandom(5);
      for (let k = 0; k < 7 * images.count; k++) beside.uniform();
      expect(random.uniform()).toBe(beside.uniform());
    }
  });

  it('gives the same for ever', () => {
    const one = new Images({
      pixels: Float32Array.from({ length: 9 }, (_, k) => k),
      count: 1,
      height: 3,
      width: 3,
    });
    const turned = augmentImages(one, liposomeAugmentation, keyedRandom(6));
    expect([...turned.pixels]).toMatchInlineSnapshot(`
      [
        4.6528825759887695,
        2.1914820671081543,
        0.3654426634311676,
        6.526337623596191,
        3.909454345703125,
        1.3828967809677124,
        7.048709869384766,
        5.59829044342041,
        3.6780498027801514,
      ]
    `);
  });

  it.each([
    [{ rotate: true }, 'rotate is true: unknown option; did you mean rotation?'],
    [{ rotation: 181 }, 'rotation is 181: expected a number from 0 to 180'],
    [{ shear: -0.1 }, 'shear is -0.1: expected a number from 0 to 1'],
    [{ shift: '0.1' }, 'shift is "0.1": expected a number from 0 to 1'],
    [{ zoom: [1, 0.8] }, 'zoom is [1, 0.8]: expected two numbers above 0 and up to 10'],
    [{ flip: 1 }, 'flip is 1: expected true or false'],
    [null, 'augmentation is null: expected an object with rotation'],
  ])('refuses %j', (options, message) => {
    expect(() => augmentImages(images, options as never, keyedRandom(1))).toThrow(message);
  });
});
