import { availableParallelism } from 'node:os';
import type { BackendName } from '@diffusion/backends';
import { InputError } from './input-error.ts';

/** The most threads that may be asked for: each takes its memory, and more than cores are of no use. */
const mostWorkers = (): number => Math.max(16, 4 * availableParallelism());

/** Refuses more workers than make sense, and any for a backend that has none, before it is loaded where it has a name. */
export function checkWorkers(asked: number | undefined, backend: BackendName | 'auto'): void {
  if (asked && asked > mostWorkers()) {
    throw new InputError(
      `option '--workers' is ${asked}: expected at most ${mostWorkers()} on this machine`,
    );
  }
  if (asked && backend !== 'wasm' && backend !== 'auto') {
    throw new InputError(
      `option '--workers' is ${asked}: the backend ${backend} works on one thread`,
    );
  }
}

/**
 * Threads to work with: as many as asked for, or else one per core, at most one for each of `most` pieces of work; 0, the
 * main thread alone, where there is one piece or another backend than wasm, which is what workers run on.
 */
export function workersFor(asked: number | undefined, backend: BackendName, most: number): number {
  checkWorkers(asked, backend);
  if (asked !== undefined) return asked;
  const free = backend === 'wasm' ? Math.min(availableParallelism(), most) : 0;
  return free > 1 ? free : 0;
}
