import { fetchBytes, ModelError } from '@diffusion/models';

interface FileSystem {
  readFile(path: URL): Promise<Uint8Array>;
}

interface Builtins {
  getBuiltinModule?(name: string): unknown;
}

interface Paths {
  pathToFileURL(path: string): URL;
}

/** A part of Node, or undefined in a page. No import names it, so that a page can be bundled as it is. */
const ofNode = (name: string): unknown =>
  (globalThis as { process?: Builtins }).process?.getBuiltinModule?.(name);

/**
 * The address of a folder without a slash at its end. Where there is no page that it could be relative to, what is no address
 * is a path of this machine.
 *
 * @example
 * addressOfFolder('models') // 'file:///home/me/models' in Node, 'models' in a page
 */
export function addressOfFolder(folder: string | URL): string {
  const text = String(folder);
  // A single letter is a drive.
  const isPath = !/^[a-z][a-z\d+.-]+:/i.test(text) && !('location' in globalThis);
  const paths = isPath ? (ofNode('node:url') as Paths | undefined) : undefined;
  return (paths ? paths.pathToFileURL(text).href : text).replace(/\/$/, '');
}

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
  const files = address.startsWith('file:')
    ? (ofNode('node:fs/promises') as FileSystem | undefined)
    : undefined;
  try {
    return files
      ? new Uint8Array(await files.readFile(new URL(address)))
      : await fetchBytes(address, fetch);
  } catch (cause) {
    throw new ModelError(
      `${what}: ${address} cannot be read (${(cause as Error).message}); expected baseUrl to be the address of the folder models of @diffusion/weights, where it does not lie beside the program`,
      { cause },
    );
  }
}
