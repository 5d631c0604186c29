import { useBackend } from '@diffusion/backends';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

let started: Promise<unknown> | undefined;

/** Starts tfjs on wasm, once per worker, with the files that lie beside the page. */
export function backend(): Promise<unknown> {
  const from = self.location.href.replace(/^blob:/, '');
  const at = (url: string) => new URL(url, new URL(import.meta.url, from)).href;
  started ??= useBackend('wasm', {
    wasmPaths: {
      'tfjs-backend-wasm.wasm': at(plain),
      'tfjs-backend-wasm-simd.wasm': at(simd),
      'tfjs-backend-wasm-threaded-simd.wasm': at(simd),
    },
  });
  return started;
}
