import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from './use-backend.ts';

it('starts cpu without the banner of tfjs', async () => {
  const { warn } = console;
  const heard: unknown[] = [];
  console.warn = (message) => heard.push(message);
  try {
    expect((await useBackend('cpu')).name).toBe('cpu');
    tf.tensor1d([1]).dispose();
  } finally {
    console.warn = warn;
  }
  expect(heard).toEqual([]);
});

it('takes wasm where it works and says so', async () => {
  const heard: string[] = [];
  // Where TensorFlow for a GPU is installed beside this package, that would be better.
  const load = async (name: string) => {
    throw new Error(`Cannot find package '${name}' imported from here`);
  };
  const report = await useBackend('auto', { load, warn: (message) => heard.push(message) });
  expect(report).toMatchObject({ name: 'wasm', reason: 'the fastest that works here' });
  expect(report.rejected.map(({ name }) => name)).toEqual(['node-gpu']);
  expect(report.device).toMatch(/^WebAssembly with (relaxed )?SIMD, 1 thread$/);
  expect(tf.getBackend()).toBe('wasm');
  expect(heard).toEqual([]);
});

it('can be called again, and for another one', async () => {
  expect((await useBackend('cpu')).name).toBe('cpu');
  expect(tf.getBackend()).toBe('cpu');
  expect((await useBackend('wasm')).reason).toBe('asked for');
  expect(tf.getBackend()).toBe('wasm');
});

/** What `run` gives while wasm takes the sigmoid for the hyperbolic tangent. */
async function withWrongWasm<T>(run: () => Promise<T>): Promise<T> {
  await useBackend('wasm');
  const config = tf.getKernel('Tanh', 'wasm');
  tf.unregisterKernel('Tanh', 'wasm');
  tf.registerKernel({ ...config, kernelFunc: tf.getKernel('Sigmoid', 'wasm').kernelFunc });
  try {
    return await run();
  } finally {
    tf.unregisterKernel('Tanh', 'wasm');
    tf.registerKernel(config);
  }
}

it('falls back to cpu loudly when a self-check fails', async () => {
  const heard: string[] = [];
  const warn = (message: string) => heard.push(message);
  const report = await withWrongWasm(() => useBackend('wasm', { warn }));
  expect(report.name).toBe('cpu');
  expect(report.rejected).toEqual([
    { name: 'wasm', why: expect.stringMatching(/^self-check lstm gave/) },
  ]);
  expect(heard).toEqual([expect.stringMatching(/^falling back to the slow .*"cpu" \(wasm: self/)]);
});

it('names the argument that it does not know', async () => {
  await expect(useBackend('gpu' as 'cpu')).rejects.toThrow(
    'useBackend: name = "gpu", expected one of auto, node-gpu, wasm, webgpu, webgl, node, cpu',
  );
});

it.each([
  ['WASM', {}, /one of auto, .*, cpu; did you mean wasm\?$/],
  [{ wide: true }, {}, /, cpu; options come second: useBackend\('wasm', \{ … \}\)$/],
  ['wasm', { wasmPath: '/x/' }, /: wasmPath is "\/x\/": unknown option; .* takes warn, wasmPaths/],
])('says of %j with %j what was meant', async (name, options, message) => {
  await expect(useBackend(name as 'wasm', options as object)).rejects.toThrow(message);
});

it('leaves the errors of a program that nobody catches as they are', () => {
  const program = `
    const { useBackend } = await import('@diffusion/backends');
    await useBackend('wasm');
    throw new Error('of one’s own');`;
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  expect(status).toBe(1);
  expect(stderr).toContain('Error: of one’s own');
  expect(stderr).not.toContain('tfjs');
});

it('takes a GPU in software only where nothing else works', async () => {
  const adapter = {
    info: { vendor: 'google', architecture: 'swiftshader', device: '', description: '' },
  };
  const gpu = { requestAdapter: async () => adapter };
  const load = async (name: string) => {
    if (name.endsWith('node-gpu')) throw new Error('not here');
    if (name === '@tensorflow/tfjs-backend-webgpu') {
      if (!tf.findBackendFactory('webgpu')) {
        tf.registerBackend('webgpu', () => tf.findBackend('cpu'));
        tf.copyRegisteredKernels('cpu', 'webgpu');
      }
    }
    return { create: () => gpu, globals: {} };
  };
  await useBackend('cpu');
  expect((await useBackend('auto', { load })).name).toBe('wasm');
  const warn = () => {};
  const report = await withWrongWasm(() => useBackend('auto', { load, warn }));
  expect(report).toMatchObject({ name: 'webgpu', device: 'swiftshader, google' });
  expect(report.rejected.map(({ name }) => name)).toEqual(['node-gpu', 'wasm', 'webgl', 'node']);
  expect((await useBackend('webgpu', { load })).device).toBe('swiftshader, google');
  tf.removeBackend('webgpu');
  Reflect.deleteProperty(globalThis.navigator, 'gpu');
});

it('says which of the optional packages are not there', async () => {
  const asked: string[] = [];
  const load = async (name: string) => {
    asked.push(name);
    throw new Error(`Cannot find package '${name}' imported from here`);
  };
  const { name, rejected } = await useBackend('auto', { load });
  expect(name).toBe('wasm');
  expect(asked).toEqual(['@tensorflow/tfjs-node-gpu']);
  expect(rejected).toEqual([{ name: 'node-gpu', why: 'not installed' }]);
});

it('gives tfjs-node the function of Node that it calls before it is loaded', async () => {
  let found: unknown;
  const load = async () => {
    const util = process.getBuiltinModule('node:util') as { isNullOrUndefined?: unknown };
    found = util.isNullOrUndefined;
    throw new Error('seen');
  };
  const heard: string[] = [];
  const { name } = await useBackend('node', { load, warn: (message) => heard.push(message) });
  expect(typeof found).toBe('function');
  expect(name).toBe('cpu');
  expect(heard).toEqual([expect.stringContaining('node: seen')]);
});

it('does not wait for ever for a backend that never starts', async () => {
  const heard: string[] = [];
  const load = () => new Promise<never>(() => {});
  const warn = (message: string) => heard.push(message);
  const { name } = await useBackend('node', { load, patience: 0.05, warn });
  expect(name).toBe('cpu');
  expect(heard).toEqual([expect.stringContaining('node: it did not start within 0.05 s')]);
});
