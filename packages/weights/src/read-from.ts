import { ModelError } from '@diffusion/models';

interface FileSystem {
  readFile(path: URL): Promise<Uint8Array>;
}

interface Builtins {
  getBuiltinModule?(name: string): unknown;
}

/** Node's files, or undefined in a page. No import names them, so that a page can be bundled as it is. */
const nodeFiles = (): FileSystem | undefined =>
  (globalThis as { process?: Builtins }).process?.getBuiltinModule?.('node:fs/promises') as
    | FileSystem
    | undefined;

/**
 * The bytes at an address: a file of this machine in Node, or what `fetch` gives.
 *
 * Throws {@link ModelError} that says what is not where.
 *
 * @param what the file, for messages.
 */
export async function readFrom(
  address: string,
  what: string,
  fetch: typeof globalThis.fetch,
): Promise<Uint8Array<ArrayBuffer>> {
  const files = address.startsWith('file:') ? nodeFiles() : undefined;
  const missing = (why: string, cause?: unknown) =>
    new ModelError(
      `${what}: ${address} cannot be read (${why}); expected baseUrl to be the address of the folder models of @diffusion/weights, where it does not lie beside the program`,
      { cause },
    );
  let response: Response;
  try {
    if (files) return new Uint8Array(await files.readFile(new URL(address)));
    response = await fetch(address);
  } catch (cause) {
    throw missing((cause as Error).message, cause);
  }
  if (!response.ok) throw missing(`status ${response.status}`);
  // Servers of single-page applications answer with the page what is not there.
  const type = response.headers.get('content-type') ?? '';
  if (/^text\/html\b/.test(type)) throw missing(`it is ${type}`);
  return new Uint8Array(await response.arrayBuffer());
}
