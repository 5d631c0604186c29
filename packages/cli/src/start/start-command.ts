import { basename, join } from 'node:path';
import { type BackendReport, useBackend } from '@diffusion/backends';
import type { Section } from '@diffusion/eval';
import { renderReport } from '@diffusion/eval/render';
import { modelSection, seenLine } from '@diffusion/expect/report';
import type { TrackModel } from '@diffusion/models';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command } from 'commander';
import { checkOutput } from '../check-output.ts';
import { exists } from '../exists.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { printLines, table } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { type FolderClaim, folderClaim, refuseForeignModel } from '../training/claim-folder.ts';
import { defaults } from '../training/defaults.ts';
import { turn } from '../turn.ts';
import { integer } from '../values.ts';
import { judgeTracks, type OwnTracks } from './judge-tracks.ts';
import { likeTheirs, likeThePaper } from './recipes.ts';
import { trainAndTest } from './train-and-test.ts';
import { type TrainedModels, trainedModels } from './trained-models.ts';

interface Options extends ReadingOptions {
  seed?: number;
  epochs?: number;
  count?: number;
  train?: boolean;
  output: string;
  force?: boolean;
}

/**
 * What `pnpm start [FILE…]` does. Given files, their tracks are judged by the model that comes trained for their dimension; where
 * there is none, or `--train` asks for it, by one that is trained on tracks like theirs first. Without files it simulates
 * labelled tracks of the XResNet study, trains a small XResNet on them and tests it on tracks that it has never seen.
 * Everything is in the folder `out` afterwards.
 *
 * @param trained the models that come trained.
 */
export function startCommand(trained: TrainedModels = trainedModels): Command {
  return withReadingOptions(new Command('start'))
    .description('judge the tracks of your own files; or, without files, simulate, train and test')
    .argument('[file...]', 'files or folders of tracks')
    .option(
      '--train',
      'train a model on tracks like those of the files, in place of the trained one',
    )
    .option(
      '--seed <s>',
      `of a training: the same seed prints the same numbers (default: ${defaults.seed})`,
      integer(0),
    )
    .option('--epochs <n>', 'passes of new tracks; implies --train', integer(1))
    .option('--count <n>', 'tracks per epoch; implies --train', integer(8))
    .option('--output <folder>', 'where everything is written', 'out')
    .option('--force', 'of a training: write over a model that this command did not write')
    .action((files: string[], options: Options) => start(files, options, trained));
}

async function start(files: string[], options: Options, trained: TrainedModels): Promise<void> {
  const { output, force } = options;
  // A file that cannot be read is told before the training, not after it.
  const own =
    files.length > 0 ? { ...(await read(files, options)), name: namesOf(files) } : undefined;
  if (own && own.tracks.count === 0) {
    throw new InputError(`${own.name}: there are no tracks to judge`);
  }
  const asked = options.train || options.epochs !== undefined || options.count !== undefined;
  const ready = own && !asked ? trained(own.tracks.dim) : undefined;
  for (const flag of ['seed', 'force'] as const) {
    if (!ready || options[flag] === undefined) continue;
    throw new InputError(
      `option '--${flag}' is of a training, and ${ready.name} comes trained: expected --train with it`,
    );
  }
  const claim = folderClaim(output, async () => {
    // A judgement leaves the model of a training before it as it is.
    if (!ready && !force) await refuseForeignModel(join(output, 'model'), undefined);
  });
  await claim.check();
  await checkOutputs(output, own);
  try {
    if (own && ready) {
      const { device } = await useBackend('wasm', { wide: true });
      if (process.stderr.isTTY) process.stderr.write(`judging on ${device}\n`);
      await claim.take();
      await judge(own, ready.name, await ready.load(), output);
    } else await train(own, Boolean(asked), claim, options);
  } finally {
    await claim.release();
  }
}

/** Tells before the work that what comes out of it cannot be written, or would be written over one of the files of the user. */
async function checkOutputs(output: string, own: OwnTracks | undefined): Promise<void> {
  // In a folder that is not there yet nothing can be in the way.
  if (!(await exists(output))) return;
  const inputs = own?.files.map(({ file }) => file) ?? [];
  for (const name of own ? ['predictions.csv', 'report.html'] : ['report.html']) {
    await checkOutput(join(output, name), { inputs });
  }
}

/** The judgement by a model that comes trained. */
async function judge(
  own: OwnTracks,
  name: string,
  model: TrackModel,
  output: string,
): Promise<void> {
  const judged = await judgeTracks(model, own, output, [
    `Judged by ${name}, which comes trained: ${seenLine(model)}`,
  ]);
  model.dispose();
  await finish(own, [...judged.sections, modelSection(name, model)], [judged.predictions], output);
  printLines(['', '--train trains a model on tracks like these in its place']);
}

/** The training and its test, and what the model says of one's own tracks where there are any. */
async function train(
  own: OwnTracks | undefined,
  asked: boolean,
  claim: FolderClaim,
  { seed = defaults.seed, epochs, count, output }: Options,
): Promise<void> {
  const { name: backend, device }: BackendReport = await useBackend('wasm', { wide: true });
  if (process.stderr.isTTY) process.stderr.write(`training on ${device}\n`);
  if (own && !asked) {
    printLines([
      `No model of the motion of ${own.tracks.dim}D tracks comes trained: one is trained on tracks like these first.`,
      '',
    ]);
  }
  const given = { seed, epochs, count, backend };
  const plan = own ? likeTheirs(own.tracks, given) : likeThePaper(given);
  const folder = join(output, 'model');
  const { model, sections } = await trainAndTest(plan, own, claim, folder);
  const written = [`${folder}/`];
  if (own) {
    printLines(['']);
    const judged = await judgeTracks(model, own, output);
    sections.unshift(...judged.sections);
    written.push(judged.predictions);
  }
  model.dispose();
  await finish(own, sections, written, output);
}

/** The report, and what was written. */
async function finish(
  own: OwnTracks | undefined,
  sections: readonly Section[],
  written: readonly string[],
  output: string,
): Promise<void> {
  const report = join(output, 'report.html');
  const title = own ? `Modes of motion in ${own.name}` : 'A classifier of modes of motion';
  await turn();
  const html = await renderReport({ title, sections });
  await writeAtomically(report, html, { signal: interruption.signal });
  printLines(['', ...table([...written, report].map((path) => ['wrote', path]))]);
}

const namesOf = (files: readonly string[]): string =>
  files.map((file) => basename(file)).join(', ');
