import { commonSigma } from '@diffusion/features';
import { makeReason, type Reason, type Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks } from '@diffusion/tracks/messages';
import type { NetworkCard, PointPrior } from '../card.ts';
import { domainReasons } from '../domain/domain-reasons.ts';
import { ModelError } from '../errors.ts';
import type { NetworkModel } from '../predict/model.ts';
import { type ExperimentState, experimentStates } from './experiment-states.ts';
import { type ChangeOptions, pickChanges } from './pick-changes.ts';
import { pointAnswers } from './point-answers.ts';
import { pointPlaces } from './point-places.ts';
import { type EstimatedSegment, segmentOfPoints } from './segment-of-points.ts';
import { segmentsOfExperiment } from './segments-of-experiment.ts';

/** How a network's answers become segments. */
export interface NetworkSegmentsOptions extends ChangeOptions {
  /**
   * Whether the tracks are those of one experiment, whose states then say where they change and what α and K are, from where the network
   * saw states on; true if left out. Else each segment is what the network says of it by itself.
   */
  readonly shrink?: boolean;
  /**
   * Localisation error per axis, in the unit of the positions, by which the states of an experiment are found. If left out, that of the
   * training where all of its tracks have one and the model is for their unit; else one for all tracks, from them (`commonSigma`).
   */
  readonly sigma?: number;
  /** Exposure as a fraction of the frame; 0 if left out. */
  readonly exposure?: number;
  /** Tracks per call of the network; 64 if left out. */
  readonly batchSize?: number;
}

/** What a network says of the segments of some tracks. */
export interface NetworkSegments {
  /** Of each track in their order; none where there is a reason. */
  readonly segments: readonly (readonly EstimatedSegment[])[];
  /** Why a track has no segments. */
  readonly reasons: readonly (Reason | undefined)[];
  /** Probability of a change at each point of all tracks, NaN where there is a reason. */
  readonly changes: Float32Array;
  /** The states of the experiment, the fastest first; empty unless they were looked for. */
  readonly states: readonly ExperimentState[];
}

/**
 * Segments of tracks by a network that answers for every point: change points by {@link pickChanges}, and between them the
 * state, α and K of all points together.
 *
 * Throws {@link ModelError} for a model that judges tracks as a whole, and for an option that there is not.
 *
 * @example
 * const { segments } = await networkSegments(await loadModel('out/segments'), tracks);
 * segments[0]; // [{ from: 0, to: 61, state: 'free', alpha: 1.02, diffusion: 0.98, probability: 0.97, … }, …]
 */
export async function networkSegments(
  model: NetworkModel,
  tracks: Tracks,
  options: NetworkSegmentsOptions = {},
): Promise<NetworkSegments> {
  checkOptions<NetworkSegmentsOptions>('networkSegments', options, KNOWN, ModelError);
  checkTracks(tracks, ModelError);
  const { sigma: told = 0, exposure: known = 0 } = options;
  if (!(told >= 0 && Number.isFinite(told))) {
    throw new ModelError(`sigma is ${told}: expected a number of at least 0`);
  }
  if (!(known >= 0 && known <= 1)) {
    throw new ModelError(`exposure is ${known}: expected a fraction of the frame, 0 to 1`);
  }
  const { output, domain, network } = model.card;
  if (output.kind !== 'points') {
    throw new ModelError(
      `the model, ${network.name}, judges a track as a whole: expected one that answers for every point, such as segmenter`,
    );
  }
  const { shrink = true, exposure = 0, batchSize } = options;
  const reasons = await domainReasons(domain, tracks);
  const rows = [...reasons.keys()].filter((i) => reasons[i] === undefined);
  const answers = await pointAnswers(model.network, model.encoder, tracks, rows, batchSize);
  const places = pointPlaces(output.classes.length);
  const { width } = places;
  const changes = new Float32Array(tracks.pointCount).fill(Number.NaN);
  const segments: EstimatedSegment[][] = reasons.map(() => []);
  // One that is given stands for both.
  const { threshold = output.changes?.threshold, reach } = options;
  const first =
    options.first ?? (options.threshold === undefined ? output.changes?.first : undefined);
  const thresholds = {
    ...(threshold !== undefined && { threshold }),
    ...(first !== undefined && { first }),
    ...(reach !== undefined && { reach }),
  };
  const priors: PointPrior[] = [];
  for (const i of rows) {
    const [from, to] = [tracks.offsets[i], tracks.offsets[i + 1]];
    const own = answers.subarray(from * width, to * width);
    const wrong = own.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) {
      reasons[i] = makeReason('notFinite', { value: wrong });
      continue;
    }
    const points = to - from;
    for (let t = 0; t < points; t++) {
      // The first point begins a track, not a segment.
      changes[from + t] = t === 0 ? 0 : 1 / (1 + Math.exp(-own[t * width + places.change]));
    }
    const unit = model.encoder.unit?.(tracks.at(i)) ?? 1;
    const edges = [0, ...pickChanges(changes.subarray(from, to), thresholds), points];
    for (let s = 0; s + 1 < edges.length; s++) {
      const { classes, prior } = output;
      segments[i].push(segmentOfPoints(own, edges[s], edges[s + 1], classes, unit, prior));
      if (output.prior) priors.push(inUnit(output.prior, unit));
    }
  }
  if (!shrink) return { segments, reasons, changes, states: [] };
  // A few hundred segments tell where to begin.
  const all = segments.flat();
  const every = Math.max(1, Math.ceil(all.length / BEGUN));
  const some = <T>(list: readonly T[]) => list.filter((_, i) => i % every === 0);
  const { states } = experimentStates(some(all), output.prior && some(priors));
  const sigma = options.sigma ?? sigmaOf(model.card) ?? commonSigma(tracks, exposure);
  const judged = rows.filter((i) => segments[i].length > 0);
  // Where nothing moves, or no track has ten points to tell σ by, each segment is what it is by itself.
  if (judged.length === 0 || states.length === 0 || Number.isNaN(sigma)) {
    return { segments, reasons, changes, states };
  }
  const parts = { tracks, rows: judged, answers, classes: output.classes, start: states };
  return { reasons, ...segmentsOfExperiment({ ...parts, sigma, exposure }, options) };
}

/** Segments that the fit of the states begins at. */
const BEGUN = 400;

/** The localisation error of the training, of a network for tracks in its unit. */
function sigmaOf({ encoder, recipe }: NetworkCard): number | undefined {
  if (encoder.options?.unit !== 'one') return undefined;
  const { dataSets } = (recipe.data ?? {}) as { readonly dataSets?: unknown };
  if (!Array.isArray(dataSets) || dataSets.length === 0) return undefined;
  const [first, ...others] = dataSets.map((set) => (set as { readonly sigma?: unknown }).sigma);
  return typeof first === 'number' && others.every((one) => one === first) ? first : undefined;
}

/** A prior whose K is in the unit of the tracks. */
const inUnit = (
  { alpha, diffusion: { mean, deviation } }: PointPrior,
  unit: number,
): PointPrior => ({
  alpha,
  diffusion: { mean: mean + 2 * Math.log(unit > 0 ? unit : 1), deviation },
});

const KNOWN = {
  sigma: true,
  exposure: true,
  threshold: true,
  first: true,
  reach: true,
  shrink: true,
  batchSize: true,
} as const;
