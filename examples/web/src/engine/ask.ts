import { confinedWorker } from './confined-worker.ts';
import type { Handlers, Word } from './messages.ts';

/** A worker that is asked by the names of its handlers. */
export interface Asked<Known extends Handlers> {
  ask<Name extends keyof Known & string>(
    name: Name,
    given: Parameters<Known[Name]>[0],
    options?: { tell?: Parameters<Known[Name]>[1]; transfer?: Transferable[] },
  ): Promise<Awaited<ReturnType<Known[Name]>>>;
  /** Ends the worker, and what it is doing. */
  end(): void;
}

/** Starts a worker; what it was asked and has not answered fails where it dies or is ended. */
export function asked<Known extends Handlers>(address: string): Asked<Known> {
  const worker = confinedWorker(address);
  const open = new Map<
    number,
    { resolve(answer: never): void; reject(error: Error): void; tell?: (news: never) => void }
  >();
  let last = 0;
  const fail = (message: string) => {
    for (const { reject } of open.values()) reject(new Error(message));
    open.clear();
  };
  worker.onmessage = ({ data }: MessageEvent<Word>) => {
    const one = open.get(data.id);
    if (!one) return;
    if (data.kind === 'news') {
      one.tell?.(data.news as never);
      return;
    }
    open.delete(data.id);
    if (data.kind === 'answer') one.resolve(data.answer as never);
    else one.reject(new Error(data.message));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message || 'the worker could not be started');
  };
  return {
    ask: (name, given, { tell, transfer = [] } = {}) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        open.set(id, { resolve, reject, tell } as never);
        worker.postMessage({ id, name, given }, transfer);
      }),
    end: () => {
      worker.terminate();
      fail(ENDED);
    },
  };
}

/** What a question fails with whose worker was ended. */
export const ENDED = 'stopped';
