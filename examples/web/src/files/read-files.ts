import {
  type FileReport,
  joinFiles,
  readTracksFrom,
  readTracksFromFolder,
  type Tracks,
  type TracksOfFile,
  Tracks as TracksSet,
  textColumn,
  withPieceIds,
} from '@diffusion/tracks';
import type { GivenFile, Reading } from '../engine/engine-types.ts';

/**
 * Points that the page takes: with more, the views of one tab get slow and its memory large. A file says how many it has by the end of its
 * lines before they are read.
 */
const MOST_POINTS = 10_000_000;

/** Bytes between two words about how far the reading has come. */
const OFTEN = 2_000_000;

/** The column that says of which condition a track is. */
export const CONDITION = 'condition';

/** Reads files one after the other; one that cannot be read is told and the others are read. */
export async function readFiles(
  files: readonly GivenFile[],
  reading: Reading,
  onBytes: (done: number) => void,
): Promise<{
  tracks?: Tracks;
  reports: FileReport[];
  problems: { path: string; message: string }[];
}> {
  const sets: TracksOfFile[] = [];
  const reports: FileReport[] = [];
  const problems: { path: string; message: string }[] = [];
  let before = 0;
  let points = 0;
  for (const { file, path, store } of files) {
    let done = 0;
    let told = 0;
    let lines = 0;
    // A line of a table is a point.
    const counts = /\.(csv|tsv|txt)$/i.test(path) && file.size > MOST_POINTS;
    const counted = () =>
      file.stream().pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            done += chunk.length;
            if (counts) lines += linesIn(chunk);
            if (points + lines > MOST_POINTS + FEW_MORE) throw tooMany(path);
            if (done - told > OFTEN) {
              told = done;
              onBytes(before + done);
            }
            controller.enqueue(chunk);
          },
        }),
      );
    try {
      const how = { ...reading, errors: true };
      const { tracks, report } = store
        ? await readTracksFromFolder(partsOf(path, store), path, how)
        : await readTracksFrom(counted(), path, how);
      if (points + tracks.pointCount > MOST_POINTS) throw tooMany(path);
      joinFiles([...sets.slice(0, 1), { file: path, tracks }], true);
      sets.push({ file: path, tracks });
      points += tracks.pointCount;
      reports.push(report);
    } catch (error) {
      problems.push({ path, message: inWordsOfThePage((error as Error).message) });
    }
    before += file.size;
    onBytes(before);
  }
  if (sets.length === 0) return { reports, problems };
  const tracks = withPieceIds(joinFiles(sets, true));
  return { tracks: withConditions(tracks, files, sets), reports, problems };
}

/** What an error asks for, by the names of the fields below *How to read*. */
function inWordsOfThePage(message: string): string {
  const said = message
    .replace(/\bgive dt\b/, 'give “seconds per frame”')
    .replace(/\bgive positionUnit\b/, 'give “unit of positions”');
  return said === message ? said : `${said}, below “How to read”`;
}

/** Lines of a header. */
const FEW_MORE = 10;

function linesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

const tooMany = (path: string): Error =>
  new Error(
    `${path}: more than ${MOST_POINTS.toLocaleString('en-US')} points, which is as many as this page takes: expected fewer files at a time or a part of it; the command takes what the memory holds: diffusion report ${path}`,
  );

/** The files of a store by their paths in it. */
const partsOf = (root: string, store: NonNullable<GivenFile['store']>): Map<string, Blob> =>
  new Map(store.map(({ file, path }) => [path.slice(root.length + 1), file]));

/** The tracks with the condition of each, where there are several. */
function withConditions(
  tracks: Tracks,
  files: readonly GivenFile[],
  sets: readonly TracksOfFile[],
): Tracks {
  const of = new Map(files.map(({ path, condition }) => [path, condition]));
  const names = sets.flatMap(({ file, tracks: { count } }) =>
    new Array<string>(count).fill(of.get(file) ?? ''),
  );
  if (new Set(names).size < 2) return tracks;
  return new TracksSet({
    ...tracks.data,
    trackColumns: { ...tracks.trackColumns, [CONDITION]: textColumn(names) },
  });
}
