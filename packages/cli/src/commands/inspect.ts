import { summarizeTracks } from '@diffusion/tracks';
import { Command } from 'commander';
import { printJson, printLines } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { summaryLines } from '../summary-lines.ts';

/** `diffusion inspect FILE…`: what was read. */
export function inspect(): Command {
  return withReadingOptions(new Command('inspect'))
    .description('say what a file of tracks holds: tracks, lengths, dimension, gaps, units')
    .argument('<file...>', 'files or folders of tracks')
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], options: ReadingOptions & { json?: boolean }) => {
      const { tracks, files: reports, skipped } = await read(files, options);
      const summary = summarizeTracks(tracks);
      if (options.json) printJson({ ...summary, files: reports, skipped });
      else printLines(summaryLines(summary, reports));
    });
}
