import { labelRows } from '@diffusion/eval/predictions';
import { andi2020Files, type DataSet, dataSetFrom } from '@diffusion/simulate';
import { Command, Option } from 'commander';
import { checkMemory } from '../check-memory.ts';
import { generate, simulationBar } from '../generate.ts';
import { InputError } from '../input-error.ts';
import { makeFolder } from '../make-folder.ts';
import { printJson } from '../print.ts';
import { inFile, readSpecification } from '../specification.ts';
import { integer } from '../values.ts';
import { trackChunks } from '../write.ts';
import { refuseForeign, writeTogether } from '../written-together.ts';

interface Options {
  preset?: string;
  spec?: string;
  task?: number;
  dim?: number;
  count?: number;
  seed?: number;
  output: string;
  force?: boolean;
  json?: boolean;
}

/** `diffusion dataset`: labelled tracks in a folder. */
export function dataset(): Command {
  return new Command('dataset')
    .description(
      'simulate a labelled data set: the AnDi-2020 challenge, Gajowczyk & Szwabiński 2021, tracks of ordinary microscopes, or your own',
    )
    .addOption(
      new Option('--preset <name>', 'a published data set')
        .choices(['andi2020', 'gajowczyk2021', 'motion'])
        .conflicts('spec'),
    )
    .option('--spec <file.json>', 'a mixture of your own (docs/data-sets.md)')
    .option('--task <n>', 'andi2020: 1 exponent, 2 model, 3 segmentation', integer(1))
    .option('--dim <d>', 'andi2020, motion: dimension', integer(1))
    .option('--count <n>', 'number of tracks', integer(1))
    .option('--seed <s>', 'integer; the same seed gives the same tracks', integer(0))
    .requiredOption('--output <folder>', 'made where it does not exist')
    .option('--force', 'write over files of these names that this command did not write')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: Options) => {
      const specification = await specificationOf(options);
      const set = inFile(options.spec, () => dataSetFrom(specification));
      const { output } = options;
      // The files of a challenge are written while they are simulated.
      if (set.specification.preset !== 'andi2020') {
        checkMemory(set.count, set.lengths, set.dim);
      }
      makeFolder(output);
      const isChallenge = set.specification.preset === 'andi2020';
      const files = isChallenge ? andi2020Files(set).map(({ name }) => name) : tables;
      await refuseForeign(output, files, options.force);
      await (isChallenge ? writeChallenge : writeTables)(output, set);
      if (options.json) {
        const { count, dim, classes } = set;
        printJson({ output, files, count, dim, classes, specification: set.specification });
      }
    });
}

const tables = ['tracks.csv', 'labels.csv'];

async function writeTables(folder: string, set: DataSet): Promise<void> {
  const tracks = await generate(set);
  const chunks = [trackChunks('tracks.csv', tracks), labelRows(tracks)];
  await writeTogether(
    folder,
    tables.map((name, k) => ({ name, chunks: chunks[k] })),
  );
}

/** The files of a challenge, each simulated while it is written. */
async function writeChallenge(folder: string, set: DataSet): Promise<void> {
  const files = andi2020Files({
    ...set,
    generate(from, to) {
      const tracks = set.generate(from, to);
      done += tracks.count;
      bar.update(done);
      return tracks;
    },
  });
  const bar = simulationBar(set.count * files.length);
  let done = 0;
  try {
    await writeTogether(folder, files);
  } finally {
    bar.stop();
  }
}

async function specificationOf(options: Options): Promise<object> {
  const { preset, spec, task, dim, count, seed } = options;
  if (task !== undefined && preset !== 'andi2020') {
    throw new InputError("option '--task' is for the preset andi2020");
  }
  if (dim !== undefined && preset !== 'andi2020' && preset !== 'motion') {
    throw new InputError("option '--dim' is for the presets andi2020 and motion");
  }
  const chosen = { ...(task !== undefined && { task }), ...(dim !== undefined && { dim }) };
  if (spec === undefined) {
    if (preset === undefined)
      throw new InputError("option '--preset <name>' or '--spec <file.json>' is missing");
    if (count === undefined) throw new InputError("option '--count <n>' is missing");
    if (seed === undefined) throw new InputError("option '--seed <s>' is missing");
    return { preset, count, seed, ...chosen };
  }
  const given = await readSpecification(spec);
  return { ...given, ...(count !== undefined && { count }), ...(seed !== undefined && { seed }) };
}
