import { readdirSync, readFileSync } from 'node:fs';
import { keyedRandom } from '../keyed.ts';
import { exp } from './exp.ts';
import { ln } from './ln.ts';
import { pow } from './pow.ts';
import { cosTurns, sinTurns } from './turns.ts';

const ulps = (value: number, reference: number): number =>
  Math.abs(value - reference) / (Math.abs(reference) * 2 ** -52);

describe('pinned functions', () => {
  it('agree with the engine within 2 ulp over the whole range (each is within 1 of the truth)', () => {
    const random = keyedRandom(1);
    let worstLn = 0;
    let worstExp = 0;
    for (let i = 0; i < 200_000; i++) {
      const t = 1400 * (random.uniform() - 0.5);
      worstExp = Math.max(worstExp, ulps(exp(t), Math.exp(t)));
      const x = Math.exp(t);
      worstLn = Math.max(worstLn, ulps(ln(x), Math.log(x)));
    }
    expect(worstExp).toBeLessThanOrEqual(2);
    expect(worstLn).toBeLessThanOrEqual(2);
  });

  it('have the right values at the edges', () => {
    expect([ln(0), ln(-1), ln(1), ln(Infinity), ln(NaN)]).toEqual([
      -Infinity,
      NaN,
      0,
      Infinity,
      NaN,
    ]);
    expect(ln(Number.MIN_VALUE)).toBe(-744.4400719213812);
    expect(ln(Number.MAX_VALUE)).toBe(709.782712893384);
    expect([exp(710), exp(-746), exp(0), exp(NaN)]).toEqual([Infinity, 0, 1, NaN]);
    expect(exp(-745)).toBe(Number.MIN_VALUE);
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
    expect([pow(0, 0), pow(0, 0.5), pow(7, 0)]).toEqual([1, 0, 1]);
    expect(pow(10, 0.3)).toBeCloseTo(10 ** 0.3, 14);
  });

  it('turn exactly in quarters', () => {
    expect([0, 0.25, 0.5, 0.75, 1, -0.25].map(cosTurns)).toEqual([1, -0, -1, 0, 1, 0]);
    expect([0, 0.25, 0.5, 0.75, 1, -0.25].map((t) => sinTurns(t) + 0)).toEqual([
      0, 1, 0, -1, 0, -1,
    ]);
    for (let t = -2; t < 2; t += 0.0137) {
      expect(Math.abs(cosTurns(t) - Math.cos(2 * Math.PI * t))).toBeLessThan(2e-15);
      expect(Math.abs(sinTurns(t) - Math.sin(2 * Math.PI * t))).toBeLessThan(2e-15);
    }
  });
});

// Whatever samples: this package, what simulates, and what training does to tracks. The number of sources of each is
// a lower bound, so that a folder that has moved is not passed over.
describe.each([
  ['random/src', 20],
  ['simulate/src', 45],
  ['train/src/augment', 2],
])('the sources in %s', (name, fewest) => {
  it('use no function of Math, and no power, whose bits an engine may choose', () => {
    const folder = new URL(`../../../${name}/`, import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file),
    );
    expect(files.length).toBeGreaterThanOrEqual(fewest);
    // PI and SQRT2 are numbers, the same everywhere.
    const allowed = 'PI|SQRT2|abs|ceil|clz32|floor|imul|max|min|round|sqrt';
    for (const file of files) {
      const code = readFileSync(new URL(file, folder), 'utf8').replace(
        /\/\*[\s\S]*?\*\/|\/\/.*/g,
        '',
      );
      const found = code.match(new RegExp(`Math\\.(?!(?:${allowed})\\b)\\w+|\\*\\*`, 'g')) ?? [];
      expect([file, ...found]).toEqual([file]);
    }
  });
});
