import { nodeModule } from './start.ts';

let inUse = false;

/**
 * Whether the wasm backend of this thread works on vectors of 256 bits, for workers to be told the same.
 *
 * @example
 * await useBackend('wasm', { wide: true });
 * wideInUse(); // true
 */
export const wideInUse = (): boolean => inUse;

/** Keeps whether it does. */
export function keepWide(wide: boolean): void {
  inUse = wide;
}

/**
 * Tells V8 to make one vector of two where it can: in Node from 24 on, on x86. Older ones do not, and complain of the flag.
 * Bun takes any flag without a word and does nothing. It holds for what is compiled from here on, in all threads of the process.
 *
 * @returns whether V8 was told
 */
export function allowWide(): boolean {
  const node = nodeModule();
  const { process } = globalThis;
  if (!node || process.versions.bun || process.arch !== 'x64' || !process.versions.v8) return false;
  if (Number.parseInt(process.versions.node, 10) < 24) return false;
  node('node:v8').setFlagsFromString('--experimental-wasm-revectorize');
  return true;
}
