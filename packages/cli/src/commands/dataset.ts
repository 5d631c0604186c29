import { labelRows } from '@diffusion/eval/predictions';
import { andi2020Files, type DataSet, dataSetFrom, type ImageSet } from '@diffusion/simulate';
import { Command, Option } from 'commander';
import { checkMemory } from '../check-memory.ts';
import { generate, simulationBar } from '../generate.ts';
import {
  type LiposomeFlags,
  liposomeCounts,
  liposomeSet,
  usualSize,
  writeLiposomes,
} from '../images/liposome-set.ts';
import { InputError } from '../input-error.ts';
import { makeFolder } from '../make-folder.ts';
import { printJson } from '../print.ts';
import { inFile, readSpecification } from '../specification.ts';
import { integer, number } from '../values.ts';
import { trackChunks } from '../write.ts';
import { refuseForeign, writeTogether } from '../written-together.ts';

interface Options {
  preset?: string;
  spec?: string;
  task?: number;
  dim?: number;
  problem?: LiposomeFlags['problem'];
  size?: number;
  ambiguity?: number;
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
      'simulate a labelled data set: the AnDi-2020 challenge, Gajowczyk & Szwabiński 2021, tracks of ordinary microscopes, images of liposomes, or your own',
    )
    .addOption(
      new Option('--preset <name>', 'a published data set')
        .choices(['andi2020', 'gajowczyk2021', 'motion', 'liposomes'])
        .conflicts('spec'),
    )
    .option('--spec <file.json>', 'a mixture of your own (docs/data-sets.md)')
    .option('--task <n>', 'andi2020: 1 exponent, 2 model, 3 segmentation', integer(1))
    .option('--dim <d>', 'andi2020, motion: dimension', integer(1))
    .addOption(
      new Option(
        '--problem <name>',
        'liposomes: the number of their membranes, or what fills them (default: lamellarity)',
      ).choices(Object.keys(liposomeCounts)),
    )
    .option(
      '--size <pixels>',
      `liposomes: pixels along each side (default: ${usualSize})`,
      integer(16),
    )
    .option(
      '--ambiguity <share>',
      'liposomes: how far what tells their classes apart strays, 0 to 1 (default: 0, told apart without fail)',
      number,
    )
    .option(
      '--count <n>',
      'number of tracks, or of images (liposomes; default: as many as the thesis has)',
      integer(1),
    )
    .option('--seed <s>', 'integer; the same seed gives the same tracks and images', integer(0))
    .requiredOption('--output <folder>', 'made where it does not exist')
    .option('--force', 'write over files of these names that this command did not write')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: Options) => {
      const images = await imageSetOf(options);
      if (images) return writeImages(images, options);
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

/** The images that are asked for, by the preset or by a file of that preset; none where they are tracks. */
async function imageSetOf(options: Options): Promise<ImageSet | undefined> {
  const { preset, spec, problem, size, ambiguity } = options;
  const given: { readonly preset?: string } | undefined =
    spec === undefined ? undefined : await readSpecification(spec);
  const ofImages = preset === 'liposomes' || given?.preset === 'liposomes';
  for (const [name, value] of Object.entries(
    ofImages ? { task: options.task, dim: options.dim } : { problem, size, ambiguity },
  )) {
    if (value === undefined) continue;
    throw new InputError(
      `option '--${name}' is for ${ofImages ? 'tracks' : 'the preset liposomes'}`,
    );
  }
  if (!ofImages) return undefined;
  const { preset: _, ...more } = given ?? {};
  return inFile(spec, () => liposomeSet(options, more));
}

async function writeImages(set: ImageSet, { output, force, json }: Options): Promise<void> {
  if (force) {
    throw new InputError("option '--force' is for tracks: expected a new folder for images");
  }
  await writeLiposomes(output, set);
  const { count, classes, specification } = set;
  if (json)
    printJson({ output, count, classes, specification: { preset: 'liposomes', ...specification } });
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
