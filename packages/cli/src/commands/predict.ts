import { type BackendName, useBackend } from '@diffusion/backends';
import { predictionCells, predictionShares } from '@diffusion/eval/predictions';
import type { TrackModel } from '@diffusion/models';
import { isImageModel } from '@diffusion/models/node';
import type { Tracks } from '@diffusion/tracks';
import { pretrainedModels } from '@diffusion/weights';
import { Command } from 'commander';
import { backendOption } from '../backend-option.ts';
import { checkOutput, refuseInput } from '../check-output.ts';
import { predictImages } from '../images/predict-images.ts';
import { InputError } from '../input-error.ts';
import { nameTaken, openModel, tellTaken } from '../open-model.ts';
import { predictTracks } from '../predict-tracks.ts';
import { counted } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { tellRows } from '../tell-rows.ts';
import { filesOfModel } from '../training/claim-folder.ts';
import { integer, setting } from '../values.ts';
import { checkWorkers, workersFor } from '../workers-for.ts';

interface Options extends ReadingOptions {
  model?: string;
  set?: Record<string, string>;
  output?: string;
  workers?: number;
  backend: BackendName | 'auto';
  json?: boolean;
}

/** From so many points on, as the network sees them, all cores are used: an estimate of what the start of workers costs. */
const pointsWorthWorkers = 500_000;

/** `diffusion predict FILE… [--model DIR|NAME] [--output FILE.csv]`: a row per track. */
export function predict(): Command {
  const names = pretrainedModels.map(({ name }) => name).join(', ');
  const trained = names && ` (${names})`;
  return withReadingOptions(new Command('predict'))
    .description(
      'judge every track, or every image, with a trained model; one that it cannot judge gets the reason',
    )
    .argument('<file...>', 'files or folders of tracks; of images for a model that judges them')
    .option(
      '--model <folder>',
      `a model that \`diffusion train\` or \`export\` wrote, or a name: of one that comes trained${trained}, a rule or the exact classifier (\`diffusion models\`); left out, the trained one for the dimension of the tracks`,
    )
    .option(
      '--set <key=value>',
      'an option of a rule or the exact classifier; may be repeated',
      setting,
    )
    .option(
      '--output <file.csv>',
      'one row per track, or per image; left out, the first of them are shown, and all are in what --json prints',
    )
    .option(
      '--workers <n>',
      'threads that share the tracks; any number gives the same answers (default: one per core where it pays)',
      integer(0),
    )
    .addOption(backendOption())
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], options: Options, command: Command) => {
      const { output, json } = options;
      const { model: name } = options;
      const inputs = [...files, ...(name === undefined ? [] : await filesOfModel(name))];
      if (output !== undefined) await checkOutput(output, { ending: '.csv', inputs });
      if (name !== undefined && (await isImageModel(name))) {
        refuseForImages(command);
        return predictImages(files, { model: name, output, backend: options.backend, json });
      }
      checkWorkers(options.workers, options.backend);
      const { name: backend } = await useBackend(options.backend, { wide: true });
      const open = await openModel(name, options.set);
      const { tracks, files: reports } = await read(files, options);
      if (output !== undefined) {
        await refuseInput(
          output,
          reports.map(({ file }) => file),
        );
      }
      const model = await open(tracks.dim);
      const called = nameTaken(name, tracks.dim);
      tellOtherDimension(model, tracks);
      const length = model.kind === 'network' ? model.encoder.specification.length : null;
      const points = length ? tracks.count * length : tracks.pointCount;
      const most = points > pointsWorthWorkers ? tracks.count : 1;
      const workers = workersFor(options.workers, backend, most);
      const prediction = await predictTracks(model, tracks, workers);
      const rows = predictionCells(tracks, prediction);
      await tellRows(rows, { tracks: tracks.count }, predictionShares(prediction), {
        ...options,
        model: called,
      });
      if (!json) tellTaken(name, tracks.dim);
    });
}

/** Refuses what is said of tracks where the model judges images. */
function refuseForImages(command: Command): void {
  const known = ['model', 'output', 'backend', 'json'];
  for (const option of command.options) {
    const name = option.attributeName();
    if (known.includes(name) || command.getOptionValueSource(name) !== 'cli') continue;
    throw new InputError(`option '${option.long}' is for tracks: the model judges images`);
  }
}

/** One line before the work where a model has seen no track of this dimension: the reason of every row. */
function tellOtherDimension(model: TrackModel, { count, dim }: Tracks): void {
  const models = model.kind === 'ensemble' ? model.models : [model];
  const seen = models.map(({ card }) => card.domain.dim).find((each) => each !== dim);
  if (seen === undefined || count === 0) return;
  process.stderr.write(
    `none of the ${counted(count, 'track')} can be judged: they are ${dim}D, and the model has seen ${seen}D tracks\n`,
  );
}
