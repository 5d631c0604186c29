import { untilInterrupted } from './interruption.ts';
import { progressBar } from './progress.ts';

/**
 * A piece of work with a progress bar; Ctrl-C ends it.
 *
 * @param doing what stands before the bar.
 * @param total tracks; of more that are done the bar says nothing.
 * @param work is given what tells how many are done.
 */
export async function withBar<Result>(
  doing: string,
  total: number,
  work: (onProgress: (done: number) => void) => Promise<Result>,
): Promise<Result> {
  const bar = progressBar(`${doing}  {bar} {percentage} %  {left}`, total);
  try {
    return await untilInterrupted(work((done) => bar.update(Math.min(total, done))));
  } finally {
    bar.stop();
  }
}
