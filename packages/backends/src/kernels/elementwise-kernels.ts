import * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { replaceKernel, stockKernel } from './register.ts';

/** kernels of tfjs : functions of assembly/elementwise.ts */
const UNARY = {
  Abs: 'abs',
  Neg: 'neg',
  Relu: 'relu',
  Rsqrt: 'rsqrt',
  Sigmoid: 'sigmoid',
  Sqrt: 'sqrt',
  Square: 'square',
  Tanh: 'tanh',
};
const BINARY = {
  Add: 'add',
  Multiply: 'mul',
  RealDiv: 'div',
  SquaredDifference: 'squaredDifference',
  Sub: 'sub',
};
const GRADIENTS = {
  ReluGradient: 'reluGradient',
  SigmoidGradient: 'sigmoidGradient',
  TanhGradient: 'tanhGradient',
};

/** [elements, steps of a, steps of b] of three nested loops, the innermost last; steps are in floats, 0 to repeat. */
export type Loops = [number[], number[], number[]];

/**
 * Three nested loops that walk through two broadcast operands, neighbouring axes of the same kind taken together;
 * `undefined` if it takes more.
 */
export function loopsOf(a: number[], b: number[], out: number[]): Loops | undefined {
  const groups: { size: number; a: boolean; b: boolean }[] = [];
  for (let i = out.length - 1, j = a.length - 1, k = b.length - 1; i >= 0; i--, j--, k--) {
    if (out[i] === 1) continue;
    const kind = { size: out[i], a: j >= 0 && a[j] === out[i], b: k >= 0 && b[k] === out[i] };
    const last = groups[0];
    if (last && last.a === kind.a && last.b === kind.b) last.size *= kind.size;
    else groups.unshift(kind);
  }
  if (groups.length > 3) return undefined;
  if (groups.length === 0) groups.push({ size: 1, a: true, b: true });
  while (groups.length < 3) groups.unshift({ size: 1, a: false, b: false });
  const steps = (operand: 'a' | 'b') => {
    let stride = 1;
    return groups.reduceRight<number[]>((found, group) => {
      found.unshift(group[operand] ? stride : 0);
      if (group[operand]) stride *= group.size;
      return found;
    }, []);
  };
  return [groups.map(({ size }) => size), steps('a'), steps('b')];
}

const isFloat = (tensor: tf.TensorInfo) => tensor.dtype === 'float32';

/** Registers element-wise arithmetic, activations and their gradients, for float32; tfjs keeps the other types. */
export function registerElementwise(host: Host): void {
  for (const [kernelName, name] of Object.entries(UNARY)) {
    const run = host.run[name];
    const stock = stockKernel(kernelName);
    replaceKernel(kernelName, (call) => {
      const x = call.inputs.x as tf.TensorInfo;
      if (!isFloat(x)) return stock.kernelFunc(call);
      const y = host.output(x.shape);
      run(host.address(x), host.address(y), tf.util.sizeFromShape(x.shape));
      return y;
    });
  }
  for (const [kernelName, name] of Object.entries(BINARY)) {
    const run = host.run[name];
    const stock = stockKernel(kernelName);
    replaceKernel(kernelName, (call) => {
      const { a, b } = call.inputs as Record<'a' | 'b', tf.TensorInfo>;
      if (!isFloat(a) || !isFloat(b)) return stock.kernelFunc(call);
      const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const loops = loopsOf(a.shape, b.shape, shape);
      if (!loops) return stock.kernelFunc(call);
      const c = host.output(shape);
      if (tf.util.sizeFromShape(shape) === 0) return c;
      const [[n0, n1, n2], [a0, a1, a2], [b0, b1, b2]] = loops;
      const [p, q, r] = [host.address(a), host.address(b), host.address(c)];
      run(p, q, r, n0, n1, n2, 4 * a0, 4 * a1, a2, 4 * b0, 4 * b1, b2);
      return c;
    });
  }
  for (const [kernelName, name] of Object.entries(GRADIENTS)) {
    const run = host.run[name];
    replaceKernel(kernelName, ({ inputs }) => {
      const { dy, y } = inputs as Record<'dy' | 'y', tf.TensorInfo>;
      const dx = host.output(y.shape);
      const size = tf.util.sizeFromShape(y.shape);
      run(host.address(dy), host.address(y), host.address(dx), size);
      return dx;
    });
  }
  replaceKernel('RectifiedSum', ({ inputs }) => {
    const { a, b } = inputs as Record<'a' | 'b', tf.TensorInfo>;
    const y = host.output(a.shape);
    const size = tf.util.sizeFromShape(a.shape);
    host.run.rectifiedSum(host.address(a), host.address(b), host.address(y), size);
    return y;
  });
  registerIdentity(host);
}

/** A copy that shares its memory, as on tfjs' other backends: no kernel writes to a tensor that exists already. */
function registerIdentity({ backend }: Host): void {
  const share = (x: tf.TensorInfo): tf.TensorInfo => {
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  };
  const identity = stockKernel('Identity');
  replaceKernel('Identity', (call) =>
    call.inputs.x?.dtype === 'string' ? identity.kernelFunc(call) : share(call.inputs.x!),
  );
  const cast = stockKernel('Cast');
  replaceKernel('Cast', (call) => {
    const x = call.inputs.x!;
    return x.dtype !== 'string' && x.dtype === call.attrs?.dtype ? share(x) : cast.kernelFunc(call);
  });
}
