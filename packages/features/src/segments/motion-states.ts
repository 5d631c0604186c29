import { selectTracks, type Track, Tracks } from '@diffusion/tracks';
import { checkTracks } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { fitMotion } from './fit-motion.ts';
import { densityOf, fitSegment, type Stretch } from './fit-segment.ts';
import { posteriorPlaces, STATE_RULE, stateOf } from './judge-segment.ts';
import { rangeOfLaws } from './law-grid.ts';
import { type MotionModel, motionPosterior } from './motion-model.ts';
import { type MotionState, SPACING, type StateNodes } from './motion-state.ts';
import { checkSegmentOptions, type SegmentOptions } from './segment-options.ts';
import { trackSteps } from './track-steps.ts';

/** Options of {@link motionStates}. */
export interface MotionStatesOptions extends Omit<SegmentOptions, 'rule'> {
  /** States that the fit begins at, such as those of another method; at least one. */
  readonly start: readonly MotionState[];
}

/** α and ln K of a stretch of a track, as all tracks of the experiment tell them. */
export interface MotionReading {
  /** The state that it is most likely in, among those of the experiment. */
  readonly state: number;
  /** Probability of that. */
  readonly probability: number;
  /** Mean and standard deviation of α, and of ln K, where it moves; 0 and −∞ where nothing does. */
  readonly alpha: number;
  readonly alphaDeviation: number;
  readonly logDiffusion: number;
  readonly logDiffusionDeviation: number;
}

/** What is read of one track. */
export interface MotionTrack {
  /** Probability at each point that the state changes there, 0 at the first and the last. */
  readonly changes: Float64Array;
  /** What is known of points `from` … `to` − 1. */
  readonly read: (from: number, to: number) => MotionReading;
  /** The same, α and ln K of what moves by the likelihood of its steps alone: what its state says is left out. */
  readonly readAlone: (from: number, to: number) => MotionReading;
}

/** The states of an experiment, by which its tracks are read. */
export interface MotionStates {
  /** The states, the fastest first; their shares are those of the segments. */
  readonly states: readonly MotionState[];
  readonly track: (track: Track) => MotionTrack;
}

/** Steps that a prediction looks back where α and ln K of a stretch are read. */
const ORDER = 6;
const ANY = { alpha: [0, 2], logDiffusion: [-50, 50] } as const;
const AT_REST = {
  immobile: true,
  alpha: 0,
  alphaDeviation: 0,
  logDiffusion: Number.NEGATIVE_INFINITY,
  logDiffusionDeviation: 0,
} as const;
/** The states are fitted to so many points: of tracks evenly over the file or, where these were fewer than so many, of a stretch of each. */
const FITTED = 6_000;
const LEAST_TRACKS = 25;

/**
 * The states that the tracks of one experiment share, and what they say of each of them. A segment is fractional Brownian motion under
 * localisation error and blur; its α and ln K are drawn from the normal laws of its state, so that segments of one state may differ. How long a state
 * lasts and what follows it, the laws, and of how many states they are (by BIC, from those given, joined and split), are fitted to all
 * tracks together by expectation–maximisation, to 6,000 points evenly over the file where it has more. The motion may begin anew without a change of
 * state, and the step in which it changes is of neither state.
 *
 * Beside {@link segmentByMarkov}, whose states have one α and one K each, this is for experiments where particles differ; it wants a
 * start, and gives probabilities in place of segments.
 *
 * Throws {@link FeaturesError} for options that are none, and for tracks without one of three points.
 *
 * Source: L. Rabiner, Proc. IEEE 77 (1989) 257, for the recursion; laws of states by places in (α, ln K), as in N. Laird, J. Am. Stat. Assoc. 73
 * (1978) 805.
 *
 * @example
 * const one = { immobile: false, alpha: 1, alphaDeviation: 0.2, logDiffusion: 0, logDiffusionDeviation: 1, share: 1 };
 * const { states, track } = motionStates(tracks, { sigma: 0.12, start: [one] });
 * const { changes, read } = track(tracks.at(0));
 * read(0, tracks.lengthOf(0)).alpha;
 */
export function motionStates(tracks: Tracks, options: MotionStatesOptions): MotionStates {
  checkSegmentOptions<MotionStatesOptions & SegmentOptions>('motionStates', options, {
    start: true,
  });
  checkTracks(tracks, FeaturesError);
  const { sigma, exposure = 0, start } = options;
  if (start.length === 0) {
    throw new FeaturesError('start is []: expected at least one state to begin at');
  }
  const microscope = { sigma, exposure };
  const sample = Array.from(sampleOf(tracks), (track) => trackSteps(contextOf(track))).filter(
    ({ count }) => count >= 2,
  );
  if (sample.length === 0) {
    throw new FeaturesError('tracks has none of three points: expected at least one');
  }
  const fit = fitMotion({ tracks: sample, microscope }, start);
  // A motion that stays below the localisation error as long as a track lasts is rest, seen with an error that is rather larger than was said.
  const frames = Math.max(...sample.map(({ lags }) => lags.reduce((sum, lag) => sum + lag, 0)));
  const model: MotionModel = {
    ...fit,
    states: fit.states.map((state) =>
      stateOf(state.alpha, Math.exp(state.logDiffusion), frames, sigma, STATE_RULE) === 'immobile'
        ? { ...AT_REST, share: state.share }
        : state,
    ),
  };
  const { nodes } = model;
  const order = [...model.states.keys()].sort(
    (a, b) => model.states[b].logDiffusion - model.states[a].logDiffusion,
  );
  const placeOf = order.map((_, s) => order.indexOf(s));
  const all = model.states.reduce((sum, { share }) => sum + share, 0);
  return {
    states: order.map((s) => ({ ...model.states[s], share: model.states[s].share / all })),
    track(track) {
      const steps = trackSteps(contextOf(track));
      if (steps.count < 1) throw new FeaturesError('track has one point: expected two at least');
      const { changes, shares } = motionPosterior(steps, model, true);
      const width = nodes.laws.length;
      const parts = (from: number, to: number) => {
        const own = new Float64Array(width);
        for (let t = from; t < Math.min(to, steps.count); t++) {
          for (let g = 0; g < width; g++) own[g] += shares[t * width + g];
        }
        // What is before and what is behind may each rule out all that the other leaves.
        if (own.every((share) => share === 0)) own.set(nodes.weights);
        const stretch = {
          steps,
          // The step that a change tears is of neither state.
          from: from > 0 && to - from > 2 ? from + 1 : from,
          to: Math.min(to, steps.count),
          microscope,
          order: ORDER,
          range: ANY,
        };
        return { own, stretch };
      };
      const read = (from: number, to: number): MotionReading => {
        const { own, stretch } = parts(from, to);
        return readingOf(stretch, own, model, placeOf);
      };
      return {
        changes,
        read,
        readAlone(from, to) {
          const reading = read(from, to);
          const range = rangeOfLaws(steps, microscope);
          if (!range || reading.logDiffusion === Number.NEGATIVE_INFINITY) return reading;
          return { ...reading, ...alone({ ...parts(from, to).stretch, range }, reading) };
        },
      };
    },
  };
}

/** α and ln K of a stretch whose law may be any. */
function alone(stretch: Stretch, { alpha, logDiffusion }: MotionReading) {
  const places = posteriorPlaces(stretch, fitSegment(stretch, { alpha, logDiffusion }));
  const total = places.reduce((sum, { weight }) => sum + weight, 0);
  const momentsOf = (of: 'alpha' | 'log'): Moments => {
    const mean = places.reduce((sum, place) => sum + (place.weight / total) * place[of], 0);
    const square = places.reduce(
      (sum, place) => sum + (place.weight / total) * (place[of] - mean) ** 2,
      0,
    );
    return { mean, deviation: Math.sqrt(square) };
  };
  const [ofAlpha, ofLog] = [momentsOf('alpha'), momentsOf('log')];
  return {
    alpha: ofAlpha.mean,
    alphaDeviation: ofAlpha.deviation,
    logDiffusion: ofLog.mean,
    logDiffusionDeviation: ofLog.deviation,
  };
}

/** Tracks evenly over the file of as many points as are fitted; of few long ones, a stretch of each. */
function sampleOf(tracks: Tracks): Tracks {
  const every = Math.max(1, Math.ceil(tracks.pointCount / FITTED));
  if (every === 1) return tracks;
  const taken = Math.ceil(tracks.count / every);
  if (taken >= LEAST_TRACKS) {
    return selectTracks(
      tracks,
      Array.from({ length: taken }, (_, i) => i * every),
    );
  }
  // At places of their own, so that what happens at one time in all of them is not all that is seen.
  const points: number[] = [];
  const offsets = [0];
  for (let i = 0; i < tracks.count; i++) {
    const length = tracks.lengthOf(i);
    const part = Math.ceil(length / every);
    const from = tracks.offsets[i] + Math.floor((length - part) * ((i * GOLDEN) % 1));
    for (let p = from; p < from + part; p++) points.push(p);
    offsets.push(points.length);
  }
  const { dim, dt, frames, positions } = tracks;
  const places = points.flatMap((p) => Array.from({ length: dim }, (_, axis) => p * dim + axis));
  return new Tracks({
    positions: Float64Array.from(places, (place) => positions[place]),
    ...(frames && { frames: Int32Array.from(points, (p) => frames[p]) }),
    offsets: Uint32Array.from(offsets),
    ...{ dim, dt },
  });
}

const GOLDEN = 0.6180339887;

/** How likely a state must be for its α and K to count. */
const LEAST_SHARE = 0.02;
/** The share of one place of the grid from which the grid is moved or made finer, by how much, and how often. */
const MOST_IN_ONE = 0.9;
const FINER = 0.4;
const MOVES = 30;
/** Places per axis, and how many deviations they reach to each side. */
const PLACES = 7;
const REACH = 2.5;

/** The states of a stretch and, under each of them, α and ln K by the likelihood of its steps; together by how likely the states are. */
function readingOf(
  stretch: Stretch,
  weights: Float64Array,
  { states, nodes }: MotionModel,
  placeOf: readonly number[],
): MotionReading {
  const byState = states.map(() => 0);
  weights.forEach((weight, g) => {
    byState[nodes.states[g]] += weight;
  });
  const total = byState.reduce((sum, weight) => sum + weight, 0);
  const likeliest = byState.indexOf(Math.max(...byState));
  const common = { state: placeOf[likeliest], probability: byState[likeliest] / total };
  const moving = byState.map((weight, s) => (states[s].immobile ? 0 : weight));
  const all = moving.reduce((sum, weight) => sum + weight, 0);
  if (all <= total / 2) {
    return {
      ...common,
      alpha: 0,
      alphaDeviation: 0,
      logDiffusion: Number.NEGATIVE_INFINITY,
      logDiffusionDeviation: 0,
    };
  }
  const density = densityOf(stretch);
  const parts = moving.flatMap((weight, s) =>
    weight / all < LEAST_SHARE
      ? []
      : [{ weight, ...refined(density, states[s], coarse(s, weights, nodes)) }],
  );
  const counted = parts.reduce((sum, { weight }) => sum + weight, 0);
  const mixed = (of: (part: Law) => Moments): Moments => {
    const mean = parts.reduce((sum, part) => sum + (part.weight / counted) * of(part).mean, 0);
    const square = parts.reduce((sum, part) => {
      const { mean: own, deviation } = of(part);
      return sum + (part.weight / counted) * (deviation ** 2 + (own - mean) ** 2);
    }, 0);
    return { mean, deviation: Math.sqrt(square) };
  };
  const [alpha, log] = [mixed((part) => part.alpha), mixed((part) => part.log)];
  return {
    ...common,
    alpha: alpha.mean,
    alphaDeviation: alpha.deviation,
    logDiffusion: log.mean,
    logDiffusionDeviation: log.deviation,
  };
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

interface Law {
  readonly alpha: Moments;
  readonly log: Moments;
}

/** Moments over the nodes of a state. */
function coarse(s: number, weights: Float64Array, nodes: StateNodes): Law {
  const moments = (values: Float64Array): Moments => {
    let [sum, mean, square] = [0, 0, 0];
    for (let g = 0; g < weights.length; g++) {
      if (nodes.states[g] !== s || weights[g] === 0) continue;
      sum += weights[g];
      const before = mean;
      mean += (weights[g] / sum) * (values[g] - mean);
      square += weights[g] * (values[g] - before) * (values[g] - mean);
    }
    return { mean, deviation: Math.sqrt(square / sum) };
  };
  return { alpha: moments(nodes.alphas), log: moments(nodes.logs) };
}

interface Place {
  readonly alpha: number;
  readonly log: number;
}

/** Moments on a grid about those of the nodes, which may stand too far apart for a long stretch. */
function refined(
  density: (alpha: number, logDiffusion: number) => number,
  state: MotionState,
  { alpha: ofAlpha, log: ofLog }: Law,
): Law {
  const reachOf = ({ deviation }: Moments, width: number, spacing: number) => {
    // Half the distance of the nodes of this state from each other.
    const own = Math.min((Math.sqrt(3) * width) / 2, spacing / 2);
    return REACH * Math.hypot(deviation, own);
  };
  const places = (middle: number, reach: number) =>
    Array.from({ length: PLACES }, (_, i) => middle + reach * ((2 * i) / (PLACES - 1) - 1));
  const gridAt = (middle: Place, reach: Place) => {
    const alphas = places(middle.alpha, reach.alpha).filter((alpha) => alpha > 0 && alpha < 2);
    const logs = places(middle.log, reach.log);
    const points = alphas.flatMap((alpha) =>
      logs.map((log) => {
        const a = (alpha - state.alpha) / state.alphaDeviation;
        const k = (log - state.logDiffusion) / state.logDiffusionDeviation;
        return { alpha, log, height: density(alpha, log) - (a * a + k * k) / 2 };
      }),
    );
    const top = points.reduce((best, one) => (one.height > best.height ? one : best), points[0]);
    const weights = points.map(({ height }) => Math.exp(height - top.height));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return {
      points,
      weights,
      sum,
      top,
      atEnd: top.log === logs[0] || top.log === logs[PLACES - 1],
    };
  };
  let reach: Place = {
    alpha: reachOf(ofAlpha, state.alphaDeviation, SPACING.alpha),
    log: reachOf(ofLog, state.logDiffusionDeviation, SPACING.log),
  };
  let grid = gridAt({ alpha: ofAlpha.mean, log: ofLog.mean }, reach);
  // Where nearly all lies in one place: at an end, the stretch is unlike what was fitted, and the grid goes after it; within, a long
  // stretch tells more than the grid, which is made finer about it.
  for (let move = 0; move < MOVES && grid.sum < 1 / MOST_IN_ONE; move++) {
    if (!grid.atEnd) reach = { alpha: FINER * reach.alpha, log: FINER * reach.log };
    grid = gridAt(grid.top, reach);
  }
  const { points, weights, sum } = grid;
  const moments = (of: (point: (typeof points)[number]) => number): Moments => {
    const mean = points.reduce((total, point, i) => total + (weights[i] / sum) * of(point), 0);
    const square = points.reduce(
      (total, point, i) => total + (weights[i] / sum) * (of(point) - mean) ** 2,
      0,
    );
    return { mean, deviation: Math.sqrt(square) };
  };
  return { alpha: moments(({ alpha }) => alpha), log: moments(({ log }) => log) };
}
