import { hashKeys } from './hash.ts';
import { keyedRandom } from './keyed.ts';
import { permutation } from './permutation.ts';
import { Xoshiro128 } from './xoshiro.ts';

describe('the generator', () => {
  it('is xoshiro128++: the first outputs from the state 1, 2, 3, 4', () => {
    const random = new Xoshiro128(Int32Array.of(1, 2, 3, 4, 0, 0, 0, 0));
    expect(Array.from({ length: 10 }, () => random.int32() >>> 0)).toEqual([
      641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295,
      495546011, 621204420,
    ]);
  });

  it('gives the same numbers for ever', () => {
    const random = keyedRandom(42, 7);
    expect(Array.from({ length: 3 }, () => random.int32())).toMatchInlineSnapshot(`
      [
        1357495439,
        -1586581648,
        1935492299,
      ]
    `);
    expect(Array.from({ length: 3 }, () => random.uniform())).toMatchInlineSnapshot(`
      [
        0.8996228261968917,
        0.9462280914589486,
        0.19885891402806133,
      ]
    `);
    expect(Array.from({ length: 3 }, () => random.normal())).toMatchInlineSnapshot(`
      [
        -1.6185532647353786,
        -0.750471698130177,
        0.16910477217849026,
      ]
    `);
    expect(Array.from({ length: 3 }, () => random.exponential())).toMatchInlineSnapshot(`
      [
        0.21030975697866758,
        0.01976543351755793,
        0.19715056630695216,
      ]
    `);
    expect(Array.from({ length: 6 }, () => random.integerBelow(1000))).toMatchInlineSnapshot(`
      [
        505,
        554,
        704,
        820,
        323,
        802,
      ]
    `);
    expect(Array.from({ length: 8 }, (_, i) => permutation(8, 42)(i))).toMatchInlineSnapshot(`
      [
        6,
        2,
        5,
        3,
        4,
        1,
        7,
        0,
      ]
    `);
    const large = permutation(1e9, 42);
    expect(Array.from({ length: 3 }, (_, i) => large(i))).toMatchInlineSnapshot(`
      [
        95945909,
        442681429,
        475386278,
      ]
    `);
  });

  it('fills with the numbers that single calls give', () => {
    const filled = new Float64Array(5000);
    keyedRandom(3).fillNormal(filled, 0, 1);
    const one = keyedRandom(5);
    const many = keyedRandom(5);
    many.fillNormal(filled, 0, 5000);
    for (let i = 0; i < 5000; i++) expect(filled[i]).toBe(one.normal());
    expect(many.int32()).toBe(one.int32());
  });

  it('changes half of its key bits when one bit of a seed or a key changes', () => {
    const flips = (a: Int32Array, b: Int32Array): number => {
      let count = 0;
      for (let w = 0; w < 4; w++) {
        for (let x = a[w] ^ b[w]; x !== 0; x &= x - 1) count++;
      }
      return count;
    };
    // 128 bits flip with probability ½ each: 64 ± 5.7. Six deviations: false alarm below 1e-6 over the 120 cases.
    for (let bit = 0; bit < 53; bit++) {
      const base = 123456789;
      const other = base % 2 ** (bit + 1) >= 2 ** bit ? base - 2 ** bit : base + 2 ** bit;
      for (const [a, b] of [
        [
          [base, 5],
          [other, 5],
        ],
        [
          [5, base],
          [5, other],
        ],
      ]) {
        const count = flips(hashKeys(a), hashKeys(b));
        expect(Math.abs(count - 64)).toBeLessThan(34);
      }
    }
    expect(hashKeys([1])).not.toEqual(hashKeys([1, 0]));
    expect(hashKeys([-1])).not.toEqual(hashKeys([4294967295]));
  });

  it.each([0.5, NaN, Infinity, 2 ** 53, '1', undefined])('refuses the seed %p', (seed) => {
    expect(() => keyedRandom(seed as number)).toThrow(
      `seed is ${typeof seed === 'string' ? "'1'" : seed}: expected an integer from -9007199254740991 to 9007199254740991`,
    );
  });

  it('refuses integers below what has none', () => {
    expect(() => keyedRandom(0).integerBelow(0)).toThrow('n is 0');
    expect(() => keyedRandom(0).integerBelow(2 ** 33)).toThrow('n is 8589934592');
    expect(keyedRandom(0).integerBelow(1)).toBe(0);
  });
});

/** Largest distance of a sorted sample from a distribution function, times √n. */
function kolmogorov(sample: Float64Array, distribution: (x: number) => number): number {
  sample.sort();
  let worst = 0;
  for (let i = 0; i < sample.length; i++) {
    const F = distribution(sample[i]);
    worst = Math.max(worst, F - i / sample.length, (i + 1) / sample.length - F);
  }
  return worst * Math.sqrt(sample.length);
}

/** Φ(x) by the series of the error function, good to 1e-12 for |x| < 6. */
function normalDistribution(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

describe('the laws', () => {
  // √n·D exceeds 2.2 with probability 1.3e-4; the seed is fixed.
  const n = 200_000;

  it('normal: distribution, and moments up to the tail of the ziggurat', () => {
    const sample = new Float64Array(n);
    keyedRandom(11).fillNormal(sample);
    expect(kolmogorov(sample, normalDistribution)).toBeLessThan(2.2);
    // P(|x| > 3.654) = 2.58e-4: 516 ± 23 of 2 million; five deviations.
    const random = keyedRandom(12);
    let beyond = 0;
    let far = 0;
    for (let i = 0; i < 2e6; i++) {
      const x = Math.abs(random.normal());
      if (x > 3.6541528853610088) beyond++;
      if (x > 4.2) far++;
    }
    expect(Math.abs(beyond - 2e6 * 2.5806e-4)).toBeLessThan(5 * 23);
    expect(Math.abs(far - 2e6 * 2.669e-5)).toBeLessThan(5 * 7.3);
  });

  it('uniform and exponential', () => {
    const random = keyedRandom(13);
    const uniforms = Float64Array.from({ length: n }, () => random.uniform());
    expect(kolmogorov(uniforms, (x) => x)).toBeLessThan(2.2);
    const exponentials = Float64Array.from({ length: n }, () => random.exponential());
    expect(kolmogorov(exponentials, (x) => 1 - Math.exp(-x))).toBeLessThan(2.2);
    expect(exponentials[n - 1]).toBeGreaterThan(7.7);
  });

  it('integers below n are equally likely also where n does not divide 2³²', () => {
    const random = keyedRandom(14);
    const high = 3 * 2 ** 30;
    let upper = 0;
    for (let i = 0; i < 100_000; i++) if (random.integerBelow(high) >= 2 ** 31) upper++;
    // A third: 33,333 ± 149; biased it would be a quarter.
    expect(Math.abs(upper - 33_333)).toBeLessThan(5 * 149);
  });
});

describe('permutation', () => {
  it.each([1, 2, 5, 1024, 1025, 4096, 10_007])('hits each of %i places once', (n) => {
    const place = permutation(n, 3, 1);
    const seen = new Set(Array.from({ length: n }, (_, i) => place(i)));
    expect(seen.size).toBe(n);
    expect(Math.max(...seen)).toBe(n - 1);
  });

  it('differs between seeds and keys, and mixes', () => {
    const a = permutation(5000, 1);
    const b = permutation(5000, 2);
    const c = permutation(5000, 1, 9);
    let same = 0;
    let ascents = 0;
    for (let i = 0; i < 4999; i++) {
      if (a(i) === b(i) || a(i) === c(i)) same++;
      if (a(i + 1) > a(i)) ascents++;
    }
    // Two agreements expected; ascents 2,500 ± √(5000/12) = 20.
    expect(same).toBeLessThan(15);
    expect(Math.abs(ascents - 2500)).toBeLessThan(5 * 20.5);
  });

  it('works at any index of 4·10¹⁵ places', () => {
    const place = permutation(4e15, 1);
    expect(place(3_999_999_999_999_999)).toBeLessThan(4e15);
    expect(() => place(4e15)).toThrow('index is 4000000000000000: expected an integer from 0 to');
    expect(() => permutation(0, 1)).toThrow('n is 0: expected an integer from 1 to');
  });
});
