import { type FeatureName, features } from '@diffusion/features';
import { makeReason, type Reason, type Tracks } from '@diffusion/tracks';
import { movesBeyondNoise } from './immobile.ts';

/** The tracks that a model has seen in training: what lies outside is not judged in silence. */
export interface Domain {
  readonly dim: number;
  /** Shortest and longest track, in points. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Largest share of frames that was missing between the first and the last point of a track. */
  readonly maxMissing: number;
  /** Least {@link movesBeyondNoise} of a track that is judged; null: it is not asked. */
  readonly minMotion: number | null;
  /** Ranges of scale-free features for tracks of `from` ≤ N < `to` points. */
  readonly ranges: readonly FeatureRanges[];
}

interface FeatureRanges {
  readonly from: number;
  readonly to: number;
  readonly low: Readonly<Record<string, number>>;
  readonly high: Readonly<Record<string, number>>;
}

/** Features whose range is watched: free of units, cheap, and each with a meaning that a reason can name. */
const watched: readonly FeatureName[] = [
  'alpha',
  'vacf1',
  'straightness',
  'asymmetry',
  'nonGaussianity1',
];

/** A feature is far outside when it lies beyond the range seen by more than this share of the range's width. */
const margin = 0.25;

/** One per cent of particles that stand still pass this, see {@link movesBeyondNoise}. */
const onePerCent = 2.33;

/** Ranges that leave out no motion. */
const anyMotion: readonly FeatureRanges[] = [
  { from: 0, to: Number.MAX_SAFE_INTEGER, low: {}, high: {} },
];

const lengthEdges = [2, 10, 20, 50, 150, 400, 1000, 10_000, Number.MAX_SAFE_INTEGER];

/** The class of what stands still, as the motion model of `@diffusion/simulate` is called. */
export const IMMOBILE = 'immobile';

/**
 * What a model has seen, measured on (a sample of) its training tracks.
 *
 * A model with a class `immobile` knows what stands still in noise, and is asked to tell it from what hardly moves: whether
 * it judges a track depends on dimension, length and gaps alone, for every class alike.
 *
 * @param tracks at least a few hundred tracks that cover what the model is trained on.
 * @param classes those that the model answers with, where it does.
 */
export function measureDomain(tracks: Tracks, classes: readonly string[] = []): Domain {
  let minLength = Number.POSITIVE_INFINITY;
  let maxLength = 0;
  let maxMissing = 0;
  for (const track of tracks) {
    minLength = Math.min(minLength, track.length);
    maxLength = Math.max(maxLength, track.length);
    maxMissing = Math.max(maxMissing, missingShare(track));
  }
  const seen = { dim: tracks.dim, minLength, maxLength, maxMissing };
  if (classes.includes(IMMOBILE)) return { ...seen, minMotion: null, ranges: anyMotion };
  const values = features(tracks, { names: availableIn(tracks.dim) });
  const ranges: FeatureRanges[] = [];
  for (let bin = 0; bin + 1 < lengthEdges.length; bin++) {
    const [from, to] = [lengthEdges[bin], lengthEdges[bin + 1]];
    const low: Record<string, number> = {};
    const high: Record<string, number> = {};
    let any = false;
    for (const [name, column] of Object.entries(values)) {
      for (let i = 0; i < tracks.count; i++) {
        const length = tracks.lengthOf(i);
        if (length < from || length >= to || !Number.isFinite(column[i])) continue;
        any = true;
        low[name] = Math.min(low[name] ?? column[i], column[i]);
        high[name] = Math.max(high[name] ?? column[i], column[i]);
      }
    }
    if (any) ranges.push({ from, to, low, high });
  }
  return { ...seen, minMotion: onePerCent, ranges };
}

/** A domain that leaves out no track of that dimension, nor one with gaps: for rules that no tracks have taught. */
export function openDomain(dim: number): Domain {
  const maxLength = Number.MAX_SAFE_INTEGER;
  return { dim, minLength: 1, maxLength, maxMissing: 1, minMotion: null, ranges: anyMotion };
}

/**
 * Why each track lies outside of what a model has seen; undefined for one that lies inside.
 *
 * In this order: another dimension, too short, too long, more frames missing, immobile within the noise, a feature
 * far outside its range.
 */
export function outsideDomain(domain: Domain, tracks: Tracks): (Reason | undefined)[] {
  const reasons = new Array<Reason | undefined>(tracks.count).fill(undefined);
  if (tracks.dim !== domain.dim) {
    return reasons.fill(makeReason('dimension', { dim: tracks.dim, seen: domain.dim }));
  }
  const asked = availableIn(tracks.dim).filter((name) =>
    domain.ranges.some(({ low }) => name in low),
  );
  const values = asked.length > 0 ? features(tracks, { names: asked }) : {};
  for (const track of tracks) reasons[track.index] = reasonFor(domain, track, values);
  return reasons;
}

function reasonFor(
  domain: Domain,
  track: ReturnType<Tracks['at']>,
  values: Record<string, Float64Array>,
): Reason | undefined {
  const { length, index } = track;
  const points = `${length} point${length === 1 ? '' : 's'}`;
  if (length < domain.minLength) return makeReason('tooShort', { points, least: domain.minLength });
  if (length > domain.maxLength) return makeReason('tooLong', { points, most: domain.maxLength });
  const missing = missingShare(track);
  if (missing > domain.maxMissing) {
    return makeReason('gaps', { share: percent(missing), most: percent(domain.maxMissing) });
  }
  if (domain.minMotion !== null) {
    const motion = movesBeyondNoise(track);
    if (Number.isNaN(motion)) return makeReason('noSteps', {});
    if (motion < domain.minMotion) return makeReason('withinNoise', {});
  }
  const ranges = domain.ranges.find(({ from, to }) => length >= from && length < to);
  if (!ranges) return makeReason('lengthBetween', { points });
  for (const [name, column] of Object.entries(values)) {
    const [low, high] = [ranges.low[name], ranges.high[name]];
    const value = column[index];
    const tolerance = margin * (high - low);
    if (value < low - tolerance || value > high + tolerance) {
      return makeReason('farOutside', {
        feature: name,
        value: value.toPrecision(3),
        low: low.toPrecision(3),
        high: high.toPrecision(3),
      });
    }
  }
  return undefined;
}

const availableIn = (dim: number): readonly FeatureName[] =>
  dim === 1 ? watched.filter((name) => name !== 'asymmetry') : watched;

function missingShare({
  frames,
  length,
}: {
  frames: Int32Array | undefined;
  length: number;
}): number {
  if (!frames || length < 2) return 0;
  const span = frames[length - 1] - frames[0] + 1;
  return (span - length) / span;
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
