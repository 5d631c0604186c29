import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from './use-backend.ts';

it('takes wasm where it works and says so', async () => {
  const heard: string[] = [];
  const report = await useBackend('auto', { warn: (message) => heard.push(message) });
  expect(report).toMatchObject({ name: 'wasm', rejected: [] });
  expect(report.device).toMatch(/^WebAssembly with SIMD, 1 thread/);
  expect(tf.getBackend()).toBe('wasm');
  expect(heard).toEqual([]);
});

it('can be called again, and for another one', async () => {
  expect((await useBackend('cpu')).name).toBe('cpu');
  expect(tf.getBackend()).toBe('cpu');
  expect((await useBackend('wasm')).reason).toBe('asked for');
  expect(tf.getBackend()).toBe('wasm');
});

it('falls back to cpu loudly when a self-check fails', async () => {
  await useBackend('wasm');
  const config = tf.getKernel('Tanh', 'wasm');
  tf.unregisterKernel('Tanh', 'wasm');
  tf.registerKernel({ ...config, kernelFunc: tf.getKernel('Sigmoid', 'wasm').kernelFunc });
  const heard: string[] = [];
  try {
    const report = await useBackend('auto', { warn: (message) => heard.push(message) });
    expect(report.name).toBe('cpu');
    expect(report.rejected).toEqual([
      { name: 'wasm', why: expect.stringMatching(/^self-check lstm gave/) },
    ]);
    expect(heard).toEqual([
      expect.stringMatching(/^falling back to the slow .*"cpu" \(wasm: self/),
    ]);
  } finally {
    tf.unregisterKernel('Tanh', 'wasm');
    tf.registerKernel(config);
  }
});

it('names the argument that it does not know', async () => {
  await expect(useBackend('gpu' as 'cpu')).rejects.toThrow(
    'useBackend: name = "gpu", expected one of auto, wasm, cpu',
  );
});
