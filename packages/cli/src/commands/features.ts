import {
  catalogue,
  features as computeFeatures,
  type FeatureName,
  parallelFeatures,
} from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';
import { Command } from 'commander';
import { checkFeatures } from '../check-features.ts';
import { checkOutput, refuseInput } from '../check-output.ts';
import { featureFormat, writeFeatures } from '../feature-table.ts';
import { printJson } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { list } from '../values.ts';
import { withBar } from '../with-bar.ts';

/** From so many points on, all cores are used: starting workers takes about as long as this. */
const pointsWorthWorkers = 100_000;

/** `diffusion features FILE… --output FILE`: a row per track. */
export function features(): Command {
  return withReadingOptions(new Command('features'))
    .description('describe every track by numbers, one row per track')
    .argument('<file...>', 'files or folders of tracks')
    .requiredOption('--output <file>', '.csv, .json or .arrow')
    .option('--features <names>', 'only these, comma-separated', list)
    .option('--json', 'one JSON document on stdout')
    .action(
      async (
        files: string[],
        options: ReadingOptions & { output: string; features?: string[]; json?: boolean },
      ) => {
        featureFormat(options.output);
        checkFeatures(options.features);
        await checkOutput(options.output, { inputs: files });
        const { tracks, files: reports } = await read(files, options);
        await refuseInput(
          options.output,
          reports.map(({ file }) => file),
        );
        const names = [...new Set(options.features ?? catalogue.map(({ name }) => name))];
        const values =
          tracks.pointCount > pointsWorthWorkers
            ? await inParallel(tracks, names)
            : computeFeatures(tracks, { names });
        await writeFeatures(options.output, tracks, values);
        if (options.json)
          printJson({ output: options.output, tracks: tracks.count, features: names });
      },
    );
}

const inParallel = (
  tracks: Tracks,
  names: readonly FeatureName[],
): Promise<Record<string, Float64Array>> =>
  withBar('describing', tracks.count, (onProgress) =>
    parallelFeatures(tracks, { names, onProgress }),
  );
