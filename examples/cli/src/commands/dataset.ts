import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { andi2020Files, dataSet } from '@diffusion/simulate';
import { writeAtomically, writeTracks } from '@diffusion/tracks/node';
import { Command, Option } from 'commander';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { labelRows } from '../label-rows.ts';
import { integer } from '../values.ts';

interface Options {
  preset?: string;
  spec?: string;
  task?: number;
  dim?: number;
  count?: number;
  seed?: number;
  output: string;
}

/** `diffusion dataset`: labelled tracks in a folder. */
export function dataset(): Command {
  return new Command('dataset')
    .description(
      'simulate a labelled data set: the AnDi-2020 challenge, Gajowczyk & Szwabiński 2021, or your own',
    )
    .addOption(
      new Option('--preset <name>', 'a published data set')
        .choices(['andi2020', 'gajowczyk2021'])
        .conflicts('spec'),
    )
    .option('--spec <file.json>', 'a mixture of your own (docs/data-sets.md)')
    .option('--task <n>', 'andi2020: 1 exponent, 2 model, 3 segmentation', integer(1))
    .option('--dim <d>', 'andi2020: dimension', integer(1))
    .option('--count <n>', 'number of tracks', integer(1))
    .option('--seed <s>', 'integer; the same seed gives the same tracks', integer(0))
    .requiredOption('--output <folder>', 'made where it does not exist')
    .action(async (options: Options) => {
      const set = dataSet(await specificationOf(options));
      const { output } = options;
      const { signal } = interruption;
      await mkdir(output, { recursive: true });
      if (set.specification.preset === 'andi2020') {
        for (const { name, chunks } of andi2020Files(set)) {
          await writeAtomically(join(output, name), chunks, { signal });
        }
        return;
      }
      const tracks = set.generate();
      await writeTracks(join(output, 'tracks.csv'), tracks, { signal });
      await writeAtomically(join(output, 'labels.csv'), labelRows(tracks), { signal });
    });
}

async function specificationOf(options: Options): Promise<unknown> {
  const { preset, spec, task, dim, count, seed } = options;
  if (spec === undefined) {
    if (preset === undefined)
      throw new InputError("option '--preset <name>' or '--spec <file.json>' is missing");
    if (count === undefined) throw new InputError("option '--count <n>' is missing");
    if (seed === undefined) throw new InputError("option '--seed <s>' is missing");
    const andi = { ...(task !== undefined && { task }), ...(dim !== undefined && { dim }) };
    if (preset !== 'andi2020' && Object.keys(andi).length > 0) {
      throw new InputError(`option '--${Object.keys(andi)[0]}' is for the preset andi2020`);
    }
    return { preset, count, seed, ...andi };
  }
  const text = await readFile(spec, 'utf8');
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new InputError(`${spec}: not JSON (${(error as Error).message})`);
  }
  return { ...given, ...(count !== undefined && { count }), ...(seed !== undefined && { seed }) };
}
