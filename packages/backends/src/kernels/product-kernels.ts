import * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { matrixShape, product, transposedProduct } from './product.ts';
import { replaceKernel, stockKernel } from './register.ts';

interface ProductAttributes {
  transposeA: boolean;
  transposeB: boolean;
  activation?: string | null;
}

/** Registers matrix products for wasm, with bias and ReLU where tfjs fuses them. */
export function registerProducts(host: Host): void {
  for (const kernelName of ['BatchMatMul', '_FusedMatMul']) {
    const stock = stockKernel(kernelName);
    replaceKernel(kernelName, (call) => {
      const { a, b, bias, preluActivationWeights } = call.inputs as Record<string, tf.TensorInfo>;
      const attributes = call.attrs as unknown as ProductAttributes;
      const { transposeA, transposeB, activation } = attributes;
      const known =
        [a, b].every(({ dtype }) => dtype === 'float32') &&
        !(transposeA && (transposeB || bias)) &&
        !preluActivationWeights &&
        [undefined, null, 'linear', 'relu'].includes(activation) &&
        !(transposeA && activation === 'relu');
      const [batchA, rowsA, columnsA] = matrixShape(a);
      const [batchB, rowsB, columnsB] = matrixShape(b);
      const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
      const n = transposeB ? rowsB : columnsB;
      const broadcasts = batchA !== batchB && batchA !== 1 && batchB !== 1;
      const perColumn = !bias || tf.util.sizeFromShape(bias.shape) === n;
      if (!known || broadcasts || !perColumn || m * k * n === 0) return stock.kernelFunc(call);
      const leading = tf.backend_util.assertAndGetBroadcastShape(
        a.shape.slice(0, -2),
        b.shape.slice(0, -2),
      );
      const c = host.output([...leading, m, n]);
      const [p, q, r] = [host.address(a), host.address(b), host.address(c)];
      for (let i = 0; i < Math.max(batchA, batchB); i++) {
        const from = p + (i % batchA) * m * k * 4;
        const at = q + (i % batchB) * k * n * 4;
        const to = r + i * m * n * 4;
        if (transposeA) transposedProduct(host, from, at, [k, m, n], to);
        else {
          const [rowStep, columnStep] = transposeB ? [1, k] : [n, 1];
          const right = { at, rows: k, columns: n, rowStep, columnStep };
          product(host, from, m, right, to, {
            bias: bias ? host.address(bias) : 0,
            relu: activation === 'relu',
          });
        }
      }
      return c;
    });
  }
}
