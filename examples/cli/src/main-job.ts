import { basename, join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import {
  predictionRows,
  predictionSections,
  predictionShares,
  type Section,
  trainingSections,
} from '@diffusion/eval';
import { renderReport } from '@diffusion/eval/render';
import { saveModel } from '@diffusion/models/node';
import { summarizeTracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { type NetworkRecipe, seenLengths, trainingOf } from '@diffusion/train';
import { Command } from 'commander';
import { interruption, untilInterrupted } from './interruption.ts';
import { msdCurves } from './msd-curves.ts';
import { predictTracks } from './predict-tracks.ts';
import { printLines, table } from './print.ts';
import { type ReadingOptions, read, withReadingOptions } from './reading.ts';
import { runCommand } from './run-command.ts';
import { shareLines } from './share-lines.ts';
import { summaryLines } from './summary-lines.ts';
import { type FolderClaim, folderClaim, refuseForeignModel } from './training/claim-folder.ts';
import { augmentations, defaults } from './training/defaults.ts';
import { lengthsNotSeen } from './training/lengths-not-seen.ts';
import { classificationLines } from './training/report-lines.ts';
import { testModel } from './training/test-model.ts';
import { tracksOf, trainRecipe } from './training/train-recipe.ts';
import { turn } from './turn.ts';
import { integer } from './values.ts';

/**
 * What `pnpm start [FILE]` does: simulates labelled tracks, trains a small XResNet on them, tests it on tracks it has
 * never seen and, given files, judges their tracks; everything is in the folder `out` afterwards.
 */
const command = withReadingOptions(new Command('start'))
  .description('simulate, train, test; and judge the tracks of your own files')
  .argument('[file...]', 'files or folders of tracks')
  .option('--seed <s>', 'integer; the same seed prints the same numbers', integer(0), defaults.seed)
  .option('--epochs <n>', 'passes of new tracks', integer(1), defaults.epochs)
  .option('--count <n>', 'tracks per epoch', integer(8), defaults.tracksPerEpoch)
  .option('--output <folder>', 'where everything is written', 'out')
  .option('--force', 'write over a model that this command did not write')
  .action(mainJob);

interface Options extends ReadingOptions {
  seed: number;
  epochs: number;
  count: number;
  output: string;
  force?: boolean;
}

async function mainJob(files: string[], options: Options): Promise<void> {
  const { output, force } = options;
  // A file that cannot be read is told before the training, not after it.
  const own = files.length > 0 ? await read(files, options) : undefined;

  const claim = folderClaim(output, async () => {
    if (!force) await refuseForeignModel(join(output, 'model'), undefined);
  });
  await claim.check();
  try {
    await trainAndJudge(own, files, claim, options);
  } finally {
    await claim.release();
  }
}

/** The job itself, on the user's own tracks where there are any. */
async function trainAndJudge(
  own: Awaited<ReturnType<typeof read>> | undefined,
  files: readonly string[],
  claim: FolderClaim,
  { seed, epochs, count, output }: Options,
): Promise<void> {
  const folder = join(output, 'model');
  const { name: backend, device } = await useBackend('wasm', { wide: true });
  if (process.stderr.isTTY) process.stderr.write(`training on ${device}\n`);
  const recipe: NetworkRecipe = {
    format: 'diffusion-recipe',
    version: 1,
    data: { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: count },
    network: { name: 'xresnet', options: { depth: 3, kernelSize: 5, filters: 8, dropout: 0 } },
    encoder: { kind: 'motion', features: 'unit-free' },
    epochs,
    batchSize: defaults.batchSize,
    learningRate: defaults.learningRate,
    loss: { labelSmoothing: defaults.labelSmoothing },
    shards: 1,
    seed,
    augmentation: augmentations.microscope,
    backend,
  };
  const training = await tracksOf(recipe, undefined);
  if (own) {
    const { dim, source, length, augmentation } = training;
    const seen = seenLengths(source, { ...trainingOf(recipe), augmentation }, length);
    printLines(lengthsNotSeen(own.tracks, { dim, ...seen }, namesOf(files)));
  }
  printLines([
    `Training an XResNet on ${epochs} × ${count} simulated tracks: ND, DM, CD, FBM (Gajowczyk & Szwabiński 2021, Table 1), seed ${seed}`,
    '',
    'epoch    loss  accuracy  validation loss  validation accuracy',
  ]);
  const trained = trainRecipe(recipe, training, {
    onReady: claim.take,
    onEpoch: ({ epoch, loss, score, validationLoss = Number.NaN, validationScore = Number.NaN }) =>
      printLines([
        [
          String(epoch).padStart(5),
          loss.toFixed(3).padStart(8),
          score.toFixed(3).padStart(10),
          validationLoss.toFixed(3).padStart(17),
          validationScore.toFixed(3).padStart(21),
        ].join(''),
      ]),
  });
  const { model, history } = await untilInterrupted(trained);

  const test = await testModel(model, training.output, training.test!);
  const metrics = test.classes!;
  printLines(['', ...classificationLines(metrics)]);
  const card = {
    ...model.card,
    metrics: { ...model.card.metrics, testAccuracy: metrics.accuracy },
  };
  await turn();
  await saveModel(folder, { network: model.network, card });

  const classes = test.prediction.classes!;
  const label = training.test!.trackColumns.label as { codes: Uint32Array };
  const sections: Section[] = trainingSections({
    recipe: {
      network: `${recipe.network.name} (${Object.entries(recipe.network.options ?? {})
        .map(([key, value]) => `${key} ${value}`)
        .join(', ')})`,
      tracks: `${epochs} × ${count}, simulated after Gajowczyk & Szwabiński 2021, Table 1`,
      'batch size': recipe.batchSize,
      'learning rate': recipe.learningRate,
      seed,
    },
    history: history.map(({ epoch, loss, score, validationLoss, validationScore }) => ({
      epoch,
      loss,
      accuracy: score,
      validationLoss,
      validationAccuracy: validationScore,
    })),
    metrics,
    examples: { tracks: training.test!, codes: label.codes, classes },
    msd: msdCurves(training.test!, label.codes, classes),
  });

  const written = [`${folder}/`];
  if (own) {
    const { tracks, files: reports } = own;
    const source = namesOf(files);
    printLines(['', source, ...summaryLines(summarizeTracks(tracks), reports)]);
    const prediction = await predictTracks(model, tracks);
    printLines(['', ...shareLines(tracks.count, predictionShares(prediction))]);
    const predictions = join(output, 'predictions.csv');
    await writeAtomically(predictions, predictionRows(tracks, prediction), {
      signal: interruption.signal,
    });
    written.push(predictions);
    sections.push(
      ...predictionSections({
        source,
        tracks,
        classes,
        predicted: prediction.codes!,
        probabilities: prediction.probabilities,
        sets: prediction.sets,
        reasons: prediction.reasons,
        msd: msdCurves(tracks, prediction.codes!, classes),
      }),
    );
  }
  const report = join(output, 'report.html');
  const title = own ? `Modes of motion in ${namesOf(files)}` : 'A classifier of modes of motion';
  await turn();
  const html = await renderReport({ title, sections });
  await writeAtomically(report, html, { signal: interruption.signal });
  written.push(report);
  printLines(['', ...table(written.map((path) => ['wrote', path]))]);
  model.dispose();
}

const namesOf = (files: readonly string[]): string =>
  files.map((file) => basename(file)).join(', ');

runCommand(command);
