import { rm } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import { useBackend } from '@diffusion/backends';
import type { SetMetrics } from '@diffusion/eval';
import type { BankCard, Ensemble, JsonObject, NetworkModel, SingleModel } from '@diffusion/models';
import { saveEnsemble, saveModel } from '@diffusion/models/node';
import { type Tracks, views } from '@diffusion/tracks';
import {
  disposeState,
  type FittedRecipe,
  fitRecipeFolds,
  isClassical,
  type NetworkRecipe,
  type Recipe,
  type TrainingState,
  withStart,
} from '@diffusion/train';
import { loadCheckpoint, saveCheckpoint } from '@diffusion/train/node';
import { Command, Option } from 'commander';
import { backendOption } from '../backend-option.ts';
import { checkOutput } from '../check-output.ts';
import { endingOf } from '../ending-of.ts';
import { exists } from '../exists.ts';
import { isOfImages } from '../images/image-recipe-of-flags.ts';
import { type TrainImagesOptions, trainImages } from '../images/train-images.ts';
import { InputError } from '../input-error.ts';
import { untilInterrupted } from '../interruption.ts';
import { labelledFiles } from '../labelled.ts';
import { printJson, printLines } from '../print.ts';
import { bankLengths } from '../training/bank-lengths.ts';
import {
  checkpointName,
  type FolderClaim,
  filesOfModel,
  folderClaim,
  refuseDataFolder,
  refuseForeignModel,
  refuseInDataFolder,
  refuseStartFolder,
} from '../training/claim-folder.ts';
import { type Clock, clockOf } from '../training/clock.ts';
import { augmentations, defaults } from '../training/defaults.ts';
import { checkRateReport, findRate, rateLines, writeRateReport } from '../training/find-rate.ts';
import { finishedFolds } from '../training/finished-folds.ts';
import { type FoldsResult, foldsJson, foldsLines, foldsResult } from '../training/folds-result.ts';
import { type KeptRun, readKeptRun } from '../training/kept-run.ts';
import { loadStart, partedAnew } from '../training/load-start.ts';
import { originOf, refuseChanged } from '../training/origin.ts';
import { type RecipeFlags, recipeOfFlags } from '../training/recipe-of-flags.ts';
import { metricLines, pointLines, validationScores } from '../training/report-lines.ts';
import { type TestResult, testModel } from '../training/test-model.ts';
import { trainBank } from '../training/train-bank.ts';
import {
  labelledOf,
  type TrainRecipeOptions,
  tellUncalibrated,
  tracksOf,
  trainRecipe,
} from '../training/train-recipe.ts';
import { checkLog, type TrainingLog, trainingLog } from '../training/training-log.ts';
import { writeTrainingReport } from '../training/training-report.ts';
import { integer, list, positive, setting } from '../values.ts';
import { checkWorkers, workersFor } from '../workers-for.ts';

interface Options extends TrainImagesOptions {
  resume?: string;
}

/** `diffusion train`: a model in a folder, with what it reaches on tracks it has never seen. */
export function train(): Command {
  return new Command('train')
    .description('train a network or a classical classifier on simulated or labelled tracks')
    .option(
      '--recipe <recipe>',
      'all of it in one: a file, the folder of a saved model, or a name of `diffusion recipes`; other options change it',
    )
    .option(
      '--model <name>',
      'a network, or forest, boosting, svm or logistic: `diffusion models` lists them',
    )
    .option(
      '--start <model>',
      'begin with the weights of this saved model, or one that comes trained by its name, of the same network, encoder and answers; alone: with its recipe, too',
    )
    .option('--set <key=value>', 'an option of the model; may be repeated', setting)
    .option(
      '--change <place=value>',
      'any other field of the recipe, such as loss.classes=mse; may be repeated',
      setting,
    )
    .option('--encoder <kind>', 'how a network sees a track (default: that of the network)')
    .option(
      '--features <names>',
      'what a classifier sees, or a network beside the track, comma-separated, or none (default: 11 without units)',
      list,
    )
    .addOption(
      new Option(
        '--augmentation <how>',
        'what is done to the tracks (default: microscope, short stretches, missing frames and rotation)',
      ).choices(Object.keys(augmentations)),
    )
    .addOption(
      new Option(
        '--balance <how>',
        'what is done about classes of different sizes; smote is for classifiers (default: none)',
      ).choices(['oversample', 'undersample', 'class-weights', 'smote', 'none']),
    )
    .addOption(
      new Option('--preset <name>', 'simulated tracks; liposomes: drawn images')
        .choices(['gajowczyk2021', 'andi2020', 'motion', 'liposomes'])
        .conflicts(['spec', 'data']),
    )
    .addOption(
      new Option('--spec <file.json>', 'simulated tracks, a mixture of your own').conflicts('data'),
    )
    .option(
      '--data <folder>',
      'labelled tracks: track files with labels.csv (track,label or track,alpha), or AnDi files; for a network of images, PNG and TIFF files in folders by class, or with labels.csv (image,label,mask)',
    )
    .addOption(
      new Option('--task <t>', 'andi2020: 1 the exponent, 2 the model, or both at once').choices([
        '1',
        '2',
        'both',
      ]),
    )
    .option('--dim <d>', 'andi2020, motion: dimension', integer(1))
    .addOption(
      new Option(
        '--view <view>',
        'images: as they are, cropped to what their masks mark, or with all else in black (default: that of the recipe)',
      ).choices([...views]),
    )
    .option(
      '--count <n>',
      `simulated tracks per epoch (default: ${defaults.tracksPerEpoch})`,
      integer(1),
    )
    .option(
      '--lengths <list>',
      'wadnet: a network for each of these lengths, joined to one model; 10,30,100 … or paper, its 43',
      bankLengths,
    )
    .option('--repeat', 'the same simulated tracks in every epoch, in place of new ones')
    .option('--folds <k>', 'cross-validation: k models, averaged in one', integer(2))
    .option('--group <column>', 'tracks of one file stay in one fold: file, or another column')
    .option('--fold <n>', 'this fold alone, from 1', integer(1))
    .option('--epochs <e>', `passes over the tracks (default: ${defaults.epochs})`, integer(1))
    .option('--batch-size <b>', `tracks per step (default: ${defaults.batchSize})`, integer(1))
    .option(
      '--learning-rate <r>',
      `peak of the schedule (default: ${defaults.learningRate})`,
      positive,
    )
    .option(
      '--seed <s>',
      `integer; the same seed gives the same model (default: ${defaults.seed})`,
      integer(0),
    )
    .option(
      '--shards <n>',
      `parts of a batch that can be worked on side by side (default: ${defaults.shards})`,
      integer(1),
    )
    .option(
      '--workers <n>',
      'threads that share the shards; 0: none; any number gives the same model (default: one per core)',
      integer(0),
    )
    .option(
      '--data-workers <n>',
      'threads that make the tracks of the next batches meanwhile; any number gives the same model (default: 1)',
      integer(0),
    )
    .addOption(backendOption().default(undefined, 'that of the recipe, or wasm'))
    .option('--log <file>', 'a row per epoch as it comes: .csv, or lines of JSON in .jsonl')
    .option('--log-batches', 'a row per batch in the log as well')
    .option(
      '--find-learning-rate',
      'train nothing, but raise the learning rate from batch to batch and say where the loss falls fastest; --report FILE.html or .svg draws it',
    )
    .option('--report <file.html>', 'learning curve, metrics and recipe as a page')
    .option('--output <folder>', 'where the model is written')
    .option('--resume <folder>', 'go on with an unfinished training in this folder, as it began')
    .option(
      '--force',
      'write over the checkpoint of another training, and over files that no training wrote',
    )
    .option('--json', 'one JSON document on stdout')
    .action(async (options: Options, command: Command) => {
      if (options.resume === undefined && (await isOfImages(options))) {
        return trainImages(options, command);
      }
      if (options.view !== undefined) {
        throw new InputError("option '--view' is for images: this training is on tracks");
      }
      if (options.findLearningRate) return rateOf(options, command);
      const checkpoint = await checkpointOf(options, command);
      const folder = options.resume ?? options.output;
      if (folder === undefined) throw new InputError("option '--output <folder>' is missing");
      await refuseDataFolder(folder, options.data);
      const job = checkpoint ?? (await jobOf(options, command));
      await refuseDataFolder(folder, dataFolderOf(job));
      if (!checkpoint) await refuseStartFolder(folder, job.origin?.start);
      await checkFiles(options, folder, job);
      const kept = job.origin && { recipe: job.recipe, origin: job.origin };
      const claim = folderClaim(folder, async () => {
        if (!checkpoint && !options.force) await refuseForeignModel(folder, kept);
      });
      await claim.check();
      const training: Training = { ...job, folder, claim, options, resume: checkpoint?.state };
      let result: Trained;
      try {
        const { recipe } = job;
        result = await (isBank(recipe)
          ? bankIn(training, recipe)
          : hasFolds(recipe)
            ? foldsIn(training)
            : oneIn(training));
      } finally {
        if (checkpoint) disposeState(checkpoint.state);
        job.start?.dispose();
        await claim.release();
      }
      result.model.dispose();
      const { recipe, output, history, folds, networks, test, validation, time } = result;
      if (options.report !== undefined) {
        const story = { recipe, output, history, folds, test, validation, time };
        await writeTrainingReport(options.report, story);
      }
      if (options.json) {
        printJson({
          output: folder,
          recipe,
          ...(history && { history }),
          ...(folds && { folds: foldsJson(folds) }),
          ...(networks && { bank: networks }),
          ...(test && { test: { ...test.exponents, ...test.classes, ...test.points } }),
          ...(validation && { validation: { ...validation.exponents, ...validation.classes } }),
          time,
        });
      } else {
        printLines([
          ...(folds ? foldsLines(folds) : []),
          ...metricLines(test?.classes, test?.exponents),
          ...pointLines(test?.points),
          ...(validation ? ['on the validation tracks, as there are no test tracks:'] : []),
          ...metricLines(validation?.classes, validation?.exponents),
          ...pointLines(validation?.points),
        ]);
      }
    });
}

/** Finds the learning rate of what would be trained. */
async function rateOf(options: Options, command: Command): Promise<void> {
  for (const option of command.options) {
    const name = option.attributeName();
    if (!ofTraining.includes(name) || command.getOptionValueSource(name) !== 'cli') continue;
    throw new InputError(
      `option '${option.long}' cannot be used with '--find-learning-rate', which trains no model`,
    );
  }
  const job = await jobOf(options, command);
  const { recipe, start } = job;
  const { report } = options;
  try {
    if (isClassical(recipe)) {
      throw new InputError(
        `option '--find-learning-rate' is for networks: ${recipe.classifier.name} is a classifier`,
      );
    }
    if (recipe.lengths) {
      throw new InputError(
        "option '--find-learning-rate' is for one network: expected a recipe without lengths, of tracks of one of them",
      );
    }
    if (report !== undefined) {
      await checkRateReport(report, await inputsOf(options, job));
      await refuseInDataFolder(report, dataFolderOf(job));
    }
    const { workers } = workersOf(recipe, options);
    const found = await untilInterrupted(findRate(recipe, { start, workers }));
    if (report !== undefined) await writeRateReport(report, recipe, found);
    if (options.json) printJson({ recipe, ...found, suggestion: found.suggestion ?? null });
    else printLines(rateLines(found));
  } finally {
    start?.dispose();
  }
}

/** Options that say what becomes of a training. */
const ofTraining = ['output', 'resume', 'force', 'log', 'logBatches', 'dataWorkers'];

/** What is to be trained: a recipe, of a network with what is kept of it in a checkpoint. */
type Job = (
  | {
      readonly recipe: Recipe;
      readonly origin?: undefined;
      readonly fold?: undefined;
      readonly time?: undefined;
    }
  | KeptRun
) & {
  /** The model that the recipe begins with. */
  readonly start?: NetworkModel;
};

type Training = Job & {
  readonly folder: string;
  readonly claim: FolderClaim;
  readonly options: Options;
  readonly resume: TrainingState | undefined;
};

interface Trained {
  readonly model: SingleModel | Ensemble;
  readonly recipe: Recipe;
  readonly output: SingleModel['card']['output'];
  /** The learning curve of a network. */
  readonly history?: FoldsResult['folds'][number]['history'];
  readonly folds?: FoldsResult;
  /** The networks of a bank, and the factor of their exponents. */
  readonly networks?: BankCard['bank'];
  /** On tracks that the training has not seen, where there are such. */
  readonly test?: TestResult;
  /** On those that were looked at after every epoch, where there are no others. */
  readonly validation?: TestResult;
  readonly time: { readonly seconds: number; readonly waiting: number };
}

/** Whether a recipe is of several lengths: a network for each. */
const isBank = (recipe: Recipe): recipe is NetworkRecipe =>
  !isClassical(recipe) && recipe.lengths !== undefined;

const hasFolds = ({ folds }: Recipe): boolean => folds !== undefined && folds.only === undefined;

/** The folder of the labelled tracks, whatever the working directory was when the training began. */
const dataFolderOf = ({ recipe: { data }, origin }: Job): string | undefined =>
  origin?.folder ?? ('folder' in data ? data.folder : undefined);

/** Tells before the work that the log or the report cannot be written. */
async function checkFiles(options: Options, folder: string, job: Job): Promise<void> {
  const { log, report, logBatches } = options;
  const own = [...(await filesOfModel(folder)), join(folder, checkpointName)];
  const inputs = [...own, ...(await inputsOf(options, job))];
  for (const path of [log, report]) {
    if (path !== undefined && own.some((each) => resolvePath(each) === resolvePath(path))) {
      throw new InputError(`${path}: is a file of the model: expected another one`);
    }
  }
  if (log === undefined) {
    if (logBatches) throw new InputError("option '--log-batches' is for a log: --log FILE");
  } else {
    if (isClassical(job.recipe)) {
      throw new InputError(
        `option '--log' is for networks: ${job.recipe.classifier.name} has no epochs`,
      );
    }
    await checkLog(log, inputs);
  }
  if (report !== undefined) await checkOutput(report, { ending: '.html', inputs });
  const data = dataFolderOf(job);
  for (const path of [log, report]) {
    if (path !== undefined) await refuseInDataFolder(path, data);
  }
}

/** The files that a training reads: its tracks and labels, modules with models of motion, the recipe and the specification. */
async function inputsOf({ recipe, spec }: Options, job: Job): Promise<string[]> {
  const data = dataFolderOf(job);
  const start = job.origin?.start;
  return [
    ...(start === undefined ? [] : await filesOfModel(start)),
    ...(data === undefined ? [] : (await labelledFiles(data)).map((name) => join(data, name))),
    ...(job.origin && data === undefined ? Object.keys(job.origin.files) : []),
    // A recipe is a file, or the folder of a model.
    ...(recipe === undefined ? [] : [recipe, join(recipe, 'card.json')]),
    ...(spec === undefined ? [] : [spec]),
  ];
}

/** Trains one model, with checkpoints where it is a network, and saves it in a folder with what it reaches. */
async function oneIn(training: Training): Promise<Trained> {
  const { recipe, folder, claim, options, resume, start } = training;
  const labelled = await labelledOf(recipe, dataFolderOf(training));
  const tracks = await tracksOf(recipe, labelled, start);
  const clock = clockOf(training.time);
  const workers = workersOf(recipe, options);
  const log = logOf(options, resume && { epoch: resume.history.length });
  const trained = trainRecipe(recipe, tracks, {
    ...workers,
    ...hooksOf(training, { log, clock, output: tracks.output }),
    onReady: async () => {
      await claim.take();
      await log?.open();
    },
    start,
    resume,
  });
  const fitted = await untilInterrupted(trained)
    .catch(async (error) => {
      throw await withWayOn(error, folder);
    })
    .finally(() => log?.close());
  const { model, history } = fitted;
  const { output } = tracks;
  const on = (set: Tracks | undefined) => set && testModel(model, output, set, workers.workers);
  const test = await on(tracks.test);
  // A recipe that keeps no test tracks is judged by what was looked at after every epoch, under that name.
  const validation = test ? undefined : await on(tracks.validation);
  await saveTested(folder, model, { ...metricsOf(test), ...asValidation(metricsOf(validation)) });
  tellUncalibrated(fitted, folder);
  // Of another training, too, which was to be written over.
  await rm(join(folder, checkpointName), { force: true });
  await finishedFolds(folder).remove();
  return { model, recipe, output, history, test, validation, time: clock.time() };
}

/** Trains all folds, each of which is kept when it is done, and saves them as one model with what it reaches. */
async function foldsIn(training: Training): Promise<Trained> {
  const { recipe, folder, claim, options, start, fold: at } = training;
  const folds = recipe.folds!;
  const labelled = await labelledOf(recipe, dataFolderOf(training));
  const finished = finishedFolds(folder);
  const clock = clockOf(training.time);
  const workers = workersOf(recipe, options);
  const log = logOf(
    options,
    training.resume && {
      fold: at,
      // A fold that is done has all of its rows.
      epoch: (await finished.has(at)) ? Number.POSITIVE_INFINITY : training.resume.history.length,
    },
  );
  let begun = false;
  const begin = async () => {
    if (begun) return;
    begun = true;
    await claim.take();
    if (!training.resume) await finished.remove();
    await log?.open();
  };
  const results: FoldsResult['folds'][number][] = [];
  const fitted = fitRecipeFolds(recipe, {
    async fitFold(one, fold) {
      const tracks = await tracksOf(one, labelled, start);
      const { validation, test, output } = tracks;
      if (training.resume) await begin();
      const there = training.resume && (await finished.load(fold));
      if (there) return { ...there, validation, test } as FittedRecipe;
      const trained = await trainRecipe(one, tracks, {
        ...workers,
        ...hooksOf(training, { log, clock, output, fold }),
        title: `fold ${fold}/${folds.count} `,
        onReady: begin,
        start,
        resume: fold === at ? training.resume : undefined,
      });
      await finished.keep(fold, trained.model, trained.history);
      return trained;
    },
    async onFold(_, { model, history, validation }) {
      const test = await testModel(model, model.card.output, validation!, workers.workers);
      results.push({ history, test });
    },
  });
  const { model, folds: all } = await untilInterrupted(fitted)
    .catch(async (error) => {
      throw await withWayOn(error, folder);
    })
    .finally(() => log?.close());
  const { test: unseen } = all[all.length - 1];
  const { output } = model.models[0].card;
  const test = unseen && (await testModel(model, output, unseen, workers.workers));
  await saveEnsemble(folder, model, {
    recipe: JSON.parse(JSON.stringify(recipe)) as JsonObject,
    metrics: metricsOf(test),
  });
  await rm(join(folder, checkpointName), { force: true });
  await finished.remove();
  return { model, recipe, output, folds: foldsResult(recipe, results), test, time: clock.time() };
}

/** Trains a network for each length, each of which is kept when it is done, and saves them as one model. */
async function bankIn(training: Training, recipe: NetworkRecipe): Promise<Trained> {
  const { folder, claim, options, fold: at, resume } = training;
  const labelled = await labelledOf(recipe, dataFolderOf(training));
  const finished = finishedFolds(folder);
  const clock = clockOf(training.time);
  const workers = workersOf(recipe, options);
  const log = logOf(options, resume && { fold: at, epoch: resume.history.length });
  const checkpoint = join(folder, checkpointName);
  let begun = false;
  let latest = 0;
  const trained = trainBank(recipe, {
    labelled,
    finished,
    ...(resume && { resume: { network: at, state: resume } }),
    ...workers,
    onReady: async () => {
      if (begun) return;
      begun = true;
      await claim.take();
      if (!resume) await finished.remove();
      await log?.open();
    },
    keep: async (fold, state) => {
      if (!training.origin) return;
      const kept: KeptRun = { recipe, origin: training.origin, fold, time: clock.now() };
      await saveCheckpoint(checkpoint, state, kept);
    },
    onBatch: (network, result) => {
      if (network !== latest) clock.next();
      latest = network;
      clock.add(result.time);
      log?.batch(result, clock.time(), network);
    },
    onEpoch: (network, name, result, scores) => {
      log?.epoch(result, clock.time(), network);
      if (options.json) return;
      const { epoch, loss, validationLoss = Number.NaN } = result;
      printLines([
        `${name}  epoch ${epoch}  loss ${loss.toFixed(3)}  validation loss ${validationLoss.toFixed(3)}  ${scores}`,
      ]);
    },
  });
  const { model, test: judged } = await untilInterrupted(trained)
    .catch(async (error) => {
      throw await withWayOn(error, folder);
    })
    .finally(() => log?.close());
  const { output } = model.card;
  const test = judged && (await testModel(model, output, judged, workers.workers));
  await saveTested(folder, model, metricsOf(test));
  await rm(checkpoint, { force: true });
  await finished.remove();
  return { model, recipe, output, networks: model.card.bank, test, time: clock.time() };
}

/** The threads of a training, which have no part in what comes out of it. */
function workersOf(
  recipe: Recipe,
  { workers, dataWorkers }: Options,
): Pick<TrainRecipeOptions, 'dataWorkers'> & { readonly workers: number } {
  if (isClassical(recipe)) return { workers: 0 };
  const { backend = 'wasm', shards = 1 } = recipe;
  return { workers: workersFor(workers, backend, shards), dataWorkers };
}

const logOf = (
  { log, logBatches }: Options,
  after: { fold?: number; epoch: number } | undefined,
): TrainingLog | undefined =>
  log === undefined ? undefined : trainingLog(log, { everyBatch: logBatches, after });

/** Who is told of a training, and its checkpoint. */
function hooksOf(
  job: Training,
  {
    log,
    clock,
    output,
    fold,
  }: { log?: TrainingLog; clock: Clock; output: Trained['output']; fold?: number },
): Pick<TrainRecipeOptions, 'keep' | 'keepLast' | 'onBatch' | 'onEpoch'> {
  const { folder, options } = job;
  const checkpoint = join(folder, checkpointName);
  clock.next();
  return {
    ...(job.origin && {
      keep: (state: TrainingState) => {
        const { recipe, origin } = job;
        const kept: KeptRun = {
          recipe,
          origin,
          ...(fold !== undefined && { fold }),
          time: clock.now(),
        };
        return saveCheckpoint(checkpoint, state, kept);
      },
      // The folds that are done are gone on from by way of it, which there must be after one epoch, too.
      keepLast: fold !== undefined,
    }),
    onBatch: (result) => {
      clock.add(result.time);
      log?.batch(result, clock.time(), fold);
    },
    onEpoch: (result) => {
      log?.epoch(result, clock.time(), fold);
      if (options.json) return;
      const { epoch, loss, validationLoss } = result;
      const validation =
        validationLoss === undefined
          ? ''
          : `  validation loss ${validationLoss.toFixed(3)}  ${validationScores(result, output)}`;
      const of = fold === undefined ? '' : `fold ${fold}  `;
      printLines([`${of}epoch ${epoch}  loss ${loss.toFixed(3)}${validation}`]);
    },
  };
}

/** Says how to go on after something outside has failed, where there is a checkpoint. */
async function withWayOn(error: unknown, folder: string): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  const checkpoint = join(folder, checkpointName);
  const { what, wholeEpochs = 0 } = error as { what?: string; wholeEpochs?: number };
  if (wholeEpochs > 0 && (await exists(checkpoint))) {
    // To go on would end there once more: the weights are all there is.
    error.message = `${what}; no model is made, the weights after epoch ${wholeEpochs} are in ${checkpoint}`;
  }
  if (endingOf(error).code !== 3) return error;
  if (!(await exists(checkpoint))) return error;
  error.message += `; \`diffusion train --resume ${folder}\` goes on from its last whole epoch`;
  return error;
}

/** What was measured on the test tracks, for a card: what there is no number for, as where no track got a class, is left out. */
const metricsOf = (test: TestResult | undefined): Record<string, number> =>
  Object.fromEntries(
    Object.entries({
      ...(test?.classes && pick(test.classes, ['accuracy', 'balancedAccuracy', 'mcc'])),
      ...(test?.classes?.sets && setMetricsOf(test.classes.sets, test.classes.coverage)),
      ...(test?.exponents && pick(test.exponents, ['mae', 'rmse', 'bias'])),
      ...test?.points,
    }).filter(([, value]) => Number.isFinite(value)),
  );

/** What a card says of sets: the accuracy beside them is of the share of tracks that have one class. */
const setMetricsOf = (
  { coverage, meanSize, bestAccuracy = Number.NaN }: SetMetrics,
  withOneClass: number,
): Record<string, number> => ({
  withOneClass,
  setCoverage: coverage,
  meanSetSize: meanSize,
  bestAccuracy,
});

/** `accuracy` → `validationAccuracy`, as what was measured on the validation tracks is called in a card. */
const asValidation = (metrics: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [
      `validation${name[0].toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  );

/** Saves a model with what was measured of it in its card. */
async function saveTested(
  folder: string,
  model: SingleModel,
  measured: Record<string, number>,
): Promise<void> {
  const metrics = { ...model.card.metrics, ...measured };
  await saveModel(
    folder,
    model.kind === 'network'
      ? { network: model.network, card: { ...model.card, metrics } }
      : model.kind === 'bank'
        ? { bank: model.bank, card: { ...model.card, metrics } }
        : { classifier: model.classifier, card: { ...model.card, metrics } },
  );
}

/** The checkpoint to go on from, if one is asked for; starts the backend that it needs. */
async function checkpointOf(
  { resume }: Options,
  command: Command,
): Promise<(KeptRun & { state: TrainingState; start?: NetworkModel }) | undefined> {
  if (resume === undefined) return undefined;
  const free = ['resume', 'workers', 'dataWorkers', 'log', 'logBatches', 'report', 'json'];
  for (const option of command.options) {
    const name = option.attributeName();
    if (free.includes(name)) continue;
    if (command.getOptionValueSource(name) === 'cli') {
      throw new InputError(
        `option '${option.long}' cannot be used with '--resume', which goes on as the training began`,
      );
    }
  }
  const path = join(resume, checkpointName);
  await useBackend('wasm', { wide: true });
  const checkpoint = await loadCheckpoint(path);
  const run = await readKeptRun(checkpoint.run, path);
  await refuseChanged(run.recipe.data, run.origin);
  const { backend } = run.recipe;
  if (backend !== undefined && backend !== 'wasm') await useBackend(backend, { wide: true });
  return { ...(await begunWith(run)), state: checkpoint.state };
}

/** What the flags say; starts the backend that it needs. */
async function jobOf(options: Options, command: Command): Promise<Job> {
  const long = (flag: keyof RecipeFlags): string =>
    command.options.find((option) => option.attributeName() === flag)?.long ?? `--${flag}`;
  const { workers, dataWorkers, features } = options;
  checkWorkers(workers, options.backend ?? 'auto');
  checkWorkers(dataWorkers, 'auto');
  const none = features?.length === 1 && features[0] === 'none';
  const recipe = await recipeOfFlags({ ...options, ...(none && { features: [] }) }, long);
  if (isClassical(recipe)) {
    for (const flag of ['workers', 'dataWorkers'] as const) {
      if (options[flag] === undefined) continue;
      throw new InputError(
        `option '${flag === 'workers' ? '--workers' : '--data-workers'}' is for networks: ${recipe.classifier.name} is a classifier`,
      );
    }
    return { recipe };
  }
  const asked = options.backend ?? recipe.backend ?? 'wasm';
  checkWorkers(workers, asked);
  const { name: backend } = await useBackend(asked, { wide: true });
  const run = { recipe: { ...recipe, backend }, origin: await originOf(recipe) };
  const begun = await begunWith(run, options.start === undefined ? options.recipe : undefined);
  const warning = begun.start && partedAnew(recipe, begun.start);
  if (warning !== undefined) process.stderr.write(`${warning}\n`);
  return begun;
}

/** The same with the model that the recipe begins with, of which the recipe then says which it is. */
async function begunWith<Run extends KeptRun>(
  run: Run,
  from?: string,
): Promise<Run & { start?: NetworkModel }> {
  const { recipe, origin } = run;
  if (origin.start === undefined) return run;
  const start = await loadStart(recipe, origin.start, from);
  return { ...run, recipe: await withStart(recipe, start), start };
}

function pick<Key extends string>(
  from: Readonly<Record<Key, number>>,
  names: readonly Key[],
): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
