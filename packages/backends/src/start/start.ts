/** What a start is told. */
export interface StartOptions {
  /** Where the tfjs `.wasm` files are, as {@link setWasmPaths} of tfjs takes it; undefined for where they are by default. */
  readonly wasmPaths?: string | Record<string, string>;
  /** Whether wasm may work on vectors of 256 bits; as it did before if left out. */
  readonly wide?: boolean;
  /** Imports an optional package. */
  readonly load: (name: string) => Promise<unknown>;
}

/** A backend that was started. */
export interface Started {
  /** What it runs on, in words. */
  device: string;
  /** Whether that is a GPU in software: right, and slower than wasm. */
  software?: boolean;
}

/** Makes tfjs run on a backend; throws, in one line, if it cannot. */
export type Start = (options: StartOptions) => Promise<Started>;

/** Node's own modules, without an import that a bundler would follow; `undefined` in a browser. */
export const nodeModule = (): typeof process.getBuiltinModule | undefined =>
  globalThis.process?.versions?.node ? globalThis.process.getBuiltinModule : undefined;

/** Names under which GPUs in software go. */
export const isSoftware = (renderer: string) =>
  /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render/i.test(renderer);
