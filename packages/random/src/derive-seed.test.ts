import fc from 'fast-check';
import { deriveSeed } from './derive-seed.ts';
import { hashKeys } from './hash.ts';
import { keyedRandom } from './keyed.ts';
import { permutation } from './permutation.ts';
import { type Key, type Purpose, purposes } from './purpose.ts';

const seeds = fc.oneof(fc.integer({ min: -3, max: 20 }), fc.maxSafeInteger());
const names = fc.oneof(
  fc.constantFrom<Purpose>(...purposes),
  fc.string({ minLength: 1, maxLength: 7 }).map((name): Purpose => `own:${name}`),
);
const keys = fc.oneof(names, fc.integer({ min: -2, max: 9 }), fc.maxSafeInteger());
const paths = fc
  .tuple(names, fc.array(keys, { maxLength: 3 }))
  .map(([name, rest]) => [name, ...rest] as const);

describe('deriveSeed', () => {
  it('gives the same seeds for ever', () => {
    expect([
      deriveSeed(1, 'training'),
      deriveSeed(1, 'validation'),
      deriveSeed(1, 'fold', 3),
      deriveSeed(-7, 'training', 'data set', 1),
      deriveSeed(deriveSeed(1, 'fold', 3), 'training'),
      deriveSeed(1, 'own:drift'),
    ]).toMatchInlineSnapshot(`
      [
        5588722984155041,
        7450489775825551,
        7806721782385185,
        7075928989366439,
        7373788625855716,
        8822250892861120,
      ]
    `);
  });

  it('gives safe integers of at least 2⁵², which no other seed and path give', () => {
    const seen = new Map<number, string>();
    fc.assert(
      fc.property(seeds, paths, (seed, [purpose, ...path]) => {
        const derived = deriveSeed(seed, purpose, ...path);
        expect(Number.isSafeInteger(derived) && derived >= 2 ** 52).toBe(true);
        const told = JSON.stringify([seed, purpose, ...path]);
        expect(seen.get(derived) ?? told).toBe(told);
        seen.set(derived, told);
      }),
      { seed: 1, numRuns: 3000 },
    );
    expect(seen.size).toBeGreaterThan(2500);
  });

  it('uses all of its 52 bits', () => {
    let [ones, zeros] = [0n, 0n];
    for (let seed = 0; seed < 200; seed++) {
      ones |= BigInt(deriveSeed(seed, 'test'));
      zeros |= ~BigInt(deriveSeed(seed, 'test'));
    }
    expect(ones & zeros & (2n ** 52n - 1n)).toBe(2n ** 52n - 1n);
  });

  it('is no output of a stream of the same seed and purpose', () => {
    const [high, low] = hashKeys([5, 'test']);
    expect(deriveSeed(5, 'test') % 2 ** 32).not.toBe(low >>> 0);
    expect(Math.floor(deriveSeed(5, 'test') / 2 ** 32) % 2 ** 20).not.toBe(high >>> 12);
  });

  it('refuses what is no seed and no purpose', () => {
    expect(() => deriveSeed(0.5, 'test')).toThrow(
      new RangeError('seed is 0.5: expected an integer from -9007199254740991 to 9007199254740991'),
    );
    expect(() => deriveSeed(1, 'vaildation' as Purpose)).toThrow(
      "purpose is 'vaildation': expected one of training, validation, test, ",
    );
    expect(() => deriveSeed(1, 1 as unknown as Purpose)).toThrow('purpose is 1: expected one of');
    expect(() => deriveSeed(1, 'own:')).toThrow("purpose is 'own:': expected one of");
    expect(() => deriveSeed(1, 'fold', 1.5)).toThrow('key 2 is 1.5: expected an integer from');
    // @ts-expect-error A purpose that is misspelt does not compile.
    expect(() => deriveSeed(1, 'testing')).toThrow(RangeError);
  });
});

describe('streams of purposes', () => {
  it('are those of no other purpose, path, seed or track', () => {
    const seen = new Map<string, string>();
    const anyKeys = fc.oneof(
      paths,
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(seeds, anyKeys, (seed, path) => {
        const random = keyedRandom(seed, ...(path as readonly Key[]));
        const first = [random.int32(), random.int32()].join();
        const told = JSON.stringify([seed, ...path]);
        expect(seen.get(first) ?? told).toBe(told);
        seen.set(first, told);
      }),
      { seed: 2, numRuns: 3000 },
    );
    expect(seen.size).toBeGreaterThan(2000);
  });

  it('depend on where a name ends', () => {
    const lists: [Purpose, ...Key[]][] = [
      ['own:a'],
      ['own:a\0'],
      ['own:ab'],
      ['own:a', 'own:b'],
      ['own:aown:b'],
      ['fold', 'own:s'],
      ['folds'],
      ['folds', 0],
    ];
    const states = lists.map((list) => hashKeys([1, ...list]).join());
    expect(new Set(states).size).toBe(lists.length);
  });

  it('give the same numbers for ever', () => {
    const random = keyedRandom(42, 'augmentation', 7);
    expect(Array.from({ length: 3 }, () => random.int32())).toMatchInlineSnapshot(`
      [
        -823953841,
        2023327977,
        -1697160061,
      ]
    `);
    const place = permutation(8, 42, 'order', 0);
    expect(Array.from({ length: 8 }, (_, i) => place(i))).toMatchInlineSnapshot(`
      [
        4,
        6,
        2,
        0,
        5,
        1,
        3,
        7,
      ]
    `);
  });
});
