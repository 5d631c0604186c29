import { layerSeed } from './layer-seed.ts';

describe('layerSeed', () => {
  it('gives the same seeds for ever, so that initial weights keep their bits', () => {
    const seeds = [
      layerSeed(0, 'head'),
      layerSeed(7, 'stem1.conv'),
      layerSeed(2 ** 31 - 1, 'head'),
    ];
    expect(seeds).toEqual([1547286139, 1759993524, 1065914151]);
  });

  it('uses all bits of a large or negative seed', () => {
    const seeds = [5, 5 + 2 ** 32, 5 + 2 ** 52, 5 + 2 ** 52 + 2 ** 32, -5, 5 - 2 ** 32];
    expect(new Set(seeds.map((seed) => layerSeed(seed, 'head'))).size).toBe(seeds.length);
    for (const seed of seeds) {
      expect(layerSeed(seed, 'head')).toBeGreaterThanOrEqual(0);
      expect(layerSeed(seed, 'head')).toBeLessThan(2 ** 31);
    }
  });
});
