import { useBackend } from '@diffusion/backends';
import { andi2020 } from '@diffusion/simulate';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { outputs, smallWadnet } from './bank.fixture.ts';
import { bankModel } from './bank-model.ts';
import { estimateCorrection, leastAbsoluteFactor } from './correction.ts';

const error = (w: number, p: readonly number[], a: readonly number[]) =>
  p.reduce((sum, x, i) => sum + Math.abs(w * x - a[i]), 0);

describe('leastAbsoluteFactor', () => {
  it('has no larger error than any other factor', () => {
    const exponents = fc.array(fc.double({ min: 0.05, max: 2, noNaN: true }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        exponents,
        exponents,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (p, a, other) => {
          const count = Math.min(p.length, a.length);
          const [predicted, actual] = [p.slice(0, count), a.slice(0, count)];
          const w = leastAbsoluteFactor(predicted, actual);
          for (const factor of [other, w * 1.001, w * 0.999]) {
            expect(error(w, predicted, actual)).toBeLessThanOrEqual(
              error(factor, predicted, actual) + 1e-9,
            );
          }
        },
      ),
    );
  });

  it('is the median of the ratios, weighted', () => {
    expect(leastAbsoluteFactor([0.5, 1, 1.4], [0.55, 1.1, 1.3])).toBeCloseTo(1.1, 12);
    expect(leastAbsoluteFactor([2, 0.1, 0.1], [2.2, 0.3, 0.4])).toBeCloseTo(1.1, 12);
    expect(leastAbsoluteFactor([], [])).toBe(1);
    expect(leastAbsoluteFactor([0, -1], [1, 1])).toBe(1);
  });
});

describe('estimateCorrection', () => {
  beforeAll(async () => {
    await useBackend('wasm');
  });

  it('is the factor of what the bank says before it is corrected', async () => {
    const model = smallWadnet({ seed: 3, output: outputs.exponent });
    const [kernel] = model.network.getLayer('exponent').getWeights();
    // Answers around 0.8, none of which is cut.
    const bias = tf.tensor1d([0.8]);
    model.network.getLayer('exponent').setWeights([tf.mul(kernel, 0.2), bias]);
    const bank = bankModel([{ length: 10, model }], { correction: 1.3 });
    const tracks = andi2020({ task: 1, dim: 1, count: 60, seed: 4 }).generate();
    const uncorrected = bankModel([{ length: 10, model }]);
    const { values } = await uncorrected.predict(tracks);
    const alpha = tracks.trackColumns.alpha as Float64Array;
    const w = await estimateCorrection(bank, tracks);
    expect(w).toBeCloseTo(leastAbsoluteFactor(values!, alpha), 6);
    const corrected = bankModel([{ length: 10, model }], { correction: w });
    const after = await corrected.predict(tracks);
    const mae = (of: Float32Array) => of.reduce((sum, x, i) => sum + Math.abs(x - alpha[i]), 0);
    expect(mae(after.values!)).toBeLessThanOrEqual(mae(values!));
    for (const each of [bank, uncorrected, corrected]) each.dispose();
  });

  it('is of exponents', async () => {
    const classes = bankModel([{ length: 10, model: smallWadnet({ seed: 3 }) }]);
    const tracks = andi2020({ task: 1, dim: 1, count: 5, seed: 4 }).generate();
    await expect(estimateCorrection(classes, tracks)).rejects.toThrow(
      'the bank answers with classes',
    );
    classes.dispose();
  });
});
