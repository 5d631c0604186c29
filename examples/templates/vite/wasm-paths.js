// Of these three files of tfjs a browser takes one: with threads, with SIMD, or with neither. Vite keeps them and says where.

import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';

export const wasmPaths = {
  'tfjs-backend-wasm-threaded-simd.wasm': threadedSimd,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm.wasm': plain,
};
