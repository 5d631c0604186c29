import type * as tf from '@tensorflow/tfjs-core';

/** What this package uses of tfjs' wasm backend. */
export interface WasmBackend {
  readonly wasm: {
    readonly asm: { readonly memory?: WebAssembly.Memory };
    readonly wasmMemory?: WebAssembly.Memory;
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  readonly dataIdMap: { get(dataId: object): { memoryOffset: number; refCount: number } };
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  incRef(dataId: object): void;
}

/** The compiled kernels of assembly/, working in the memory of the wasm backend. */
export type Kernels = Record<string, (...operands: number[]) => number>;

/** Where the kernels of this package meet the tensors of tfjs. */
export interface Host {
  readonly backend: WasmBackend;
  readonly run: Kernels;
  /** A tensor's address, to be asked for at every call: the place of a freed one is used again. */
  address(tensor: tf.TensorInfo): number;
  /** A new float32 tensor, not cleared. */
  output(shape: number[]): tf.TensorInfo;
  /** Lends `bytes` of tfjs' own heap to `use`, aligned to 16. */
  scratch<T>(bytes: number, use: (at: number) => T): T;
  /** A view of `count` unsigned integers of the heap, good until the next allocation. */
  integers(at: number, count: number): Uint32Array;
}

// (func (param v128 v128 v128) (result v128) local.get 0 local.get 1 local.get 2 f32x4.relaxed_madd)
const RELAXED_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0],
  ...[10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11],
);

// (func (param v128 v128) (result v128) local.get 0 local.get 1 f32x4.add)
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 123, 123, 1, 123, 3, 2, 1, 0],
  ...[10, 11, 1, 9, 0, 32, 0, 32, 1, 253, 228, 1, 11],
);

/** Whether this engine can run the kernels at all. */
export const hasSimd = () => WebAssembly.validate(SIMD_PROBE);

/** Whether this engine multiplies and adds in one instruction in WebAssembly. */
export const hasRelaxedSimd = () => WebAssembly.validate(RELAXED_PROBE);

/** Bytes that the kernels keep for themselves. */
const CONSTANTS = 128;

const binaries = {
  simd: () => import('./binaries/simd.ts'),
  relaxed: () => import('./binaries/relaxed.ts'),
  'simd-shared': () => import('./binaries/simd-shared.ts'),
  'relaxed-shared': () => import('./binaries/relaxed-shared.ts'),
  'relaxed-wide': () => import('./binaries/relaxed-wide.ts'),
};

function memoryOf({ wasm }: WasmBackend): WebAssembly.Memory {
  const memory = wasm.asm?.memory ?? wasm.wasmMemory;
  if (!memory) throw new Error('the wasm backend does not show its memory');
  return memory;
}

const isShared = ({ buffer }: WebAssembly.Memory) =>
  Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';

/** Whether there are kernels in the wide shape for a backend: they need relaxed SIMD and a memory of their own. */
export const hasWideShape = (backend: WasmBackend) =>
  hasRelaxedSimd() && !isShared(memoryOf(backend));

/**
 * Puts the kernels into the memory of tfjs' wasm backend.
 *
 * @param wide whether in the wide shape, where `hasWideShape`: the same bits
 */
export async function createHost(backend: WasmBackend, wide = false): Promise<Host> {
  const { wasm } = backend;
  const memory = memoryOf(backend);
  const narrow =
    `${hasRelaxedSimd() ? 'relaxed' : 'simd'}${isShared(memory) ? '-shared' : ''}` as const;
  const { default: base64 } = await binaries[wide ? 'relaxed-wide' : narrow]();
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const run = instance.exports as unknown as Kernels;
  // Lent for good: the constants of assembly/functions.ts.
  const constants = wasm._malloc(CONSTANTS) >>> 0;
  if (constants === 0) throw new Error('the memory of the wasm backend is full');
  run.keepConstants(constants);
  return {
    backend,
    run,
    address: (tensor) => backend.dataIdMap.get(tensor.dataId).memoryOffset,
    output: (shape) => backend.makeOutput(shape, 'float32'),
    scratch(bytes, use) {
      const place = wasm._malloc(bytes + 16) >>> 0;
      if (place === 0)
        throw new Error(`no ${bytes} bytes are left in the memory of the wasm backend`);
      try {
        return use(((place + 15) & ~15) >>> 0);
      } finally {
        wasm._free(place);
      }
    },
    integers: (at, count) => new Uint32Array(wasm.HEAPU8.buffer, at, count),
  };
}
