import { join } from 'node:path';
import { predictionRows, predictionShares, type Section } from '@diffusion/eval';
import type { TrackModel } from '@diffusion/models';
import { type FileReport, summarizeTracks, type Tracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { interruption } from '../interruption.ts';
import { ownSections } from '../own-sections.ts';
import { predictTracks } from '../predict-tracks.ts';
import { printLines } from '../print.ts';
import { shareLines } from '../share-lines.ts';
import { summaryLines } from '../summary-lines.ts';

/** Tracks that were read for the user. */
export interface OwnTracks {
  readonly tracks: Tracks;
  readonly files: readonly FileReport[];
  /** What they are of: the names of the files. */
  readonly name: string;
}

/**
 * Says what was read and how a model of classes judges it, and writes `predictions.csv`.
 *
 * @param by what there is to say of the model, if anything.
 * @returns the parts of the report, and the path of that file.
 */
export async function judgeTracks(
  model: TrackModel,
  { tracks, files, name }: OwnTracks,
  output: string,
  by: readonly string[] = [],
): Promise<{ sections: Section[]; predictions: string }> {
  printLines([name, ...summaryLines(summarizeTracks(tracks), files)]);
  if (by.length > 0) printLines(['', ...by]);
  const prediction = await predictTracks(model, tracks);
  printLines(['', ...shareLines(tracks.count, predictionShares(prediction))]);
  const predictions = join(output, 'predictions.csv');
  await writeAtomically(predictions, predictionRows(tracks, prediction), {
    signal: interruption.signal,
  });
  return { sections: await ownSections(tracks, name, prediction, model), predictions };
}
