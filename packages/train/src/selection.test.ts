import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { batchLoss } from './losses/batch-loss.ts';
import { checkSelection, type SelectionRecipe, selected } from './selection.ts';

const kept = (losses: readonly number[], recipe: SelectionRecipe): number[] =>
  tf.tidy(() => [...selected(tf.tensor1d([...losses]), recipe).dataSync()]);

describe.each(['wasm', 'cpu'] as const)('selective backprop on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('keeps the worst half, and the fewest tracks that make up a share of the loss', () => {
    const losses = [0.1, 3, 0.5, 2, 0.4];
    expect(kept(losses, { kind: 'worst' })).toEqual([0, 1, 1, 1, 0]);
    expect(kept(losses, { kind: 'worst', share: 0.2 })).toEqual([0, 1, 0, 0, 0]);
    expect(kept(losses, { kind: 'worst', share: 1 })).toEqual([1, 1, 1, 1, 1]);
    // Sums of the largest: 3, 5, 5.5, 5.9, 6; 98 % of 6 is 5.88.
    expect(kept(losses, { kind: 'loss-share' })).toEqual([0, 1, 1, 1, 1]);
    expect(kept(losses, { kind: 'loss-share', share: 0.8 })).toEqual([0, 1, 0, 1, 0]);
    expect(kept([0, 0, 0], { kind: 'loss-share' })).toEqual([1, 1, 1]);
  });

  it('holds for any losses', () => {
    const losses = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 });
    const share = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100);
    fc.assert(
      fc.property(losses, share, (all, part) => {
        const total = all.reduce((sum, loss) => sum + loss, 0);
        for (const kind of ['worst', 'loss-share'] as const) {
          const of = kept(all, { kind, share: part });
          const inside = all.filter((_, i) => of[i] === 1);
          const outside = all.filter((_, i) => of[i] === 0);
          expect(inside.length + outside.length).toBe(all.length);
          const smallest = Math.min(...inside);
          expect(inside.length > 0 && outside.every((loss) => loss < smallest)).toBe(true);
          // Enough, and without the smallest of them too little.
          const above = inside.filter((loss) => loss > smallest);
          const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0);
          const [enough, less, wanted] =
            kind === 'worst'
              ? [inside.length, above.length, Math.ceil(part * all.length)]
              : [sum(inside), sum(above), part * total];
          expect(enough).toBeGreaterThanOrEqual(wanted - 1e-3);
          expect(less).toBeLessThanOrEqual(wanted + 1e-3);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('derives the mean over the tracks that it keeps, weighted by their classes', () => {
    const output = { kind: 'both', classes: ['a', 'b'] } as const;
    const codes = Int32Array.of(0, 1, 1, 0);
    const exponents = Float64Array.of(1, 1, 1, 1);
    const loss = { classWeights: { b: 3 }, exponentWeight: 2 };
    const answers = [0.9, 0.1, 1.5, 0.2, 0.8, 0.2, 0.7, 0.3, 1.1, 0.4, 0.6, 1.3];
    // ln of the right class, and the error of the exponent.
    const each = [
      -Math.log(0.9) + 2 * 0.5,
      -Math.log(0.8) + 2 * 0.8,
      -Math.log(0.3) + 2 * 0.1,
      -Math.log(0.4) + 2 * 0.3,
    ];
    tf.tidy(() => {
      const objective = { loss, selection: { kind: 'worst', share: 0.5 } } as const;
      const of = batchLoss({ codes, exponents }, output, objective);
      const derive = tf.valueAndGrad((x: tf.Tensor) => of.of(tf.split(x, [2, 1], 1)));
      const { value, grad } = derive(tf.tensor2d(answers, [4, 3]));
      // Tracks 1 (class b) and 3 (class a) have the largest losses.
      expect(value.dataSync()[0]).toBeCloseTo((3 * each[1] + each[3]) / 4, 5);
      expect(of.weight()!.dataSync()[0]).toBe(4);
      of.weight()!.dispose();
      const slopes = [...grad.dataSync()];
      const expected = [0, 0, 0, 0, -0.75 / 0.8, -1.5, 0, 0, 0, -0.25 / 0.4, 0, 0.5];
      for (const [i, slope] of expected.entries()) expect(slopes[i]).toBeCloseTo(slope, 4);
    });
  });

  it('does not hide a loss that is no number', () => {
    tf.tidy(() => {
      const objective = { selection: { kind: 'worst' } } as const;
      const exponents = Float64Array.of(1, 1);
      const of = batchLoss({ exponents }, { kind: 'exponent' }, objective);
      const value = of.of([tf.tensor2d([Number.NaN, 3], [2, 1])]);
      of.weight()!.dispose();
      expect(value.dataSync()[0]).toBeNaN();
    });
  });
});

it.each<[object, object, string]>([
  [{}, {}, 'selection.kind is undefined: expected loss-share or worst'],
  [{ kind: 'best' }, {}, 'selection.kind is "best": expected loss-share or worst'],
  [{ kind: 'worst', share: 0 }, {}, 'selection.share is 0: expected 0 < share ≤ 1'],
  [{ kind: 'worst', shares: 1 }, {}, 'shares is 1: unknown option; did you mean share?'],
  [{ kind: 'loss-share' }, { exponent: 'gaussian' }, 'expected worst beside loss.exponent'],
])('refuses %j beside %j', (selection, loss, message) => {
  expect(() => checkSelection(selection as SelectionRecipe, loss)).toThrow(message);
});
