import { answerAt } from './answer-at.ts';
import type { AnyWorker } from './any-worker.ts';
import { countdown } from './countdown.ts';
import { firstLine, listen } from './listen.ts';
import { madeFrom, workerFromText } from './made-from.ts';
import { heard, type Order, PROTOCOL, type Report, spoken } from './protocol.ts';
import { watchLife } from './sign-of-life.ts';
import type { WorkerScript, WorkerStart } from './start-options.ts';
import { WorkerError } from './worker-error.ts';

/** A worker that has said who it is. */
export interface Port {
  post(order: Order, transfer?: ArrayBuffer[]): void;
}

export interface StartOptions extends WorkerStart {
  readonly script: WorkerScript;
  /** In errors: 'worker 1 of 2'. */
  readonly title: string;
  /** Told of every worker that is made, before it has said anything, so that it can be ended. */
  readonly made: (worker: AnyWorker) => void;
  /** Aborts once nobody waits for the worker any more. */
  readonly signal: AbortSignal;
  /** Resolves then: a signal that many listen to warns of a leak. */
  readonly over: Promise<void>;
  readonly onReport: (report: Report) => void;
  readonly onEnd: (why: string) => void;
}

/**
 * Makes a worker and waits for its script to say who it is. Where that of the package is not found, its text is tried.
 *
 * Throws {@link WorkerError} with the URL and what stands there when the script is another one, is missing, throws, or says
 * nothing in time.
 */
export async function startWorker(options: StartOptions): Promise<Port> {
  const { script, createWorker, signal } = options;
  try {
    return await attempt(options, createWorker ?? script.spawn);
  } catch (error) {
    if (createWorker || !script.text || signal.aborted) throw error;
    const { default: text } = await script.text();
    if (signal.aborted) throw error;
    return await attempt(options, () => workerFromText(text)).catch((second) => {
      throw new WorkerError(`${firstLine(error)}; and as a blob: ${firstLine(second)}`);
    });
  }
}

async function attempt(options: StartOptions, make: () => AnyWorker): Promise<Port> {
  const { script, title, made, signal } = options;
  const { worker, url, error } = madeFrom(make);
  let why = error === undefined ? undefined : firstLine(error);
  if (worker) {
    made(worker);
    why = await hello(worker, options);
    if (why === undefined) {
      return { post: (order, transfer = []) => worker.postMessage(spoken(order), transfer) };
    }
    void worker.terminate();
  }
  const found = url && !signal.aborted && ((await answerAt(url)) ?? `its URL is ${url}`);
  throw new WorkerError(
    `${title} did not start: ${[why, found].filter(Boolean).join('; ')}: expected the script ${script.name}` +
      ` (option 'createWorker' where it is not found)`,
  );
}

/** Waits for a worker's first word, then leads what else it says to `onReport`; resolves to what was wrong, if anything. */
function hello(
  worker: AnyWorker,
  { script, startLimit: limit = 60, over, onReport, onEnd }: StartOptions,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    let met = false;
    let other = '';
    const stop = countdown(limit, () =>
      answer(`it did not say who it is within ${limit} s${other}`),
    );
    const answer = (why?: string): void => {
      stop();
      resolve(why);
    };
    void over.then(() => answer('it is not needed any more'));
    const onMessage = (message: unknown): void => {
      const report = heard<Report>(message);
      if (met && report) onReport(report);
      else if (report?.kind !== 'hello') other = ', but something else';
      else if (report.protocol !== PROTOCOL)
        answer(`it speaks '${report.protocol}' and not '${PROTOCOL}'`);
      else if (report.script !== script.name) answer(`it is the script ${report.script}`);
      else {
        met = true;
        if (report.lock) watchLife(report.lock, () => onEnd('it was closed or crashed'));
        answer();
      }
    };
    listen(worker, onMessage, (why) => (met ? onEnd(why) : answer(why)));
  });
}
