import { type BackendName, useBackend } from '@diffusion/backends';
import {
  type CardCalibration,
  calibrate as calibrateModel,
  type SingleModel,
} from '@diffusion/models';
import { dataSetFrom, type SpecificationWithout } from '@diffusion/simulate';
import { calibrateSimulated, type OneLengthData, type SimulatedData } from '@diffusion/train';
import { Command, Option } from 'commander';
import { backendOption } from '../backend-option.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { readLabelled } from '../labelled.ts';
import { layoutOf, refuseLayout, saveAs } from '../model-folder.ts';
import { comesTrained, loadSingle } from '../open-model.ts';
import { counted, printJson, printLines, table } from '../print.ts';
import { readSpecification } from '../specification.ts';
import { defaults } from '../training/defaults.ts';
import { integer, positive } from '../values.ts';
import { withBar } from '../with-bar.ts';
import { checkWorkers, workersFor } from '../workers-for.ts';

interface Options {
  model: string;
  preset?: 'gajowczyk2021' | 'andi2020' | 'motion';
  spec?: string;
  data?: string;
  dim?: number;
  count?: number;
  seed?: number;
  coverage: number;
  workers?: number;
  backend: BackendName | 'auto';
  output?: string;
  force?: boolean;
  json?: boolean;
}

/** Enough for ten bins of length. */
const usualCount = 50_000;

/** From so many tracks on workers are started: an estimate of what their start costs. */
const tracksWorthWorkers = 2000;

/** `diffusion calibrate --model DIR`: probabilities that are met, and sets, in the card of a saved model. */
export function calibrate(): Command {
  return new Command('calibrate')
    .description(
      'fit the probabilities of a trained model to tracks that it has not seen, and give it prediction sets',
    )
    .requiredOption(
      '--model <folder>',
      'a model that `train` or `export` wrote, or the name of one that comes trained',
    )
    .addOption(
      new Option('--preset <name>', 'simulated tracks (default: those of the recipe of the model)')
        .choices(['gajowczyk2021', 'andi2020', 'motion'])
        .conflicts(['spec', 'data']),
    )
    .addOption(
      new Option('--spec <file.json>', 'simulated tracks, a mixture of your own').conflicts('data'),
    )
    .option('--data <folder>', 'labelled tracks, as `diffusion train --data` reads them')
    .option('--dim <d>', 'andi2020, motion: dimension (default: that of the model)', integer(1))
    .option('--count <n>', `simulated tracks (default: ${usualCount})`, integer(100))
    .option(
      '--seed <s>',
      'integer; the tracks are others than those of a training of this seed (default: that of the model)',
      integer(0),
    )
    .option(
      '--coverage <share>',
      'of the tracks whose class is to be in their set, from 0.5 to below 1',
      positive,
      0.9,
    )
    .option(
      '--workers <n>',
      'threads that share the tracks; any number gives the same card (default: one per core)',
      integer(0),
    )
    .addOption(backendOption())
    .option(
      '--output <folder>',
      'where the calibrated model is written (default: its own folder, whose card is replaced)',
    )
    .option('--force', 'write over files in --output that are of no model')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: Options) => {
      const { model: folder, coverage, json } = options;
      if (!(coverage >= 0.5 && coverage < 1)) {
        throw new InputError(
          `option '--coverage' is ${coverage}: expected a share from 0.5 to below 1`,
        );
      }
      for (const flag of ['count', 'seed', 'dim'] as const) {
        if (options.data === undefined || options[flag] === undefined) continue;
        throw new InputError(`option '--${flag}' is for simulated tracks, and '--data' for others`);
      }
      checkWorkers(options.workers, options.backend);
      const named = await comesTrained(folder);
      const output = options.output ?? folder;
      if (named && options.output === undefined) {
        throw new InputError(
          `option '--output <folder>' is missing: ${folder} comes with this command, and is not written over`,
        );
      }
      const layout = named ? null : await layoutOf(folder);
      if (options.output !== undefined) await refuseLayout(output, layout, options.force);
      const { name: backend } = await useBackend(options.backend, { wide: true });
      const model = await loadSingle(folder);
      const count = options.count ?? usualCount;
      const workers = workersFor(options.workers, backend, count >= tracksWorthWorkers ? count : 1);
      const calibrated = await calibratedModel(model, { ...options, count, workers });
      await saveAs(output, calibrated, layout);
      const { calibration } = calibrated.card;
      calibrated.dispose();
      if (json) printJson({ output, calibration });
      else printLines(linesOf(calibration!));
    });
}

async function calibratedModel(
  model: SingleModel,
  options: Options & { readonly count: number; readonly workers: number },
): Promise<SingleModel> {
  const { data: folder, coverage, count } = options;
  // Workers are started for many tracks alone.
  const how = {
    coverage,
    ...(options.workers > 1 && { workers: options.workers }),
    signal: interruption.signal,
  };
  if (folder !== undefined) {
    const { tracks } = await readLabelled(folder);
    refuseOther(model, tracks.dim, [], '--data');
    return withBar('calibrating', tracks.count, (onProgress) =>
      calibrateModel(model, tracks, { ...how, onProgress, data: { folder } }),
    );
  }
  const recipe = model.card.recipe as { data?: SimulatedData | OneLengthData; seed?: number };
  const data = await simulatedOf(options, model, recipe.data);
  const seed = options.seed ?? recipe.seed ?? defaults.seed;
  return withBar('calibrating', count, (onProgress) =>
    calibrateSimulated(model, data, { ...how, onProgress, tracks: count, seed }),
  );
}

/** What is simulated: what the flags say, or what the model was trained on. */
async function simulatedOf(
  { preset, spec, dim }: Options,
  model: SingleModel,
  trained: SimulatedData | OneLengthData | undefined,
): Promise<SimulatedData | OneLengthData> {
  const only = (set: object) => {
    const { dim, classes } = dataSetFrom({ ...set, count: 1, seed: 1 });
    refuseOther(model, dim, classes, spec === undefined ? '--preset' : '--spec');
    return {
      dataSets: [set as SpecificationWithout<'count' | 'seed'>],
      tracksPerEpoch: 1,
    };
  };
  const { domain } = model.card;
  if (dim !== undefined && preset !== 'andi2020' && preset !== 'motion') {
    throw new InputError("option '--dim' is for the presets andi2020 and motion");
  }
  if (dim !== undefined && dim !== domain.dim) {
    throw new InputError(`option '--dim' is ${dim}: expected ${domain.dim}, as the model has seen`);
  }
  if (spec !== undefined) {
    const { count: _, seed: __, ...set } = await readSpecification(spec);
    return only(set);
  }
  if (preset === 'gajowczyk2021') return only({ preset });
  if (preset === 'andi2020') return only({ preset, task: 2, dim: dim ?? domain.dim });
  if (preset === 'motion') return only({ preset, dim: dim ?? domain.dim });
  if (trained && 'dataSets' in trained) return trained;
  throw new InputError(
    "option '--preset <name>', '--spec <file.json>' or '--data <folder>' is missing: the recipe of the model names no data sets",
  );
}

/** Refuses tracks that the model cannot judge or name, before there are any. */
function refuseOther(
  { card: { domain, output } }: SingleModel,
  dim: number,
  classes: readonly string[],
  option: string,
): void {
  if (dim !== domain.dim) {
    throw new InputError(
      `option '${option}' is of ${dim}D tracks: expected ${domain.dim}D, as the model has seen`,
    );
  }
  if (output.kind === 'exponent') return;
  const unknown = classes.find((name) => !output.classes.includes(name));
  if (unknown === undefined) return;
  throw new InputError(
    `option '${option}' has the class '${unknown}': expected some of ${output.classes.join(', ')}, which the model knows`,
  );
}

/** What a calibration is, for a terminal. */
function linesOf({ tracks, notJudged = 0, probabilities, sets }: CardCalibration): string[] {
  const { lengths, sharpness } = probabilities;
  return [
    `calibrated to ${counted(tracks, 'track')}${notJudged > 0 ? `; ${notJudged} more were not judged` : ''}`,
    ...table([
      ['points', 'temperature'],
      ...lengths.map((length, k) => [`  ${length}`, (1 / sharpness[k]).toFixed(2)]),
    ]),
    ...(sets
      ? [
          `sets that hold the class of ${100 * sets.coverage} %, in ${counted(sets.bins.length, 'bin')} of length`,
        ]
      : []),
  ];
}
