import { type BackendName, useBackend } from '@diffusion/backends';
import { loadModel } from '@diffusion/models/node';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command } from 'commander';
import { backendOption } from '../backend-option.ts';
import { interruption } from '../interruption.ts';
import { predictionRows } from '../prediction-rows.ts';
import { printJson, printLines } from '../print.ts';
import { progressBar } from '../progress.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { shareLines, shares } from '../shares.ts';

/** `diffusion predict --model DIR FILE… --output FILE.csv`: a row per track. */
export function predict(): Command {
  return withReadingOptions(new Command('predict'))
    .description('judge every track with a trained model; a track it cannot judge gets the reason')
    .argument('<file...>', 'files or folders of tracks')
    .requiredOption('--model <folder>', 'a model that `diffusion train` wrote')
    .requiredOption('--output <file.csv>', 'one row per track')
    .addOption(backendOption())
    .option('--json', 'one JSON document on stdout')
    .action(
      async (
        files: string[],
        options: ReadingOptions & {
          model: string;
          output: string;
          backend: BackendName | 'auto';
          json?: boolean;
        },
      ) => {
        const { tracks } = await read(files, options);
        await useBackend(options.backend);
        const model = await loadModel(options.model);
        const bar = progressBar('classifying {bar} {percentage} %', tracks.count);
        const prediction = await model
          .predict(tracks, {
            onProgress: (done) => {
              interruption.signal.throwIfAborted();
              bar.update(done);
            },
          })
          .finally(() => bar.stop());
        await writeAtomically(options.output, predictionRows(tracks, prediction));
        const result = shares(prediction);
        if (options.json) printJson({ tracks: tracks.count, ...result, output: options.output });
        else printLines(shareLines(tracks.count, result));
      },
    );
}
