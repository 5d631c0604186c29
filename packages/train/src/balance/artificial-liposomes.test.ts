import { liposomes } from '@diffusion/simulate';
import { frameImages, Images, textColumn } from '@diffusion/tracks';
import { withArtificialLiposomes } from './artificial-liposomes.ts';

const shares = { unilamellar: 10, multilamellar: 4, uncertain: 1 };
const images = liposomes({
  problem: 'lamellarity',
  count: 15,
  seed: 1,
  size: 20,
  shares,
}).generate();
const options = { problem: 'lamellarity', seed: 2 } as const;

describe('withArtificialLiposomes', () => {
  const all = withArtificialLiposomes(images, options);
  const nameOf = (set: Images, i: number) => set.labels!.dictionary[set.labels!.codes[i]];

  it('makes every class as large as the largest, behind the images as they are', () => {
    expect(all.count).toBe(30);
    expect(all.pixels.slice(0, images.pixels.length)).toEqual(images.pixels);
    expect(all.masks!.slice(0, images.pixels.length)).toEqual(images.masks);
    const counts: Record<string, number> = {};
    for (let i = 0; i < all.count; i++) counts[nameOf(all, i)] = (counts[nameOf(all, i)] ?? 0) + 1;
    expect(counts).toEqual({ unilamellar: 10, multilamellar: 10, uncertain: 10 });
    expect([...(all.imageColumns.artificial as Uint8Array)]).toEqual([
      ...new Array(15).fill(0),
      ...new Array(15).fill(1),
    ]);
    for (let i = 15; i < 30; i++) {
      expect(nameOf(all, i)).not.toBe('unilamellar');
      expect(all.at(i).mask!.some((m) => m === 1)).toBe(true);
    }
  });

  it('draws no liposome that is there already, and the same for a seed', () => {
    const pictures = new Set(Array.from(all, ({ pixels }) => `${pixels}`));
    expect(pictures.size).toBe(30);
    expect(withArtificialLiposomes(images, options)).toEqual(all);
    expect(withArtificialLiposomes(images, { ...options, seed: 3 }).pixels).not.toEqual(all.pixels);
  });

  it('frames what is drawn as the images were', () => {
    const frame = { view: 'mask', size: 24 } as const;
    const large = liposomes({ problem: 'lamellarity', count: 15, seed: 1, size: 64, shares });
    const framed = frameImages(large.generate(), frame);
    const balanced = withArtificialLiposomes(framed, { ...options, frame });
    expect([balanced.count, balanced.width]).toEqual([30, 24]);
    expect(balanced.pixels.slice(0, framed.pixels.length)).toEqual(framed.pixels);
    // Outside of the mask all is black but for what is left of a pixel by resampling.
    const edge = (i: number) => Math.max(...[0, 23].map((x) => balanced.at(i).pixels[x]));
    for (let i = 15; i < 30; i++) {
      expect(nameOf(balanced, i)).not.toBe('unilamellar');
      expect(edge(i)).toBe(0);
      expect(Math.max(...balanced.at(i).pixels)).toBeGreaterThan(0.2);
    }
  });

  it('knows the classes by their names, in any order, and integers', () => {
    const labels = textColumn(['empty', 'full', 'full', 'full']);
    const grey = new Images({
      pixels: new Uint8Array(4 * 256).fill(7),
      count: 4,
      height: 16,
      width: 16,
      labels,
    });
    const {
      pixels,
      count,
      labels: found,
      masks,
    } = withArtificialLiposomes(grey, {
      problem: 'encapsulation',
      seed: 1,
    });
    expect(count).toBe(6);
    expect(masks).toBeUndefined();
    expect([...found!.codes]).toEqual([0, 1, 1, 1, 0, 0]);
    const mean = Array.from(pixels.slice(1024)).reduce((sum, v) => sum + v, 0) / 512;
    expect(mean).toBeGreaterThan(90);
    expect(mean).toBeLessThan(200);
  });

  it.each<[Partial<Images>, object, string]>([
    [{ labels: undefined }, options, 'images have no labels'],
    [{ height: 10, width: 40 }, options, 'images are 10 × 40: expected square ones'],
    [{}, { ...options, problem: 'encapsulation' }, "label 'unilamellar': expected one of full"],
    [{}, { ...options, size: 64 }, 'size is 64: expected 20, that of the images, or a frame'],
    [{}, { ...options, frame: { view: 'mask', size: 16 } }, 'frame.size is 16: expected 20'],
    [{}, { ...options, count: 3 }, 'count is 3: unknown option'],
  ])('refuses %j with %j', (change, how, message) => {
    const set = new Images({ ...images.data, ...change });
    expect(() => withArtificialLiposomes(set, how as never)).toThrow(message);
  });
});
