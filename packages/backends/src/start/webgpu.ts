import * as tf from '@tensorflow/tfjs-core';
import { isSoftware, nodeModule, type Start } from './start.ts';

interface Gpu {
  requestAdapter(options?: object): Promise<Adapter | null>;
}
interface Adapter {
  isFallbackAdapter?: boolean;
  info?: Record<'vendor' | 'architecture' | 'device' | 'description', string> & {
    isFallbackAdapter?: boolean;
  };
}

/** Dawn, from the `webgpu` package, where a browser would have its own. */
async function provideDawn(load: (name: string) => Promise<unknown>): Promise<void> {
  const { create, globals } = (await load('webgpu')) as {
    create(options: string[]): Gpu;
    globals: object;
  };
  Object.assign(globalThis, globals);
  const navigator = globalThis.navigator ?? {};
  if (!globalThis.navigator) {
    Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  }
  Object.defineProperty(navigator, 'gpu', { value: create([]), configurable: true });
}

/** tfjs' WebGPU backend: the browser's, or Dawn in Node. */
export const startWebgpu: Start = async ({ load }) => {
  const gpu = () => (globalThis.navigator as { gpu?: Gpu } | undefined)?.gpu;
  if (!gpu() && nodeModule()) await provideDawn(load);
  const adapter = await gpu()?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    if (nodeModule() && gpu()) Reflect.deleteProperty(globalThis.navigator, 'gpu');
    throw new Error('WebGPU finds no adapter');
  }
  await load('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) throw new Error('the WebGPU backend did not start');
  const { vendor, architecture, device, description } = adapter.info ?? {};
  const name = [description || device || architecture, vendor].filter(Boolean).join(', ');
  const fallback = adapter.isFallbackAdapter || adapter.info?.isFallbackAdapter;
  const software = Boolean(fallback) || isSoftware(`${name} ${architecture ?? ''}`);
  return { device: name || 'unnamed GPU', software };
};
