import { csvRow } from '@diffusion/tracks';
import type { Sweep, SweepTask, SweepValue } from './sweep.ts';

/** How a task ended: `missing` has not. */
export type TaskState = 'finished' | 'failed' | 'missing';

/** A task in the table. */
export interface SweepRow {
  readonly name: string;
  readonly values: Readonly<Record<string, SweepValue>>;
  readonly state: TaskState;
  /** Fields of what it printed, such as `test.accuracy`. */
  readonly fields: Readonly<Record<string, SweepValue>>;
  /** Why it failed; '' where it did not. */
  readonly reason: string;
}

/** What is known of all tasks of a sweep, a row each, in their order. */
export interface SweepTable {
  readonly name: string;
  /** Names of the values, and of the fields, in the order of their columns. */
  readonly keys: readonly string[];
  readonly fields: readonly string[];
  readonly rows: readonly SweepRow[];
  readonly finished: number;
  readonly failed: number;
  readonly missing: number;
}

/** How a task ended, and what it printed. */
export interface TaskResult {
  readonly exitCode: number | null;
  readonly reason?: string;
  readonly json?: unknown;
}

/**
 * The table of a sweep. Nothing in it depends on when, where and in how many pieces the sweep was run.
 *
 * @param results of the tasks, in their order; undefined where there is none yet.
 */
export function tableOf(
  { name, select }: Sweep,
  tasks: readonly SweepTask[],
  results: readonly (TaskResult | undefined)[],
): SweepTable {
  const rows = tasks.map((task, k): SweepRow => {
    const result = results[k];
    const state = !result ? 'missing' : result.exitCode === 0 ? 'finished' : 'failed';
    const all = state === 'finished' ? scalars(result!.json, select === undefined) : {};
    const asked = select?.filter((field) => Object.hasOwn(all, field));
    const fields = asked ? Object.fromEntries(asked.map((field) => [field, all[field]])) : all;
    const { values } = task;
    return { name: task.name, values, state, fields, reason: result?.reason ?? '' };
  });
  const count = (state: TaskState) => rows.filter((row) => row.state === state).length;
  return {
    name,
    keys: [...new Set(tasks.flatMap(({ values }) => Object.keys(values)))],
    fields: select ?? [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))],
    rows,
    finished: count('finished'),
    failed: count('failed'),
    missing: count('missing'),
  };
}

/** What says how the work was done, not what came of it. */
const NOT_RESULTS = new Set(['time', 'seconds', 'recipe']);

/**
 * Numbers and switches of a document by the way to them, `test.f1.macro`; of lists nothing. Where the sweep says which it
 * wants, texts as well, and what is no result.
 */
function scalars(json: unknown, resultsAlone: boolean): Record<string, SweepValue> {
  const found: Record<string, SweepValue> = {};
  const walk = (value: unknown, way: readonly string[]): void => {
    if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) return;
      for (const [key, part] of Object.entries(value)) {
        if (!(resultsAlone && NOT_RESULTS.has(key))) walk(part, [...way, key]);
      }
    } else if (typeof value === 'number' || typeof value === 'boolean') {
      found[way.join('.')] = value;
    } else if (typeof value === 'string' && !resultsAlone) found[way.join('.')] = value;
  };
  walk(json, []);
  return found;
}

/**
 * A table as CSV, header first: `task`, the values, `state`, the fields, `reason`. A field that is called as a value, or
 * as one of these columns, has `result.` before its name.
 *
 * @example
 * await writeAtomically('table.csv', tableRows(await sweepTable('out')));
 */
export function* tableRows({ keys, fields, rows }: SweepTable): Generator<string> {
  const taken = new Set(['task', 'state', 'reason', ...keys]);
  const shown = (field: string) => (taken.has(field) ? `result.${field}` : field);
  yield csvRow(['task', ...keys, 'state', ...fields.map(shown), 'reason']);
  const cell = (value: SweepValue | undefined): string | number =>
    typeof value === 'number' ? value : value === undefined ? '' : String(value);
  for (const row of rows) {
    yield csvRow([
      row.name,
      ...keys.map((key) => cell(row.values[key])),
      row.state,
      ...fields.map((field) => cell(row.fields[field])),
      row.reason,
    ]);
  }
}
