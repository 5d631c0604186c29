import type * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { panelFloats } from './panels.ts';
import { type Matrix, pack, packedBytes, product, transposedProduct } from './product.ts';
import { replaceKernel } from './register.ts';

type Inputs = Record<string, tf.TensorInfo>;

const align = (bytes: number) => ((bytes + 15) & ~15) >>> 0;

/** Registers the sequence of an LSTM for wasm, forward and backward. */
export function registerLstm(host: Host): void {
  replaceKernel('LstmSequence', ({ inputs, attrs }) => forward(host, inputs as Inputs, attrs));
  replaceKernel('LstmSequenceGradient', ({ inputs }) => backward(host, inputs as Inputs));
}

/** [h] of every step; with `keep` also the gates' values and the cells. */
function forward(
  host: Host,
  { x, kernel, recurrent, bias }: Inputs,
  attributes: object | undefined,
): tf.TensorInfo[] {
  const { keep } = attributes as { keep: boolean };
  const [batch, steps, inputs] = x.shape;
  const units = recurrent.shape[0];
  const kept = keep ? [4 * units, units] : [];
  const out = [units, ...kept].map((size) => host.output([batch, steps, size]));
  const matrices: Matrix[] = [
    { at: 0, rows: inputs, columns: 4 * units, rowStep: 4 * units, columnStep: 1 },
    { at: 0, rows: units, columns: 4 * units, rowStep: 4 * units, columnStep: 1 },
  ];
  const [kernelBytes, recurrentBytes] = matrices.map((matrix) => align(packedBytes(matrix)));
  const working = host.run.lstmScratch(steps, units, keep ? 1 : 0);
  host.scratch(kernelBytes + recurrentBytes + working, (at) => {
    pack(host, { ...matrices[0], at: host.address(kernel) }, at, host.address(bias));
    pack(host, { ...matrices[1], at: host.address(recurrent) }, at + kernelBytes, 0);
    host.run.lstm(
      host.address(x),
      at,
      at + kernelBytes,
      batch,
      steps,
      inputs,
      units,
      host.address(out[0]),
      keep ? host.address(out[1]) : 0,
      keep ? host.address(out[2]) : 0,
      at + kernelBytes + recurrentBytes,
    );
  });
  return out;
}

/** Gradients by x, kernel, recurrent kernel and bias. */
function backward(
  host: Host,
  { dh, x, kernel, recurrent, h, gates, cells }: Inputs,
): tf.TensorInfo[] {
  const [batch, steps, inputs] = x.shape;
  const units = recurrent.shape[0];
  const out = [x.shape, kernel.shape, recurrent.shape, [4 * units]].map(host.output);
  const [dx, dKernel, dRecurrent, dBias] = out.map(host.address);
  const transposed: Matrix = {
    at: host.address(recurrent),
    rows: 4 * units,
    columns: units,
    rowStep: 1,
    columnStep: 4 * units,
  };
  const panels = align(packedBytes(transposed));
  const rows = batch * steps;
  const gradientBytes = align(rows * units * 16);
  host.scratch(gradientBytes + panels + host.run.lstmGradientScratch(units), (dz) => {
    pack(host, transposed, dz + gradientBytes, 0);
    host.run.lstmGradient(
      host.address(dh),
      host.address(gates),
      host.address(cells),
      dz + gradientBytes,
      batch,
      steps,
      units,
      dz,
      dz + gradientBytes + panels,
    );
    const toInput = { rows: 4 * units, columns: inputs, rowStep: 1, columnStep: 4 * units };
    product(host, dz, rows, { at: host.address(kernel), ...toInput }, dx);
    transposedProduct(host, host.address(x), dz, [rows, inputs, 4 * units], dKernel, dBias);
    recurrentGradient(host, host.address(h), dz, [batch, steps, units], dRecurrent);
  });
  return out;
}

/** Σ over samples and steps of h(t − 1)ᵀ·dz(t): each sample's h is moved down by one step, below a row of zeros. */
function recurrentGradient(
  host: Host,
  h: number,
  dz: number,
  [batch, steps, units]: [number, number, number],
  out: number,
): void {
  const row = units * 4;
  const border = align((steps + 1) * row + 16);
  host.scratch(16 + border + panelFloats(steps, 4 * units, false) * 4, (at) => {
    host.integers(at, 1)[0] = 0;
    host.run.correlate(
      h,
      1,
      steps * row,
      batch,
      at + 16,
      border,
      0,
      row,
      1,
      1,
      0,
      steps,
      row,
      at,
      1,
      units,
      dz,
      4 * units,
      at + 16 + border,
      out,
      0,
      1,
    );
  });
}
