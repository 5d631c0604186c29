import { join } from 'node:path';
import { type BackendName, useBackend } from '@diffusion/backends';
import { saveModel } from '@diffusion/models/node';
import { loadCheckpoint } from '@diffusion/train/node';
import { Command, Option } from 'commander';
import { backendOption } from '../backend-option.ts';
import { InputError } from '../input-error.ts';
import { printJson, printLines } from '../print.ts';
import { carryOut, checkpointName } from '../training/carry-out.ts';
import { judge } from '../training/judge.ts';
import { material } from '../training/material.ts';
import { classificationLines, regressionLines } from '../training/report-lines.ts';
import { defaults, type Run } from '../training/run.ts';
import { integer, positive, setting } from '../values.ts';

interface Options {
  model?: string;
  set?: Record<string, unknown>;
  preset?: 'gajowczyk2021' | 'andi2020';
  data?: string;
  task?: 1 | 2;
  dim?: 1 | 2 | 3;
  count: number;
  epochs: number;
  batchSize: number;
  learningRate: number;
  seed: number;
  backend: BackendName | 'auto';
  output?: string;
  resume?: string;
  json?: boolean;
}

/** `diffusion train`: a model in a folder, with what it reaches on tracks it has never seen. */
export function train(): Command {
  return new Command('train')
    .description('train a network on simulated or labelled tracks')
    .option('--model <name>', 'an architecture that `diffusion models` lists')
    .option('--set <key=value>', 'an option of the architecture; may be repeated', setting)
    .addOption(
      new Option('--preset <name>', 'simulated tracks')
        .choices(['gajowczyk2021', 'andi2020'])
        .conflicts('data'),
    )
    .option(
      '--data <folder>',
      'labelled tracks: track files with labels.csv (track,label or track,alpha), or AnDi files',
    )
    .addOption(
      new Option('--task <n>', 'andi2020: 1 the exponent, 2 the model')
        .choices(['1', '2'])
        .argParser((text) => {
          if (text !== '1' && text !== '2')
            throw new InputError(`option '--task' is '${text}': expected 1 or 2`);
          return Number(text);
        }),
    )
    .option('--dim <d>', 'andi2020: dimension', integer(1))
    .option('--count <n>', 'simulated tracks per epoch', integer(1), defaults.tracksPerEpoch)
    .option('--epochs <e>', 'passes over the tracks', integer(1), defaults.epochs)
    .option('--batch-size <b>', 'tracks per step', integer(1), defaults.batchSize)
    .option(
      '--learning-rate <r>',
      'peak of the one-cycle schedule',
      positive,
      defaults.learningRate,
    )
    .option('--seed <s>', 'integer; the same seed gives the same model', integer(0), defaults.seed)
    .addOption(backendOption())
    .option('--output <folder>', 'where the model is written')
    .option('--resume <folder>', 'go on with an unfinished training in this folder')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: Options) => {
      const folder = options.resume ?? options.output;
      if (folder === undefined) throw new InputError("option '--output <folder>' is missing");
      await useBackend(options.backend);
      const checkpoint =
        options.resume && (await loadCheckpoint(join(options.resume, checkpointName)));
      const run = checkpoint ? (checkpoint.run as Run) : runOf(options);
      const stuff = await material(run);
      const { model, history } = await carryOut(run, stuff, folder, {
        ...(checkpoint && { resume: checkpoint.state }),
        onEpoch: ({ epoch, loss, validationLoss = Number.NaN, validationScore = Number.NaN }) => {
          if (options.json) return;
          const score = `${stuff.output.kind === 'classes' ? 'accuracy' : 'MAE'} ${validationScore.toFixed(3)}`;
          printLines([
            `epoch ${epoch}  loss ${loss.toFixed(3)}  validation loss ${validationLoss.toFixed(3)}  validation ${score}`,
          ]);
        },
      });
      const { classes, exponents } = await judge(model, stuff.test);
      const metrics: Record<string, number> = classes
        ? {
            accuracy: classes.accuracy,
            balancedAccuracy: classes.balancedAccuracy,
            mcc: classes.mcc,
          }
        : { mae: exponents!.mae, rmse: exponents!.rmse, bias: exponents!.bias };
      const card = { ...model.card, metrics: { ...model.card.metrics, ...metrics } };
      await saveModel(folder, { network: model.network, card });
      model.dispose();
      if (options.json) printJson({ output: folder, run, history, test: classes ?? exponents });
      else printLines(classes ? classificationLines(classes) : regressionLines(exponents!));
    });
}

function runOf(options: Options): Run {
  const {
    model,
    set = {},
    preset,
    data,
    task = 2,
    dim = 2,
    count,
    epochs,
    batchSize,
    learningRate,
    seed,
  } = options;
  if (model === undefined)
    throw new InputError("option '--model <name>' is missing: `diffusion models` lists them");
  if (preset === undefined && data === undefined) {
    throw new InputError("option '--preset <name>' or '--data <folder>' is missing");
  }
  return {
    network: { name: model, options: set },
    data:
      data !== undefined
        ? { folder: data }
        : {
            specification: preset === 'andi2020' ? { preset, task, dim } : { preset },
            tracksPerEpoch: count,
          },
    epochs,
    batchSize,
    learningRate,
    seed,
  };
}
