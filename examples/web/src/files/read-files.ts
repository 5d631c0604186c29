import {
  type FileReport,
  joinFiles,
  readTracksFrom,
  type Tracks,
  type TracksOfFile,
  Tracks as TracksSet,
  textColumn,
  withPieceIds,
} from '@diffusion/tracks';
import type { GivenFile, Reading } from '../engine/engine-types.ts';

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
  for (const { file, path } of files) {
    let done = 0;
    let told = 0;
    const counted = file.stream().pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          done += chunk.length;
          if (done - told > OFTEN) {
            told = done;
            onBytes(before + done);
          }
          controller.enqueue(chunk);
        },
      }),
    );
    try {
      const { tracks, report } = await readTracksFrom(counted, path, { ...reading, errors: true });
      joinFiles([...sets.slice(0, 1), { file: path, tracks }], true);
      sets.push({ file: path, tracks });
      reports.push(report);
    } catch (error) {
      problems.push({ path, message: (error as Error).message });
    }
    before += file.size;
    onBytes(before);
  }
  if (sets.length === 0) return { reports, problems };
  const tracks = withPieceIds(joinFiles(sets, true));
  return { tracks: withConditions(tracks, files, sets), reports, problems };
}

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
