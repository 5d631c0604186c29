import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withPieceIds } from '@diffusion/tracks';
import { readTracks } from '@diffusion/tracks/node';
import { type Command, Option } from 'commander';
import { interruption } from './interruption.ts';
import { progressBar } from './progress.ts';
import { columnNames, frameRange, integer, positive } from './values.ts';

type ReadResult = Awaited<ReturnType<typeof readTracks>>;

/** What the common options of every command that reads tracks are parsed to. */
export interface ReadingOptions {
  dt?: number;
  positionUnit?: string;
  pixelSize?: number;
  columns?: Record<string, string>;
  minLength?: number;
  frames?: { from?: number; to?: number };
  splitGaps?: number;
  duplicates?: 'error' | 'first' | 'mean';
  maxUnpacked?: number;
}

/** The heading that the options of reading stand under in the help. */
const READING = 'Reading files:';

/** Adds the options that every command that reads tracks has. */
export function withReadingOptions(command: Command): Command {
  for (const option of readingOptions()) command.addOption(option.helpGroup(READING));
  return command;
}

const readingOptions = (): Option[] => [
  new Option('--dt <seconds>', 'time between two frames, overrides what the file says').argParser(
    positive,
  ),
  new Option('--position-unit <unit>', 'unit of the positions, overrides what the file says'),
  new Option('--pixel-size <µm>', 'size of a pixel: positions in pixels become µm').argParser(
    positive,
  ),
  new Option('--columns <map>', 'names of columns, track=…,frame=…,x=…,y=…,z=…,t=…').argParser(
    columnNames,
  ),
  new Option('--min-length <n>', 'leave out tracks of fewer points').argParser(integer(1)),
  new Option('--frames <from:to>', 'only these frames, both included').argParser(frameRange),
  new Option('--split-gaps <k>', 'cut a track where more than K frames are missing').argParser(
    integer(0),
  ),
  new Option(
    '--max-unpacked <bytes>',
    'the most that a gzipped file unpacks to (default: 64 times its size)',
  ).argParser(integer(1)),
  new Option('--duplicates <how>', 'two points of one track in one frame').choices([
    'error',
    'first',
    'mean',
  ]),
];

/**
 * Reads files and folders with the options of {@link withReadingOptions}, with a progress bar; Ctrl-C ends it. What was
 * passed over in a folder is said on stderr, and pieces of one track get ids of their own.
 */
export async function read(
  files: string[],
  options: ReadingOptions,
  extra: { perTrack?: string[]; errors?: boolean } = {},
): Promise<ReadResult> {
  const { dt, positionUnit, pixelSize, columns, minLength, frames, splitGaps } = options;
  const { duplicates, maxUnpacked } = options;
  const bar = progressBar('reading  {bar} {percentage} %  {left}', await sizeOf(files));
  let bytes = 0;
  const result = await readTracks(files, {
    dt,
    positionUnit,
    pixelSize,
    columns,
    minLength,
    frames,
    splitGaps,
    duplicates,
    maxUnpacked,
    ...extra,
    signal: interruption.signal,
    onBytes: (count) => {
      bytes += count;
      bar.update(bytes);
    },
  }).finally(() => bar.stop());
  for (const { file, reason } of result.skipped) {
    process.stderr.write(`passed over ${file}: ${reason}\n`);
  }
  return { ...result, tracks: withPieceIds(result.tracks) };
}

/** Bytes of the files and of the files in the folders; what is not there has none. */
async function sizeOf(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isDirectory()) {
      bytes += found?.size ?? 0;
      continue;
    }
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    bytes += await sizeOf(entries.filter((e) => e.isFile()).map((e) => join(path, e.name)));
  }
  return bytes;
}
