import { catalogue, features as computeFeatures, parallelFeatures } from '@diffusion/features';
import { Command } from 'commander';
import { featureFormat, writeFeatures } from '../feature-table.ts';
import { InputError } from '../input-error.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { list } from '../values.ts';

/** From so many points on, all cores are used: starting workers takes about as long as this. */
const pointsWorthWorkers = 100_000;

/** `diffusion features FILE… --output FILE`: a row per track. */
export function features(): Command {
  return withReadingOptions(new Command('features'))
    .description('describe every track by numbers, one row per track')
    .argument('<file...>', 'files or folders of tracks')
    .requiredOption('--output <file>', '.csv, .json or .arrow')
    .option('--features <names>', 'only these, comma-separated', list)
    .action(
      async (
        files: string[],
        options: ReadingOptions & { output: string; features?: string[] },
      ) => {
        featureFormat(options.output);
        const known = catalogue.map(({ name }) => name);
        for (const name of options.features ?? []) {
          if (!known.includes(name)) {
            throw new InputError(
              `option '--features': '${name}' is not a feature; there are ${known.join(', ')}`,
            );
          }
        }
        const { tracks } = await read(files, options);
        const names = options.features ?? known;
        const values =
          tracks.pointCount > pointsWorthWorkers
            ? await parallelFeatures(tracks, { names })
            : computeFeatures(tracks, { names });
        await writeFeatures(options.output, tracks, values);
      },
    );
}
