import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { classImagesSection, mistakenImagesSection, trainingSections } from '@diffusion/eval';
import { renderReport } from '@diffusion/eval/render';
import type { ImageEnsemble, ImageModel, JsonObject } from '@diffusion/models';
import { saveEnsemble, saveModel } from '@diffusion/models/node';
import type { Images } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import {
  type EpochResult,
  type FitImageRecipeOptions,
  fitImageRecipe,
  fitImageRecipeFolds,
  type ImageRecipe,
} from '@diffusion/train';
import type { Command } from 'commander';
import { checkOutput } from '../check-output.ts';
import { InputError } from '../input-error.ts';
import { interruption, untilInterrupted } from '../interruption.ts';
import { printJson, printLines } from '../print.ts';
import { progressBar } from '../progress.ts';
import {
  filesOfModel,
  folderClaim,
  refuseDataFolder,
  refuseForeignModel,
  refuseInDataFolder,
} from '../training/claim-folder.ts';
import { type Clock, clockOf } from '../training/clock.ts';
import { type FoldsResult, foldsJson, foldsLines, foldsResult } from '../training/folds-result.ts';
import { classificationLines, validationScores } from '../training/report-lines.ts';
import { checkLog, type TrainingLog, trainingLog } from '../training/training-log.ts';
import { factsOf, foldsStory, recordOf, titleOf } from '../training/training-report.ts';
import { versions } from '../versions.ts';
import { mistakesOfAll, picturesOfClasses } from './image-pictures.ts';
import { type ImageRecipeFlags, imageRecipeOfFlags } from './image-recipe-of-flags.ts';
import { readLabelledImages } from './read-frame.ts';
import { type ImageTest, testImages } from './test-images.ts';

/** What `train` is told of a training on images. */
export interface TrainImagesOptions extends ImageRecipeFlags {
  workers?: number;
  dataWorkers?: number;
  findLearningRate?: boolean;
  log?: string;
  logBatches?: boolean;
  report?: string;
  output?: string;
  force?: boolean;
  json?: boolean;
}

/** Options of `train` that a training on images does not have. */
const notForImages = ['workers', 'dataWorkers', 'findLearningRate'] as const;

interface Trained {
  readonly model: ImageModel | ImageEnsemble;
  readonly history?: readonly EpochResult[];
  readonly folds?: FoldsResult;
  /** Epochs of each fold. */
  readonly epochs?: number;
  /** On images that took no part in the training, and these. */
  readonly test?: ImageTest & { readonly images: Images };
  /** On those that were looked at after every epoch, where there are no others. */
  readonly validation?: ImageTest & { readonly images: Images };
  /** The images of each fold, judged by the model that has not seen them. */
  readonly unseen?: readonly (ImageTest & { readonly images: Images })[];
  /** What was learnt from. */
  readonly images: Images;
}

/** Trains a network on images, or one for each fold, and saves it in a folder with what it reaches. */
export async function trainImages(options: TrainImagesOptions, command: Command): Promise<void> {
  const long = (flag: string): string =>
    command.options.find((option) => option.attributeName() === flag)?.long ?? `--${flag}`;
  for (const name of notForImages) {
    if (options[name] === undefined) continue;
    throw new InputError(`option '${long(name)}' is for tracks: this training is on images`);
  }
  const { output: folder, report, log: logFile, json } = options;
  if (folder === undefined) throw new InputError("option '--output <folder>' is missing");
  await refuseDataFolder(folder, options.data);
  const given = await imageRecipeOfFlags(options, long);
  const dataFolder = 'folder' in given.data ? given.data.folder : undefined;
  await refuseDataFolder(folder, dataFolder);
  const inputs = [
    ...(await filesOfModel(folder)),
    ...(options.recipe === undefined ? [] : [options.recipe, join(options.recipe, 'card.json')]),
  ];
  if (logFile !== undefined) await checkLog(logFile, inputs);
  else if (options.logBatches) {
    throw new InputError("option '--log-batches' is for a log: --log FILE");
  }
  if (report !== undefined) await checkOutput(report, { ending: '.html', inputs });
  for (const path of [logFile, report]) {
    if (path !== undefined) await refuseInDataFolder(path, dataFolder);
  }
  const { name: backend } = await useBackend(options.backend ?? given.backend ?? 'wasm', {
    wide: true,
  });
  const recipe: ImageRecipe = { ...given, backend };
  const claim = folderClaim(folder, async () => {
    if (!options.force) await refuseForeignModel(folder, undefined);
  });
  await claim.check();
  const clock = clockOf();
  const log =
    logFile === undefined ? undefined : trainingLog(logFile, { everyBatch: options.logBatches });
  let begun = false;
  const how: How = {
    recipe,
    folder,
    clock,
    log,
    quiet: json === true,
    async onReady() {
      if (begun) return;
      begun = true;
      await claim.take();
      await log?.open();
    },
  };
  try {
    const images =
      dataFolder === undefined ? undefined : await readLabelledImages(dataFolder, recipe.frame);
    const isFolds = recipe.folds !== undefined && recipe.folds.only === undefined;
    const trained = await untilInterrupted(isFolds ? foldsIn(how, images) : oneIn(how, images));
    trained.model.dispose();
    const time = clock.time();
    if (report !== undefined) await writeImageReport(report, recipe, trained, time);
    const { history, folds, epochs, test, validation } = trained;
    if (json) {
      printJson({
        output: folder,
        recipe,
        ...(history && { history }),
        ...(folds && { folds: { ...foldsJson(folds), epochs } }),
        ...(test && { test: test.classes }),
        ...(validation && { validation: validation.classes }),
        time,
      });
      return;
    }
    printLines([
      ...(folds ? foldsLines(folds) : []),
      ...(test ? classificationLines(test.classes, 'image') : []),
      ...(validation ? ['on the validation images, as there are no test images:'] : []),
      ...(validation ? classificationLines(validation.classes, 'image') : []),
    ]);
  } finally {
    log?.close();
    await claim.release();
  }
}

interface How {
  readonly recipe: ImageRecipe;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: TrainingLog | undefined;
  readonly quiet: boolean;
  readonly onReady: () => Promise<void>;
}

async function oneIn(how: How, images: Images | undefined): Promise<Trained> {
  const { recipe, folder } = how;
  const fitted = await fitImageRecipe(recipe, {
    ...(images && { images }),
    versions: versions(),
    onReady: how.onReady,
    ...hooksOf(how),
  });
  const { model, history } = fitted;
  const on = async (set: Images | undefined) =>
    set && { ...(await testImages(model, set)), images: set };
  const test = await on(fitted.test);
  const validation = test ? undefined : await on(fitted.validation);
  const measured = {
    ...(test && metricsOf(test)),
    ...(validation && asValidation(metricsOf(validation))),
  };
  await saveModel(folder, {
    ...model,
    card: { ...model.card, metrics: { ...model.card.metrics, ...measured } },
  });
  return {
    model,
    history,
    images: fitted.images,
    ...(test && { test }),
    ...(validation && { validation }),
  };
}

async function foldsIn(how: How, images: Images | undefined): Promise<Trained> {
  const { recipe, folder } = how;
  const results: (FoldsResult['folds'][number] & { test: ImageTest })[] = [];
  const judged: NonNullable<Trained['unseen']>[number][] = [];
  const { model, folds, epochs } = await fitImageRecipeFolds(recipe, {
    ...(images && { images }),
    versions: versions(),
    onReady: how.onReady,
    ofFold: (fold) => hooksOf(how, fold),
    async onFold(_, { model: own, history, validation }) {
      const test = await testImages(own, validation!);
      results.push({ history, test });
      judged.push({ ...test, images: validation! });
    },
  });
  const { test: unseen, images: learnt } = folds[folds.length - 1];
  const test = unseen && { ...(await testImages(model, unseen)), images: unseen };
  // The number of epochs was found before: no fold chose anything of its model.
  const found = foldsResult({ schedule: recipe.schedule }, results);
  await saveEnsemble(folder, model, {
    recipe: JSON.parse(JSON.stringify(recipe)) as JsonObject,
    metrics: test ? metricsOf(test) : {},
  });
  return {
    model,
    folds: found,
    epochs,
    images: learnt,
    ...(test && { test }),
    unseen: judged,
  };
}

/** Who is told of a training: the clock, the log, the progress and, after an epoch, a line. */
function hooksOf(
  { recipe, clock, log, quiet }: How,
  fold?: number,
): Pick<FitImageRecipeOptions, 'onBatch' | 'onEpoch' | 'signal'> {
  clock.next();
  const title = fold === undefined ? '' : fold === 0 ? 'epochs of the folds  ' : `fold ${fold}  `;
  let bar: ReturnType<typeof progressBar> | undefined;
  const output = { kind: 'classes', classes: [] } as const;
  return {
    signal: interruption.signal,
    onBatch(result) {
      const { epoch, batch, batches, loss, time } = result;
      bar ??= progressBar(
        `${title}epoch {epoch} {bar} loss {loss} {left}`,
        recipe.epochs * batches,
        { fields: { epoch: '', loss: '–' }, width: 16 },
      );
      bar.update((epoch - 1) * batches + batch, {
        epoch: `${epoch}/${recipe.epochs}`,
        loss: loss.toFixed(3),
      });
      clock.add(time);
      log?.batch(result, clock.time(), fold);
      if (batch === batches) {
        bar.stop();
        bar = undefined;
      }
    },
    onEpoch(result) {
      log?.epoch(result, clock.time(), fold);
      if (quiet) return;
      const { epoch, loss, validationLoss } = result;
      const validation =
        validationLoss === undefined
          ? ''
          : `  validation loss ${validationLoss.toFixed(3)}  ${validationScores(result, output)}`;
      printLines([`${title}epoch ${epoch}  loss ${loss.toFixed(3)}${validation}`]);
    },
  };
}

/** What was measured, for a card: what there is no number for is left out. */
function metricsOf({ classes }: ImageTest): Record<string, number> {
  const { accuracy, balancedAccuracy, mcc } = classes;
  return Object.fromEntries(
    Object.entries({ accuracy, balancedAccuracy, mcc }).filter(([, value]) =>
      Number.isFinite(value),
    ),
  );
}

/** `accuracy` → `validationAccuracy`. */
const asValidation = (metrics: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [
      `validation${name[0].toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  );

/** What the views show, in words. */
const seen = {
  surroundings: 'with their surroundings',
  crop: 'cropped to what their masks mark',
  mask: 'cropped to what their masks mark, with all else in black',
} as const;

/** Writes what a training on images was and what came out of it as a page with pictures. */
async function writeImageReport(
  path: string,
  recipe: ImageRecipe,
  { history, folds, test, validation, unseen = [], images }: Trained,
  time: ReturnType<Clock['time']>,
): Promise<void> {
  const records = (of: readonly EpochResult[] = []) =>
    of.map((each) => recordOf(each, { kind: 'classes', classes: [] }));
  const judged = test ?? validation;
  const shown = judged ? [judged] : unseen;
  const { waiting: _, ...taken } = time;
  const { mistakes, count } = mistakesOfAll(shown);
  const sections = [
    ...trainingSections({
      noun: 'image',
      recipe: factsOf(recipe, taken),
      ...(history && { history: records(history) }),
      ...(judged && { metrics: judged.classes }),
      judgedOn: test ? 'test' : 'validation',
      ...(folds && { folds: foldsStory(folds, records) }),
    }),
    mistakenImagesSection(mistakes, count),
    classImagesSection(
      picturesOfClasses(images, recipe.seed, recipe.augmentation),
      `Labelled images as the network sees them: ${seen[recipe.frame.view]}, in ${recipe.frame.size} × ${recipe.frame.size} pixels.`,
    ),
  ];
  const html = await renderReport({ title: `Training of ${titleOf(recipe)}`, sections });
  await writeAtomically(path, html, { signal: interruption.signal });
}
