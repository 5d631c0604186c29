import { predictionSections, type Section } from '@diffusion/eval';
import { type OwnReportOptions, ownReport } from '@diffusion/expect/report';
import type { TrackModel } from '@diffusion/models';
import type { Prediction, Tracks } from '@diffusion/tracks';
import { estimateTracks } from './estimate-tracks.ts';
import { withBar } from './with-bar.ts';

/** The parts of the report that tell of tracks and of what a model of classes says of them, with bars of progress. */
export const ownSections = async (
  tracks: Tracks,
  name: string,
  prediction: Prediction,
  model: TrackModel,
  options: Omit<OwnReportOptions, 'estimate' | 'working' | 'remedies'> = {},
): Promise<Section[]> =>
  predictionSections(
    await ownReport(tracks, name, prediction, model, {
      ...options,
      estimate: estimateTracks,
      working: withBar,
    }),
  );
