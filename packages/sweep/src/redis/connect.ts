import { createHash } from 'node:crypto';
import type * as BullMQ from 'bullmq';
import { EngineError, SweepError } from '../errors.ts';

/** The queue that all sweeps of one Redis share: a worker takes tasks of any. */
export const QUEUE = 'diffusion-sweep';

/** A task in the queue: the folder says all else. */
export interface QueuedTask {
  readonly folder: string;
  readonly base: string;
  readonly index: number;
  /** Of the text of `sweep.json`, so that a worker that has read it before knows whether it is the same. */
  readonly sha256: string;
}

/** The digest by which both sides tell texts apart. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** BullMQ, and how it reaches Redis. */
export interface Connected {
  readonly bullmq: typeof BullMQ;
  readonly connection: { readonly url: string; readonly maxRetriesPerRequest: null };
  /** The address as it may be shown: without a password. */
  readonly shown: string;
}

/**
 * Loads BullMQ and makes sure that Redis answers.
 *
 * @param url such as `redis://localhost:6379`.
 * @throws {@link EngineError} in one line.
 */
export async function connect(url: string): Promise<Connected> {
  const shown = url.replace(/\/\/[^@/]*@/, '//');
  if (!/^rediss?:\/\/./.test(url)) {
    throw new SweepError(`redis is ${shown}: expected redis://HOST:PORT`);
  }
  const bullmq = await load(() => import('bullmq'));
  const { Redis } = await load(() => import('ioredis'));
  const trial = new Redis(url, {
    ...{ lazyConnect: true, connectTimeout: 5000, maxRetriesPerRequest: 0 },
    retryStrategy: () => null,
  });
  // The last of them is what `connect` rejects with, too.
  let heard: Error | undefined;
  trial.on('error', (error) => {
    heard = error;
  });
  try {
    await trial.connect();
    await trial.ping();
  } catch (error) {
    const { message, code } = (heard ?? error) as NodeJS.ErrnoException;
    throw new EngineError(`${shown}: does not answer (${message || code}): expected a Redis there`);
  } finally {
    trial.disconnect();
  }
  return { bullmq, connection: { url, maxRetriesPerRequest: null }, shown };
}

async function load<Module>(get: () => Promise<Module>): Promise<Module> {
  try {
    return await get();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new EngineError(
      'Redis is spoken to by packages that are not installed: expected `npm install bullmq@6 ioredis` beside this one',
    );
  }
}
