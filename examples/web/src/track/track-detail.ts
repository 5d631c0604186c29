import { relevancePlot, segmentsPlot, type WrittenSegment } from '@diffusion/eval';
import { explainTracks, lawOf, mostRelevantPoints, occlusion } from '@diffusion/eval/explain';
import { renderSvg } from '@diffusion/eval/render';
import { commonSigma, estimateMotion } from '@diffusion/features';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import type { Segmented } from '../engine/engine-types.ts';
import type { UsedModel } from '../judge/models.ts';
import { segmentTracks } from '../judge/segment.ts';

/** Points that are marked as the most relevant ones. */
const MARKED = 25;

/** What there is to see of one track. */
export interface TrackDetail {
  readonly row: number;
  readonly segments: readonly WrittenSegment[];
  /** The network of the segments. */
  readonly by?: string;
  /** Whether the states of all tracks of the file have told of them. */
  readonly together: boolean;
  /** Why the network has not judged it. */
  readonly beside?: string;
  readonly segmentsSvg?: string;
  readonly narrowSvg?: string;
  readonly noSegments?: string;
  readonly relevanceSvg?: string;
  /** The class that is explained, and how. */
  readonly explained?: { readonly target: number; readonly method: 'lrp' | 'occlusion' };
  readonly noRelevance?: string;
}

let sigmaOf: { tracks: Tracks; sigma: number } | undefined;

/** Of a long file, so many tracks tell the localisation error. */
const TELLING = 5_000;

function sigmaFor(tracks: Tracks): number {
  if (sigmaOf?.tracks !== tracks) {
    const step = Math.max(1, tracks.count / TELLING);
    const length = Math.min(TELLING, tracks.count);
    const rows = Uint32Array.from({ length }, (_, k) => Math.floor(k * step));
    sigmaOf = { tracks, sigma: commonSigma(selectTracks(tracks, rows)) };
  }
  return sigmaOf.sigma;
}

/**
 * The states along the path of a track, and what the model looks at.
 *
 * @param all what is known of all tracks of the file; without it the track is segmented by itself.
 */
export async function trackDetail(
  tracks: Tracks,
  row: number,
  used: UsedModel | undefined,
  all: Segmented | undefined,
): Promise<TrackDetail> {
  const one = selectTracks(tracks, [row]);
  return { row, ...(await statesOf(tracks, row, all)), ...(await relevanceOf(one, used)) };
}

async function statesOf(tracks: Tracks, row: number, all: Segmented | undefined) {
  const together = all !== undefined;
  const { by, beside, segments: found, reasons } = all ?? (await byItself(tracks, row));
  const at = together ? row : 0;
  const [segments, reason] = [found[at], reasons[at]];
  if (segments.length === 0) return { segments, together, noSegments: reason?.text ?? '' };
  const plot = { track: tracks.at(row), segments, positionUnit: tracks.positionUnit };
  return {
    segments,
    together,
    by,
    ...(reason && { beside: reason.text.replace(`; by --method ${beside}`, '') }),
    segmentsSvg: await renderSvg(segmentsPlot({ ...plot, size: 260 })),
    narrowSvg: await renderSvg(segmentsPlot({ ...plot, size: 260, narrow: true })),
  };
}

function byItself(tracks: Tracks, row: number): Promise<Omit<Segmented, 'seconds'>> {
  const sigma = sigmaFor(tracks);
  return segmentTracks(selectTracks(tracks, [row]), {
    together: false,
    ...(Number.isFinite(sigma) && { sigma }),
  });
}

async function relevanceOf(one: Tracks, used: UsedModel | undefined) {
  if (!used) return { noRelevance: 'no model has judged it' };
  const { model } = used;
  const method = model.kind === 'classical' ? 'occlusion' : 'lrp';
  try {
    const { points, target, reasons } =
      method === 'lrp'
        ? await explainTracks(one, model, { method: 'lrp', rule: { kind: 'epsilon' } })
        : await occlusion(one, model, { laws: [lawOf(estimateMotion(one.at(0)))], seed: 1 });
    const [reason] = reasons;
    if (reason || !points.some((each) => Number.isFinite(each))) {
      return { noRelevance: reason?.text ?? 'nothing can be said of its points' };
    }
    const marked = mostRelevantPoints(one, points, MARKED);
    return {
      relevanceSvg: await renderSvg(
        relevancePlot({ tracks: one, rows: [0], points, marked, columns: 1, size: 260 }),
      ),
      explained: { target: target[0], method } as const,
    };
  } catch (error) {
    return { noRelevance: (error as Error).message };
  }
}
