import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { composedFilterGradient, composedInputGradient } from './convolution-gradients.ts';
import { startCpu } from './start/cpu.ts';

type Size4 = [number, number, number, number];
const wave = (shape: Size4, seed: number): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * 1.7 + seed)),
    shape,
  );

/** ∂⟨y, c⟩ by input and filter, by the definition, in float64. */
function reference(
  x: tf.Tensor4D,
  w: tf.Tensor4D,
  dy: tf.Tensor4D,
  info: tf.backend_util.Conv2DInfo,
) {
  const [xs, ws, ds] = [x.dataSync(), w.dataSync(), dy.dataSync()];
  const dx = new Float64Array(xs.length);
  const dw = new Float64Array(ws.length);
  const [batch, height, width, inputs] = x.shape;
  const [kh, kw, , outputs] = w.shape;
  for (let b = 0; b < batch; b++)
    for (let oy = 0; oy < info.outHeight; oy++)
      for (let ox = 0; ox < info.outWidth; ox++)
        for (let ky = 0; ky < kh; ky++)
          for (let kx = 0; kx < kw; kx++) {
            const iy = oy * info.strideHeight + ky * info.dilationHeight - info.padInfo.top;
            const ix = ox * info.strideWidth + kx * info.dilationWidth - info.padInfo.left;
            if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
            for (let i = 0; i < inputs; i++)
              for (let o = 0; o < outputs; o++) {
                const at = ((b * height + iy) * width + ix) * inputs + i;
                const tap = ((ky * kw + kx) * inputs + i) * outputs + o;
                const d = ds[((b * info.outHeight + oy) * info.outWidth + ox) * outputs + o];
                dx[at] += d * ws[tap];
                dw[tap] += d * xs[at];
              }
          }
  return { dx, dw };
}

function worst(actual: tf.Tensor, expected: Float64Array) {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  let scale = 1e-9;
  let error = 0;
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i]));
    error = Math.max(error, Math.abs(expected[i] - values[i]));
  }
  return error / scale;
}

beforeAll(startCpu);

it('agrees with the definition for any size, stride, dilation and padding', () => {
  fc.assert(
    fc.property(
      fc.record({
        batch: fc.integer({ min: 1, max: 3 }),
        height: fc.integer({ min: 1, max: 6 }),
        width: fc.integer({ min: 1, max: 12 }),
        inputs: fc.integer({ min: 1, max: 3 }),
        outputs: fc.integer({ min: 1, max: 3 }),
        kh: fc.integer({ min: 1, max: 3 }),
        kw: fc.integer({ min: 1, max: 5 }),
        step: fc.integer({ min: 1, max: 3 }),
        dilated: fc.boolean(),
        pad: fc.constantFrom('same' as const, 'valid' as const),
      }),
      ({ batch, height, width, inputs, outputs, kh, kw, step, dilated, pad }) => {
        const info = tf.backend_util.computeConv2DInfo(
          [batch, height, width, inputs],
          [kh, kw, inputs, outputs],
          dilated ? 1 : step,
          dilated ? step : 1,
          pad,
        );
        fc.pre(info.outHeight > 0 && info.outWidth > 0);
        tf.tidy(() => {
          const x = wave([batch, height, width, inputs], 1);
          const w = wave([kh, kw, inputs, outputs], 2);
          const dy = wave([batch, info.outHeight, info.outWidth, outputs], 3);
          const expected = reference(x, w, dy, info);
          expect(worst(composedInputGradient(dy, w, info), expected.dx)).toBeLessThan(1e-5);
          expect(worst(composedFilterGradient(x, dy, info), expected.dw)).toBeLessThan(1e-5);
        });
      },
    ),
    { numRuns: 200, seed: 8 },
  );
});

it('leaves no tensor behind', () => {
  const info = tf.backend_util.computeConv2DInfo([2, 1, 9, 2], [1, 3, 2, 3], [1, 2], 1, 'same');
  const x = wave([2, 1, 9, 2], 1);
  const dy = wave([2, 1, 5, 3], 1);
  const before = tf.memory().numTensors;
  composedFilterGradient(x, dy, info).dispose();
  expect(tf.memory().numTensors).toBe(before);
});
