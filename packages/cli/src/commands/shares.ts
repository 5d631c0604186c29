import { type BackendName, useBackend } from '@diffusion/backends';
import { classShares, type JudgedRows, judgedRows, sharesRows } from '@diffusion/eval';
import { keptLocalisations } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { pretrainedModels } from '@diffusion/weights';
import { Command } from 'commander';
import { backendOption } from '../backend-option.ts';
import { checkOutput, refuseInput } from '../check-output.ts';
import {
  type ConditionOptions,
  checkConditions,
  columnsOfConditions,
  conditionsOf,
  hasConditions,
  withConditionOptions,
} from '../conditions.ts';
import { estimateTracks } from '../estimate-tracks.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { nameTaken, openModel, tellTaken } from '../open-model.ts';
import { predictTracks } from '../predict-tracks.ts';
import { printJson, printLines } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { type FoundShares, sharesLines } from '../share-tables.ts';
import { likeFile, likeTraining } from '../simulated-rows.ts';
import { filesOfModel } from '../training/claim-folder.ts';
import { integer, positive } from '../values.ts';

interface Options extends ReadingOptions, ConditionOptions {
  model?: string;
  depth?: number;
  maxJump?: number;
  simulated: number;
  seed: number;
  backend: BackendName | 'auto';
  output?: string;
  json?: boolean;
}

/** `diffusion shares FILE…`: how many of the particles move in which way, with intervals, and how conditions differ. */
export function shares(): Command {
  const names = pretrainedModels.map(({ name }) => name).join(', ');
  return withConditionOptions(
    withReadingOptions(new Command('shares'))
      .description('shares of the classes, corrected for what the model mistakes and refuses')
      .argument('<file...>', 'files or folders of tracks')
      .option(
        '--model <folder>',
        `a model that \`diffusion train\` wrote, or the name of one that comes trained (${names}); left out, the trained one for the dimension of the tracks`,
      ),
  )
    .option(
      '--depth <z>',
      'depth of focus, in the unit of the positions: corrects for particles that leave it',
      positive,
    )
    .option(
      '--max-jump <r>',
      'search radius of the program that linked the tracks: corrects for longer jumps',
      positive,
    )
    .option('--simulated <n>', 'simulated tracks of each kind', integer(600), 3000)
    .option('--seed <s>', 'integer', integer(0), 1)
    .addOption(backendOption())
    .option('--output <file.csv>', 'a row per share')
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], options: Options) => {
      const { model: name, output, json, depth, maxJump } = options;
      checkConditions(options);
      const inputs = [...files, ...(name === undefined ? [] : await filesOfModel(name))];
      if (output !== undefined) await checkOutput(output, { ending: '.csv', inputs });
      await useBackend(options.backend, { wide: true });
      const open = await openModel(name);
      const found = await read(files, options, { perTrack: columnsOfConditions(options) });
      const { tracks } = found;
      const paths = found.files.map(({ file }) => file);
      if (output !== undefined) await refuseInput(output, paths);
      if (tracks.count === 0) throw new InputError('there are no tracks: expected at least one');
      const model = await open(tracks.dim);
      const called = nameTaken(name, tracks.dim);
      const prediction = await predictTracks(model, tracks);
      if (!prediction.probabilities) {
        throw new InputError(
          "option '--model' gives no probabilities of classes: expected a classifier",
        );
      }
      const losses = depth !== undefined || maxJump !== undefined;
      const rows: JudgedRows = {
        ...judgedRows(tracks, prediction),
        ...(losses && { kept: await keptOf(tracks, options) }),
      };
      const asked = { count: options.simulated, seed: options.seed };
      const kinds = {
        file: await likeFile(model, tracks, asked),
        training: await likeTraining(model, tracks, asked),
      };
      const like: Record<string, ReturnType<typeof classShares>> = {};
      const missing: Record<string, string> = {};
      for (const [kind, simulated] of Object.entries(kinds)) {
        if ('rows' in simulated) like[kind] = classShares(rows, simulated.rows);
        else missing[kind] = simulated.reason;
      }
      const best = Object.values(kinds).find((simulated) => 'rows' in simulated);
      if (!best)
        throw new InputError(`${name ?? 'the model'}: ${Object.values(missing).join('; ')}`);
      const conditions = hasConditions(options)
        ? conditionsOf(tracks, rows, best.rows, paths[0], options)
        : undefined;
      const result: FoundShares = { like, missing, ...(conditions && { conditions }) };
      if (output !== undefined) {
        await writeAtomically(output, sharesRows(result), { signal: interruption.signal });
      }
      if (json) printJson({ tracks: tracks.count, model: called, ...result, output });
      else {
        printLines(sharesLines(result));
        tellTaken(name, tracks.dim);
      }
    });
}

/** Of particles that move as each track does, the share of the localisations that is kept. */
async function keptOf(tracks: Tracks, { depth, maxJump, seed }: Options): Promise<Float64Array> {
  if (tracks.dim === 1) {
    throw new InputError("options '--depth' and '--max-jump' are for 2D and 3D tracks");
  }
  const estimates = await estimateTracks(tracks, {});
  const lengths = tracks.lengths().sort();
  return keptLocalisations({
    diffusion: estimates.map(({ diffusion }) => diffusion.value),
    alpha: estimates.map(({ alpha }) => alpha.value),
    sigma: estimates.map(({ sigma }) => sigma.value),
    ...{ dim: tracks.dim, dt: tracks.dt, depth, maxJump, seed },
    // The longest tenth are those that were bleached or filmed to the end, and did not leave.
    frames: Math.max(2, lengths[Math.floor(0.9 * (lengths.length - 1))]),
    minPoints: lengths[0],
  });
}
