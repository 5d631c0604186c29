import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BackendName, useBackend } from '@diffusion/backends';
import { networkByName, type SingleModel } from '@diffusion/models';
import { readOptions } from '@diffusion/models/classical';
import { saveModel } from '@diffusion/models/node';
import { dataSetFrom, type SpecificationWithout } from '@diffusion/simulate';
import type { EpochResult, TrainingState } from '@diffusion/train';
import { loadCheckpoint, saveCheckpoint } from '@diffusion/train/node';
import { Command, Option } from 'commander';
import { backendOption } from '../backend-option.ts';
import { checkFeatures } from '../check-features.ts';
import { endingOf } from '../ending-of.ts';
import { exists } from '../exists.ts';
import { InputError } from '../input-error.ts';
import { untilInterrupted } from '../interruption.ts';
import { modelNamed } from '../model-names.ts';
import { printJson, printLines } from '../print.ts';
import { settingsFor } from '../settings.ts';
import { inFile, readSpecification } from '../specification.ts';
import { checkRun } from '../training/check-run.ts';
import {
  checkpointName,
  type FolderClaim,
  folderClaim,
  refuseDataFolder,
  refuseForeignModel,
} from '../training/claim-folder.ts';
import { type KeptRun, originOf, refuseChanged } from '../training/origin.ts';
import { metricLines, validationScores } from '../training/report-lines.ts';
import { type ClassicalRun, defaults, type Run } from '../training/run.ts';
import { type TestResult, testModel } from '../training/test-model.ts';
import { trainClassical } from '../training/train-classical.ts';
import { trainNetwork } from '../training/train-network.ts';
import { tracksForClassical, tracksForNetwork } from '../training/training-tracks.ts';
import { integer, list, positive, setting } from '../values.ts';
import { checkWorkers, workersFor } from '../workers-for.ts';

interface Options {
  model?: string;
  set?: Record<string, string>;
  preset?: 'gajowczyk2021' | 'andi2020';
  spec?: string;
  data?: string;
  features?: string[];
  task?: '1' | '2' | 'both';
  dim?: number;
  count?: number;
  epochs: number;
  batchSize: number;
  learningRate: number;
  shards: number;
  workers?: number;
  seed?: number;
  backend: BackendName | 'auto';
  output?: string;
  resume?: string;
  force?: boolean;
  json?: boolean;
}

/** `diffusion train`: a model in a folder, with what it reaches on tracks it has never seen. */
export function train(): Command {
  return new Command('train')
    .description('train a network or a classical classifier on simulated or labelled tracks')
    .option(
      '--model <name>',
      'a network, or forest, boosting, svm or logistic: `diffusion models` lists them',
    )
    .option('--set <key=value>', 'an option of the model; may be repeated', setting)
    .option(
      '--features <names>',
      'forest, boosting, svm, logistic: what they see, comma-separated (default: 11 without units)',
      list,
    )
    .addOption(
      new Option('--preset <name>', 'simulated tracks')
        .choices(['gajowczyk2021', 'andi2020'])
        .conflicts(['spec', 'data']),
    )
    .addOption(
      new Option('--spec <file.json>', 'simulated tracks, a mixture of your own').conflicts('data'),
    )
    .option(
      '--data <folder>',
      'labelled tracks: track files with labels.csv (track,label or track,alpha), or AnDi files',
    )
    .addOption(
      new Option('--task <t>', 'andi2020: 1 the exponent, 2 the model, or both at once').choices([
        '1',
        '2',
        'both',
      ]),
    )
    .option('--dim <d>', 'andi2020: dimension', integer(1))
    .option(
      '--count <n>',
      `simulated tracks per epoch (default: ${defaults.tracksPerEpoch})`,
      integer(1),
    )
    .option('--epochs <e>', 'passes over the tracks', integer(1), defaults.epochs)
    .option('--batch-size <b>', 'tracks per step', integer(1), defaults.batchSize)
    .option(
      '--learning-rate <r>',
      'peak of the one-cycle schedule',
      positive,
      defaults.learningRate,
    )
    .option(
      '--seed <s>',
      `integer; the same seed gives the same model (default: ${defaults.seed})`,
      integer(0),
    )
    .option(
      '--shards <n>',
      'parts of a batch that can be worked on side by side',
      integer(1),
      defaults.shards,
    )
    .option(
      '--workers <n>',
      'threads that share the shards; 0: none; any number gives the same model (default: one per core)',
      integer(0),
    )
    .addOption(backendOption())
    .option('--output <folder>', 'where the model is written')
    .option('--resume <folder>', 'go on with an unfinished training in this folder, as it began')
    .option(
      '--force',
      'write over the checkpoint of another training, and over files that no training wrote',
    )
    .option('--json', 'one JSON document on stdout')
    .action(async (options: Options, command: Command) => {
      const checkpoint = await checkpointOf(options, command);
      const folder = options.resume ?? options.output;
      if (folder === undefined) throw new InputError("option '--output <folder>' is missing");
      await refuseDataFolder(folder, options.data);
      const classical = checkpoint ? undefined : await classicalRunOf(options, command);
      const run = classical ?? checkpoint?.run ?? (await runOf(options));
      const claim = folderClaim(folder, async () => {
        if (!checkpoint && !options.force) await refuseForeignModel(folder, run);
      });
      await claim.check();
      let result: Trained;
      try {
        result = await (isClassical(run)
          ? classicalIn(folder, run, claim)
          : networkIn(folder, run, claim, options, checkpoint?.state));
      } finally {
        await claim.release();
      }
      const { model, test } = result;
      model.dispose();
      if (options.json) {
        const { run, history } = result;
        printJson({
          output: folder,
          run,
          ...(history && { history }),
          test: { ...test.exponents, ...test.classes },
        });
      } else printLines(metricLines(test.classes, test.exponents));
    });
}

interface Trained {
  readonly model: SingleModel;
  readonly run: Run | ClassicalRun;
  /** The learning curve of a network. */
  readonly history?: readonly EpochResult[];
  readonly test: TestResult;
}

/** Trains a network, with checkpoints, and saves it in a folder with what it reaches. */
async function networkIn(
  folder: string,
  kept: KeptRun,
  claim: FolderClaim,
  options: Options,
  resume: TrainingState | undefined,
): Promise<Trained> {
  const { origin, ...run } = kept;
  const workers = workersFor(options.workers, run.backend, run.shards);
  const training = await tracksForNetwork(run, origin.folder);
  const checkpoint = join(folder, checkpointName);
  const trained = trainNetwork(run, training, {
    workers,
    resume,
    onReady: claim.take,
    keep: (state) => saveCheckpoint(checkpoint, state, kept),
    onEpoch: (result) => {
      if (options.json) return;
      const { epoch, loss, validationLoss = Number.NaN } = result;
      printLines([
        `epoch ${epoch}  loss ${loss.toFixed(3)}  validation loss ${validationLoss.toFixed(3)}  ${validationScores(result, training.output)}`,
      ]);
    },
  });
  const { model, history } = await untilInterrupted(trained).catch(async (error) => {
    throw await withWayOn(error, folder);
  });
  const test = await testModel(model, training.test, workers);
  await saveTested(folder, model, test);
  await rm(checkpoint, { force: true });
  return { model, run, history, test };
}

/** Says how to go on after something outside has failed, where there is a checkpoint. */
async function withWayOn(error: unknown, folder: string): Promise<unknown> {
  if (!(error instanceof Error) || endingOf(error).code !== 3) return error;
  if (!(await exists(join(folder, checkpointName)))) return error;
  error.message += `; \`diffusion train --resume ${folder}\` goes on from its last whole epoch`;
  return error;
}

const isClassical = (run: ClassicalRun | KeptRun): run is ClassicalRun => 'classifier' in run;

/** Fits a classical classifier and saves it in a folder with what it reaches. */
async function classicalIn(
  folder: string,
  run: ClassicalRun,
  claim: FolderClaim,
): Promise<Trained> {
  const training = await tracksForClassical(run);
  await claim.take();
  const model = await trainClassical(run, training);
  const test = await testModel(model, training.test);
  await saveTested(folder, model, test);
  // Of another training, which was to be written over.
  await rm(join(folder, checkpointName), { force: true });
  return { model, run, test };
}

/** Saves a model with its metrics on the test tracks in its card. */
async function saveTested(
  folder: string,
  model: SingleModel,
  { classes, exponents }: TestResult,
): Promise<void> {
  const { card } = model;
  const metrics = {
    ...card.metrics,
    ...(classes && pick(classes, ['accuracy', 'balancedAccuracy', 'mcc'])),
    ...(exponents && pick(exponents, ['mae', 'rmse', 'bias'])),
  };
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
): Promise<{ run: KeptRun; state: TrainingState } | undefined> {
  if (resume === undefined) return undefined;
  for (const option of command.options) {
    const name = option.attributeName();
    if (['resume', 'workers', 'json'].includes(name)) continue;
    if (command.getOptionValueSource(name) === 'cli') {
      throw new InputError(
        `option '${option.long}' cannot be used with '--resume', which goes on as the training began`,
      );
    }
  }
  const path = join(resume, checkpointName);
  await useBackend('wasm', { wide: true });
  const checkpoint = await loadCheckpoint(path);
  const run = checkRun(checkpoint.run, path);
  await refuseChanged(run.data, run.origin);
  if (run.backend !== 'wasm') await useBackend(run.backend, { wide: true });
  return { run, state: checkpoint.state };
}

/** The run of a classical classifier, where the model is one. */
async function classicalRunOf(
  options: Options,
  command: Command,
): Promise<ClassicalRun | undefined> {
  const { model, set, features } = options;
  const { classical } = model === undefined ? {} : modelNamed(model);
  if (!classical) return undefined;
  const { name, kind, madeBy } = classical;
  if (madeBy !== 'fitClassical') {
    throw new InputError(
      `model '${name}' is a ${kind} that needs no training: \`diffusion predict --model ${name}\` takes it as it is`,
    );
  }
  for (const option of command.options) {
    const ofNetworks = ['epochs', 'batchSize', 'learningRate', 'shards', 'workers', 'backend'];
    const attribute = option.attributeName();
    if (ofNetworks.includes(attribute) && command.getOptionValueSource(attribute) === 'cli') {
      throw new InputError(`option '${option.long}' is for networks: ${name} is a ${kind}`);
    }
  }
  checkFeatures(features);
  const settings = settingsFor(classical.options, set);
  readOptions(name, classical.options, settings);
  const { data, seed } = await dataOf(options);
  return {
    classifier: {
      name: name as ClassicalRun['classifier']['name'],
      options: settings,
    },
    features,
    data,
    seed,
  };
}

async function runOf(options: Options): Promise<KeptRun> {
  const { model, set, epochs, batchSize, learningRate, shards } = options;
  if (model === undefined)
    throw new InputError("option '--model <name>' is missing: `diffusion models` lists them");
  refuse(options, ['features'], 'is for forest, boosting, svm and logistic');
  const settings = settingsFor(networkByName(model).options, set);
  checkWorkers(options.workers, options.backend);
  if (shards > batchSize) {
    throw new InputError(
      `option '--shards' is ${shards}: expected at most the tracks of a batch, ${batchSize}`,
    );
  }
  const { name: backend } = await useBackend(options.backend, { wide: true });
  const { data, seed } = await dataOf(options);
  return {
    network: { name: model, options: settings },
    epochs,
    batchSize,
    learningRate,
    shards,
    data,
    seed,
    backend,
    origin: await originOf(data),
  };
}

/** What is learnt from, and the seed. */
async function dataOf(options: Options): Promise<Pick<Run, 'data' | 'seed'>> {
  if (options.data !== undefined) {
    refuse(options, ['task', 'dim', 'count'], 'is for simulated tracks');
    return { data: { folder: options.data }, seed: options.seed ?? defaults.seed };
  }
  const { dataSets, count, seed } = await specificationsOf(options);
  return {
    data: { dataSets, tracksPerEpoch: options.count ?? count ?? defaults.tracksPerEpoch },
    seed: options.seed ?? seed ?? defaults.seed,
  };
}

type Unseeded = SpecificationWithout<'count' | 'seed'>;

/** What is simulated; a file may also say the count per epoch and the seed. */
async function specificationsOf(options: Options): Promise<{
  dataSets: Unseeded[];
  count?: number;
  seed?: number;
}> {
  const { preset, spec, task = '2', dim = 2 } = options;
  if (preset === 'andi2020') {
    const tasks = task === 'both' ? [1, 2] : [Number(task)];
    // Task and dimension are checked where the sets are made.
    const sets = tasks.map((each) => ({ preset, task: each, dim })) as Unseeded[];
    return { dataSets: sets };
  }
  refuse(options, ['task', 'dim'], 'is for the preset andi2020');
  if (preset !== undefined) return { dataSets: [{ preset }] };
  if (spec !== undefined) {
    const given = await readSpecification(spec);
    const { answers } = inFile(spec, () => dataSetFrom({ count: 1, seed: 0, ...given }));
    if (answers.length === 0) {
      throw new InputError(
        'task' in given && given.task === 3
          ? `${spec}: task is 3: expected 1 or 2, which ask for one answer per track`
          : `${spec}: its tracks change on their way: expected a data set with one answer per track`,
      );
    }
    const { count, seed, ...specification } = given;
    return { dataSets: [specification], count, seed };
  }
  throw new InputError(
    "option '--preset <name>', '--spec <file.json>' or '--data <folder>' is missing",
  );
}

function pick<Key extends string>(
  from: Readonly<Record<Key, number>>,
  names: readonly Key[],
): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

function refuse(options: Options, names: readonly (keyof Options)[], why: string): void {
  for (const name of names) {
    if (options[name] !== undefined) throw new InputError(`option '--${name}' ${why}`);
  }
}
