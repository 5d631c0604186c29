import { relevancePlot, segmentsPlot } from '@diffusion/eval';
import { explainTracks, lawOf, mostRelevantPoints, occlusion } from '@diffusion/eval/explain';
import { renderSvg } from '@diffusion/eval/render';
import { commonSigma, estimateMotion, type Segment, segmentByChanges } from '@diffusion/features';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import type { UsedModel } from '../judge/models.ts';

/** Points that are marked as the most relevant ones. */
const MARKED = 25;

/** What there is to see of one track. */
export interface TrackDetail {
  readonly row: number;
  readonly segments: readonly Segment[];
  /** The localisation error that the segments were found with. */
  readonly sigma: number;
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
const TELLING = 300;

function sigmaFor(tracks: Tracks): number {
  if (sigmaOf?.tracks !== tracks) {
    const step = Math.max(1, tracks.count / TELLING);
    const length = Math.min(TELLING, tracks.count);
    const rows = Uint32Array.from({ length }, (_, k) => Math.floor(k * step));
    sigmaOf = { tracks, sigma: commonSigma(selectTracks(tracks, rows)) };
  }
  return sigmaOf.sigma;
}

/** The states along the path of a track, and what the model looks at. */
export async function trackDetail(
  tracks: Tracks,
  row: number,
  used: UsedModel | undefined,
): Promise<TrackDetail> {
  const one = selectTracks(tracks, [row]);
  return { row, ...(await statesOf(tracks, one)), ...(await relevanceOf(one, used)) };
}

async function statesOf(tracks: Tracks, one: Tracks) {
  const track = one.at(0);
  const file = sigmaFor(tracks);
  const sigma = Number.isFinite(file) ? file : estimateMotion(track).sigma.value;
  if (track.length < 4 || !Number.isFinite(sigma)) {
    const noSegments =
      track.length < 4
        ? `${track.length} points are too few for states`
        : 'nothing tells the localisation error, without which no states are found';
    return { segments: [], sigma, noSegments };
  }
  const segments = segmentByChanges({ sigma })(track);
  const plot = { track, segments, positionUnit: tracks.positionUnit };
  return {
    segments,
    sigma,
    segmentsSvg: await renderSvg(segmentsPlot({ ...plot, size: 260 })),
    narrowSvg: await renderSvg(segmentsPlot({ ...plot, size: 260, narrow: true })),
  };
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
