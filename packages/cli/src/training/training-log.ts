import { closeSync, openSync, writeSync } from 'node:fs';
import { extname } from 'node:path';
import { StorageError } from '@diffusion/tracks';
import { readBytes, writeAtomically } from '@diffusion/tracks/node';
import type { BatchResult, EpochResult } from '@diffusion/train';
import { checkOutput } from '../check-output.ts';
import { InputError } from '../input-error.ts';

/** How long the training has taken, and the share of it in which the network waited for its tracks. */
export interface LogTime {
  readonly seconds: number;
  readonly waiting: number;
}

/** What is written of a training while it goes on. */
export interface TrainingLog {
  /** Opens the file: a new one, or behind what an unfinished training has written up to an epoch. */
  open(): Promise<void>;
  epoch(result: EpochResult, time: LogTime, fold?: number): void;
  /** Written where every batch is asked for. */
  batch(result: BatchResult, time: LogTime, fold?: number): void;
  close(): void;
}

/** The columns of the table, which are the names in a line of JSON, too. */
const columns = [
  'fold',
  'epoch',
  'batch',
  'loss',
  'score',
  'mae',
  'validationLoss',
  'validationScore',
  'validationMae',
  'learningRate',
  'waiting',
  'seconds',
] as const;

type Row = { readonly [Name in (typeof columns)[number]]?: number | undefined };

/** The most bytes of a log that is gone on with. */
const MOST_BYTES = 2 ** 30;

/** Refuses a name that says no format, before the work. */
export async function checkLog(path: string, inputs: readonly string[]): Promise<void> {
  const ending = extname(path).toLowerCase();
  if (ending !== '.csv' && ending !== '.jsonl') {
    throw new InputError(`${path}: expected a name in .csv or .jsonl`);
  }
  await checkOutput(path, { inputs });
}

/**
 * A log with a row per epoch, and one per batch where that is asked for: a table in CSV or lines of JSON, whichever the
 * name says. Every row is written when it is known, in one piece, so that a program that is killed leaves whole rows.
 *
 * @param options.everyBatch whether batches are written as well.
 * @param options.after where a training goes on: rows up to this fold and epoch are kept, those behind them are written
 *   anew.
 */
export function trainingLog(
  path: string,
  {
    everyBatch = false,
    after,
  }: { everyBatch?: boolean; after?: { readonly fold?: number; readonly epoch: number } } = {},
): TrainingLog {
  const isTable = extname(path).toLowerCase() === '.csv';
  const line = (row: Row): string => {
    const known = columns.filter((name) => Number.isFinite(row[name]));
    return isTable
      ? columns.map((name) => (known.includes(name) ? row[name] : '')).join(',')
      : JSON.stringify(Object.fromEntries(known.map((name) => [name, row[name]])));
  };
  const head = isTable ? `${columns.join(',')}\n` : '';
  let file: number | undefined;
  const write = (row: Row): void => {
    if (file === undefined) return;
    try {
      writeSync(file, `${line(row)}\n`);
    } catch (cause) {
      throw new StorageError(`${path}: ${(cause as Error).message}`, { cause });
    }
  };
  return {
    async open() {
      const kept = after ? await rowsUpTo(path, isTable, after) : '';
      // As a whole: what was there before stays where this fails.
      await writeAtomically(path, kept === '' ? head : kept);
      file = openSync(path, 'a');
    },
    epoch: (result, time, fold) => write({ fold, ...result, ...rounded(time) }),
    batch(result, time, fold) {
      if (everyBatch) write({ fold, ...result, ...rounded(time) });
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

const rounded = ({ seconds, waiting }: LogTime): LogTime => ({
  seconds: Math.round(seconds * 1000) / 1000,
  waiting: Math.round(waiting * 10_000) / 10_000,
});

/** The whole rows of a log up to an epoch of a fold; '' where there is none. */
async function rowsUpTo(
  path: string,
  isTable: boolean,
  after: { readonly fold?: number; readonly epoch: number },
): Promise<string> {
  let text: string;
  try {
    text = new TextDecoder().decode(await readBytes(path, MOST_BYTES));
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return '';
    throw error;
  }
  // A last line without an end was cut off.
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  const head = columns.join(',');
  if (isTable && lines.length > 0 && lines[0] !== head) throw foreign(path);
  const kept = lines.slice(isTable ? 1 : 0).filter((line) => {
    const row = isTable ? cellsOf(line) : parsed(line, path);
    const fold = row.fold ?? 0;
    const last = after.fold ?? 0;
    return fold < last || (fold === last && (row.epoch ?? 0) <= after.epoch);
  });
  const rows = isTable ? [head, ...kept] : kept;
  return rows.length === 0 ? '' : `${rows.join('\n')}\n`;
}

const foreign = (path: string): InputError =>
  new InputError(`${path}: is no log of a training: expected another file`);

function cellsOf(line: string): { fold?: number; epoch?: number } {
  const [fold, epoch] = line.split(',');
  return { ...(fold !== '' && { fold: Number(fold) }), epoch: Number(epoch) };
}

function parsed(line: string, path: string): { fold?: number; epoch: number } {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw foreign(path);
  }
  const { fold, epoch } = (row ?? {}) as { fold?: unknown; epoch?: unknown };
  if (typeof epoch !== 'number' || !(fold === undefined || typeof fold === 'number')) {
    throw foreign(path);
  }
  return { ...(fold !== undefined && { fold }), epoch };
}
