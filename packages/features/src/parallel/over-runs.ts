import type { Pool } from '@diffusion/workers';
import { FeaturesError } from '../errors.ts';

/** What {@link overRuns} does with each run. */
export interface WorkOnRuns<Task, Answer> {
  /** The message of a run, cut out of the set when a worker is there to take it. */
  task(from: number, to: number): Task;
  /** Keeps what a worker gave for the run at a place among all. */
  keep(answer: Answer, place: number): void;
  /** Told after each run how many tracks are done. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Gives the runs of a set to the workers of a pool, each the next one when it has finished one, and closes the pool.
 *
 * Throws what the work itself throws, where a worker threw that, and the errors of the pool.
 *
 * @param workers of the pool.
 */
export async function overRuns<Task, Answer>(
  pool: Pool<Task, Answer>,
  workers: number,
  runs: readonly (readonly [from: number, to: number])[],
  { task, keep, onProgress }: WorkOnRuns<Task, Answer>,
): Promise<void> {
  let next = 0;
  let done = 0;
  const lead = async (): Promise<void> => {
    while (next < runs.length) {
      const place = next++;
      const [from, to] = runs[place];
      keep(await pool.run(task(from, to)), place);
      done += to - from;
      onProgress?.(done);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, lead));
  } catch (error) {
    throw asThrown(error);
  } finally {
    await pool.close();
  }
}

/** The error that `features` throws, where that is what a worker threw. */
function asThrown(error: unknown): unknown {
  const { cause } = error as Error;
  return cause instanceof Error && cause.name === 'FeaturesError'
    ? new FeaturesError(cause.message)
    : error;
}
