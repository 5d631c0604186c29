/** Where the tfjs `.wasm` files are: a folder that ends in `/`, or a map from file name to URL. */
export type WasmPaths = string | Record<string, string>;

let given: WasmPaths | undefined;

/**
 * What `useBackend` was last told of the `.wasm` files, absolute, so that it holds in a worker, too; undefined where it
 * was not told.
 *
 * @example
 * await useBackend('wasm', { wasmPaths: '/assets/' });
 * wasmPathsInUse(); // in a page of https://example.org: 'https://example.org/assets/'
 */
export const wasmPathsInUse = (): WasmPaths | undefined => given;

/** Keeps what was told, made absolute where there is a page to be relative to. */
export function keepWasmPaths(paths: WasmPaths): WasmPaths {
  given =
    typeof paths === 'string'
      ? absolute(paths)
      : Object.fromEntries(Object.entries(paths).map(([name, url]) => [name, absolute(url)]));
  return given;
}

function absolute(path: string): string {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  return base && URL.canParse(path, base) ? new URL(path, base).href : path;
}
