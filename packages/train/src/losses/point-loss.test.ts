import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import type { PointTargets } from '../targets-of-points.ts';
import { pointLoss, pointLossOf, pointScores } from './point-loss.ts';

const answers = Float32Array.from({ length: 6 * 9 }, (_, i) => 2 * Math.sin(1.7 * i));
const wanted: PointTargets = {
  states: Int32Array.of(0, 1, 2, 3, 2, 1),
  alphas: Float32Array.of(Number.NaN, 1, 0.5, 1.9, 1, 0.2),
  diffusions: Float32Array.of(Number.NaN, 0, -1, 2, 1, 0.3),
  changes: Float32Array.of(0, 1, 0, 0, 1, 0),
};

beforeAll(async () => {
  await useBackend('wasm');
});

describe('pointLoss', () => {
  it.each([{}, { stateWeight: 1, changeWeight: 3, exponentWeight: 2, diffusionWeight: 0.1 }])(
    'is that of validation, with the slopes of its differences: %p',
    (recipe) => {
      const of = (given: tf.Tensor) => pointLoss(given, wanted, 4, recipe);
      const value = tf.tidy(() => of(tf.tensor(answers, [2, 3, 9])).dataSync()[0]);
      expect(value).toBeCloseTo(pointLossOf(answers, wanted, 4, recipe), 4);
      const slopes = tf.tidy(() =>
        tf
          .grad(of)(tf.tensor(answers, [2, 3, 9]))
          .dataSync(),
      );
      for (let k = 0; k < answers.length; k++) {
        const near = (by: number) => {
          const other = Float32Array.from(answers);
          other[k] += by;
          return pointLossOf(other, wanted, 4, recipe);
        };
        expect(slopes[k]).toBeCloseTo((near(1e-2) - near(-1e-2)) / 2e-2, 2);
      }
    },
  );

  it('asks nothing of α and K where nothing moves', () => {
    const other = Float32Array.from(answers);
    other.fill(100, 5, 7);
    expect(pointLossOf(other, wanted, 4, {})).toBe(pointLossOf(answers, wanted, 4, {}));
  });

  it('is least for what is wanted', () => {
    const right = new Float32Array(6 * 9);
    for (let k = 0; k < 6; k++) {
      right[k * 9 + wanted.states[k]] = 20;
      right[k * 9 + 4] = wanted.changes[k] ? 20 : -20;
      right.set([wanted.alphas[k] || 0, wanted.diffusions[k] || 0, -4, -4], k * 9 + 5);
    }
    // ln 2b of the narrowest law, five points of six, and two weights.
    const least = ((Math.LN2 - 4) * 5 * 0.75) / 6;
    expect(pointLossOf(right, wanted, 4, {})).toBeCloseTo(least, 4);
    expect(pointScores(right, wanted, 4).score).toBe(1);
    expect(pointScores(right, wanted, 4).mae).toBeCloseTo(0, 6);
  });
});
