import { catalogue, features as computeFeatures } from '@diffusion/features';
import { Command } from 'commander';
import { writeFeatures } from '../feature-table.ts';
import { InputError } from '../input-error.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { list } from '../values.ts';

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
        const known = catalogue.map(({ name }) => name);
        for (const name of options.features ?? []) {
          if (!known.includes(name)) {
            throw new InputError(
              `option '--features': '${name}' is not a feature; there are ${known.join(', ')}`,
            );
          }
        }
        const { tracks } = await read(files, options);
        const values = computeFeatures(tracks, { names: options.features ?? known });
        await writeFeatures(options.output, tracks, values);
      },
    );
}
