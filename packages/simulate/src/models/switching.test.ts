import { keyedRandom } from '@diffusion/random';
import { deviations } from '../prior/circumstances.fixture.ts';
import { switching } from './switching.ts';

// Of each test the largest deviation is looked at: beyond 4.5 standard errors one of ten lies with probability 7·10⁻⁵.
const LIMIT = 4.5;

describe('switching', () => {
  it('has steps of either state as long as it stays there', () => {
    const out = new Float64Array(400);
    const states = [
      { step: 1, dwell: 30 },
      { step: 1e-3, dwell: 10 },
    ] as const;
    const fast: number[] = [];
    const squares: number[] = [];
    for (let i = 0; i < 400; i++) {
      switching(keyedRandom(1, i), out, 200, 2, { states });
      let moved = 0;
      for (let k = 1; k < 200; k++) {
        const square = (out[2 * k] - out[2 * k - 2]) ** 2 + (out[2 * k + 1] - out[2 * k - 1]) ** 2;
        if (square < 1e-4) continue;
        moved++;
        squares.push(square / 2);
      }
      fast.push(moved / 199);
    }
    // 10⁻⁴ of r² in units of 2: the share of fast steps taken for slow ones is 5·10⁻⁵.
    expect(Math.abs(deviations(fast, 0.75))).toBeLessThan(LIMIT);
    expect(Math.abs(deviations(squares, 1))).toBeLessThan(LIMIT);
  });

  it('changes at the edges of frames, with probability 1/dwell', () => {
    const out = new Float64Array(1001);
    const states = [
      { step: 1, dwell: 4 },
      { step: 1, dwell: 4 },
    ] as const;
    const first = Array.from({ length: 4000 }, (_, i) =>
      switching(keyedRandom(2, i), out, 1001, 1, { states, substeps: 5 }),
    );
    expect(first.every((place) => place % 5 === 0 && place > 0)).toBe(true);
    // Geometric: 4 frames in the mean.
    expect(Math.abs(deviations(first, 20))).toBeLessThan(LIMIT);
    const never = {
      states: [
        { step: 1, dwell: 1e12 },
        { step: 1, dwell: 1e12 },
      ],
    } as const;
    expect(switching(keyedRandom(3), out, 1001, 1, never)).toBe(1001);
  });

  it('drifts and is trapped as it is told, at any number of places per frame', () => {
    for (const substeps of [1, 4]) {
      const points = 20 * substeps + 1;
      const out = new Float64Array(points * 3);
      const drifting = { step: 0, drift: 2, dwell: 1e12 };
      switching(keyedRandom(4), out, points, 3, { states: [drifting, drifting], substeps });
      expect(Math.hypot(...out.subarray(-3))).toBeCloseTo(40, 9);
      const trap = { step: 0.5, relaxation: 3, dwell: 1e12 };
      const squares = Array.from({ length: 2000 }, (_, i) => {
        switching(keyedRandom(5, i, substeps), out, points, 3, { states: [trap, trap], substeps });
        return (out.at(-3) as number) ** 2;
      });
      // ⟨x²⟩ = Dτ (1 − exp(−2t/τ)), D = step²/2.
      const expected = ((0.25 * 3) / 2) * (1 - Math.exp(-40 / 3));
      expect(Math.abs(deviations(squares, expected))).toBeLessThan(LIMIT);
    }
  });
});
