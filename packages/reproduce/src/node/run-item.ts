import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { renderReport, renderSvg } from '@diffusion/eval/render';
import type { Sweep } from '@diffusion/sweep';
import { runSweep, taskOutput } from '@diffusion/sweep/node';
import { csvRow } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { ReproduceError } from '../errors.ts';
import type { Item, Part, Results, Row, Scale } from '../item.ts';
import { type Reproduction, reproductionOf } from '../result.ts';
import { sources } from '../sources.ts';
import { rowCells, rowHeadings } from '../write-row.ts';

/** How {@link runItem} works. */
export interface RunItemOptions {
  /** Where everything is written: a folder for each item, and `parts`, which items share. */
  readonly folder: string;
  readonly scale: Scale;
  /** What starts the command: a program and its first arguments, such as `[process.execPath, 'diffusion.js']`. */
  readonly program: readonly string[];
  /** Parts at once; one for each core where it is left out. */
  readonly workers?: number;
  /** Said of the program in the result. */
  readonly commit: string;
  readonly signal?: AbortSignal;
  /** Hears of each part that has ended. */
  readonly onPart?: (name: string, done: number, total: number) => void;
}

/**
 * Reproduces a table or figure: its parts as sweeps of one task, each once however many items share it, then its table and figures.
 * Writes `SOURCE/ITEM/` in the folder: `table.csv`, `table.json`, `figures/*.vl.json` and `.svg`, `index.html`. Killed at any moment
 * and run again it goes on with the parts that have not ended.
 *
 * @throws {@link ReproduceError} where a part failed, with its reason; the reason of the signal.
 *
 * @example
 * await runItem(findItem('gajowczyk2021', 'table-15'), { folder: 'out', scale: 'small', program, commit: '0.1.0' });
 */
export async function runItem(item: Item, options: RunItemOptions): Promise<Reproduction> {
  const { scale, signal } = options;
  const folder = resolve(options.folder);
  const own = join(folder, item.source, item.item);
  await mkdir(join(own, 'figures'), { recursive: true });
  const ended = await runParts(item, folder, options);
  const computed = await computedOf(item, scale, own);
  signal?.throwIfAborted();
  const done = (name: string) => {
    const part = ended.get(name);
    if (part) return part;
    throw new ReproduceError(`${item.source} ${item.item} has no part ${name}`);
  };
  const results: Results = {
    scale,
    json: (name) => done(name).json,
    text: (name, file) => readFile(join(done(name).output, file), 'utf8'),
    folder: (name) => done(name).output,
    seconds: (name) => done(name).seconds,
    computed: computed?.value,
  };
  const assembled = await item.assemble(results);
  const reproduction = reproductionOf(item, scale, assembled, {
    machine: machine(),
    seconds: Math.round(
      [...ended.values()].reduce((sum, { seconds }) => sum + seconds, computed?.seconds ?? 0),
    ),
    commit: options.commit,
  });
  for (const { name, spec } of assembled.figures ?? []) {
    await writeAtomically(join(own, 'figures', `${name}.vl.json`), `${JSON.stringify(spec)}\n`);
    const svg = await renderSvg({ ...spec, background: '#fff' });
    await writeAtomically(
      join(own, 'figures', `${name}.svg`),
      `${svg.replaceAll('currentColor', '#222')}\n`,
    );
  }
  await writeAtomically(join(own, 'table.csv'), csvOf(assembled.rows));
  await writeAtomically(
    join(own, 'index.html'),
    await renderReport({
      title: `${item.title} (paper and ours)`,
      text: [sources[item.source], item.about],
      sections: [
        {
          heading: 'Result',
          text: [`Scale ${scale}: ${item.scales[scale].says}`, ...(assembled.notes ?? [])],
          pieces: [
            ...(assembled.rows.length > 0
              ? [{ wide: true, columns: rowHeadings, rows: assembled.rows.map(rowCells) }]
              : []),
            ...(assembled.tables ?? []),
            ...(assembled.figures ?? []),
          ],
        },
        {
          heading: 'What the source leaves open',
          text: item.unspecified.length > 0 ? item.unspecified : 'Nothing that this item needs.',
        },
        {
          heading: 'How it was made',
          text: `${reproduction.machine}; ${reproduction.seconds} s of work in all; ${reproduction.commit}.`,
        },
      ],
    }),
  );
  // Last of all: where it is, the item is done.
  await writeAtomically(join(own, 'table.json'), `${JSON.stringify(reproduction, null, 1)}\n`);
  return reproduction;
}

interface Ended {
  readonly json: unknown;
  readonly output: string;
  readonly seconds: number;
}

async function runParts(
  item: Item,
  folder: string,
  { scale, program, workers = availableParallelism(), signal, onPart }: RunItemOptions,
): Promise<Map<string, Ended>> {
  const stages = await item.stages(scale);
  const total = stages.reduce((sum, { length }) => sum + length, 0);
  const ended = new Map<string, Ended>();
  for (const stage of stages) {
    const waiting = [...stage];
    let broken = false;
    const worker = async () => {
      for (let part = waiting.shift(); part && !broken; part = waiting.shift()) {
        const sweep = sweepOf(part, ended);
        const place = join(folder, 'parts', `${part.name}-${keyOf(sweep)}`);
        try {
          await mkdir(place, { recursive: true });
          const { failed, cut } = await runSweep(sweep, {
            folder: place,
            program,
            workers: 1,
            base: place,
            again: 'failed',
            signal,
          });
          const [wrong] = [...failed, ...cut];
          if (wrong) {
            throw new ReproduceError(
              `part ${part.name} of ${item.source} ${item.item} failed: ${wrong.reason} (${place})`,
            );
          }
          const { json, folder: output, seconds } = await taskOutput(place, part.name);
          ended.set(part.name, { json, output, seconds });
          onPart?.(part.name, ended.size, total);
        } catch (error) {
          broken = true;
          throw error;
        }
      }
    };
    const settled = await Promise.allSettled(
      Array.from({ length: Math.min(workers, stage.length) }, worker),
    );
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }
  return ended;
}

/** A sweep of this part alone, so that items share it. */
function sweepOf(part: Part, ended: ReadonlyMap<string, Ended>): Sweep {
  const head = { format: 'diffusion-sweep', version: 1, name: part.name } as const;
  if ('recipe' in part) return { ...head, recipes: [{ ...part.recipe, name: part.name }] };
  const command = part.command.map((argument) =>
    argument.replace(/\{part:([^}]+)\}/g, (_, name: string) => {
      const before = ended.get(name);
      if (before) return before.output;
      throw new ReproduceError(
        `part ${part.name} needs ${name}: expected a part of an earlier stage`,
      );
    }),
  );
  return { ...head, tasks: [{ name: part.name, command }] };
}

/** What tells parts of one name from each other: their whole work. */
const keyOf = (sweep: Sweep): string =>
  createHash('sha256').update(JSON.stringify(sweep)).digest('hex').slice(0, 10);

async function computedOf(
  item: Item,
  scale: Scale,
  own: string,
): Promise<{ value: unknown; seconds: number } | undefined> {
  if (!item.compute) return undefined;
  const file = join(own, `computed-${scale}.json`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept);
  const begun = performance.now();
  const value = await item.compute(scale);
  const computed = { value, seconds: (performance.now() - begun) / 1000 };
  await writeAtomically(file, JSON.stringify(computed));
  return JSON.parse(JSON.stringify(computed));
}

const csvOf = (rows: readonly Row[]): string[] => [
  csvRow(['name', 'measure', 'unit', 'paper', 'ours', 'low', 'high', 'difference']),
  ...rows.map(({ name, measure, unit, paper, ours, low, high }) =>
    csvRow([
      name,
      measure,
      unit,
      ...[paper, ours, low, high].map((value) => value ?? ''),
      paper === undefined || ours === undefined ? '' : Number((ours - paper).toPrecision(12)),
    ]),
  ),
];

const machine = (): string => {
  const [{ model } = { model: 'unknown processor' }] = cpus();
  return `${model.replace(/\s+/g, ' ').trim()}, ${availableParallelism()} cores, Node ${process.versions.node}`;
};
