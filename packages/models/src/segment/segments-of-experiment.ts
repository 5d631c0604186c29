import {
  type MotionReading,
  type MotionState,
  type MotionTrack,
  motionStates,
} from '@diffusion/features';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import { IMMOBILE } from '../domain/domain.ts';
import type { ExperimentState } from './experiment-states.ts';
import { type ChangeOptions, pickChanges } from './pick-changes.ts';
import { pointPlaces } from './point-places.ts';
import { type EstimatedSegment, withIntervals } from './segment-of-points.ts';
import { widened } from './widened.ts';

/** What the segments of an experiment are made of. */
export interface ExperimentParts {
  readonly tracks: Tracks;
  /** The tracks that are judged. */
  readonly rows: readonly number[];
  /** What the network answers, points × outputs. */
  readonly answers: Float32Array;
  readonly classes: readonly string[];
  /** Its states of the experiment, which the fit begins at. */
  readonly start: readonly ExperimentState[];
  readonly sigma: number;
  readonly exposure: number;
}

/** Probability of a change that one is said at. */
const THRESHOLD = 0.5;

/** What is not known of a state before its segments are seen: deviations of its mean, and of how far its segments are apart. */
const DOUBT = { alpha: { mean: 0.5, apart: 0.1 }, log: { mean: 2, apart: 0.3 } };

/** A state with so few segments says nothing of them that they do not say themselves. */
const FEW = 2;

/** A stretch of a track before it has a name. */
interface Read {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly reading: MotionReading;
  readonly track: MotionTrack;
  /** Mean logarithms of the network's probabilities of the classes. */
  readonly logs: readonly number[];
}

/**
 * Segments as the states that the tracks of an experiment share tell them (`motionStates`), found from those that a network sees: the likelihood
 * of the steps says where the state changes and what α and K are, the network what a state is called. A segment's name is that of its own
 * points and of all points in its state, with equal weight: what a short segment leaves open, the others of its state say.
 */
export function segmentsOfExperiment(
  { tracks, rows, answers, classes, start, sigma, exposure }: ExperimentParts,
  { threshold = THRESHOLD, reach }: ChangeOptions,
): {
  readonly segments: readonly (readonly EstimatedSegment[])[];
  readonly changes: Float32Array;
  readonly states: readonly ExperimentState[];
} {
  const motion = motionStates(selectTracks(tracks, rows), { sigma, exposure, start });
  const { width } = pointPlaces(classes.length);
  const changes = new Float32Array(tracks.pointCount).fill(Number.NaN);
  const found: Read[] = [];
  for (const row of rows) {
    const first = tracks.offsets[row];
    const points = tracks.lengthOf(row);
    const own = motion.track(tracks.at(row));
    changes.set(own.changes, first);
    const places = pickChanges(own.changes, { threshold, ...(reach !== undefined && { reach }) });
    const edges = [0, ...places, points];
    edges.slice(1).forEach((to, s) => {
      const from = edges[s];
      const part = answers.subarray((first + from) * width, (first + to) * width);
      found.push({
        row,
        from,
        to,
        reading: own.read(from, to),
        track: own,
        logs: meanLogs(part, classes.length, width),
      });
    });
  }
  const ofState = motion.states.map((_, s) => {
    const members = found.filter(({ reading }) => reading.state === s);
    const points = members.reduce((sum, { from, to }) => sum + to - from, 0);
    const logs = classes.map((_, k) =>
      members.reduce((sum, one) => sum + ((one.to - one.from) / points) * one.logs[k], 0),
    );
    const spreads = {
      alpha: members.map(({ reading }) => reading.alphaDeviation),
      log: members.map(({ reading }) => reading.logDiffusionDeviation),
    };
    return { points, logs, spreads };
  });
  const all = ofState.reduce((sum, { points }) => sum + points, 0);
  const segments: EstimatedSegment[][] = Array.from(tracks, () => []);
  for (const { row, from, to, reading, track, logs } of found) {
    const { logs: pooled, spreads } = ofState[reading.state];
    const state = motion.states[reading.state];
    segments[row].push({
      from,
      to,
      ...nameOf(reading, logs, pooled, classes),
      ...(spreads.alpha.length > FEW
        ? numbersOf(reading, state, spreads)
        : numbersAlone(track.readAlone(from, to))),
    });
  }
  return {
    segments,
    changes,
    states: motion.states.map((state, s) => ({ ...state, share: ofState[s].points / all })),
  };
}

interface Spreads {
  readonly alpha: readonly number[];
  readonly log: readonly number[];
}

/** The numbers of a segment, its state being known as well as its segments tell it. */
function numbersOf(reading: MotionReading, state: MotionState, { alpha, log }: Spreads) {
  if (state.immobile) return numbersAlone(reading);
  const ofAlpha = { deviation: state.alphaDeviation, segments: alpha };
  const ofLog = { deviation: state.logDiffusionDeviation, segments: log };
  return withIntervals(
    reading.alpha,
    widened(reading.alphaDeviation, ofAlpha, DOUBT.alpha),
    reading.logDiffusion,
    widened(reading.logDiffusionDeviation, ofLog, DOUBT.log),
  );
}

const numbersAlone = (reading: MotionReading) =>
  withIntervals(
    reading.alpha,
    reading.alphaDeviation,
    reading.logDiffusion,
    reading.logDiffusionDeviation,
  );

function nameOf(
  { logDiffusion, probability }: MotionReading,
  own: readonly number[],
  pooled: readonly number[],
  classes: readonly string[],
): { readonly state: string; readonly probability: number } {
  const still = logDiffusion === Number.NEGATIVE_INFINITY;
  if (still && classes.includes(IMMOBILE)) return { state: IMMOBILE, probability };
  const logs = classes.map((name, k) =>
    name === IMMOBILE ? Number.NEGATIVE_INFINITY : (own[k] + pooled[k]) / 2,
  );
  const most = Math.max(...logs);
  const best = logs.indexOf(most);
  const sum = logs.reduce((total, log) => total + Math.exp(log - most), 0);
  return { state: classes[best], probability: 1 / sum };
}

function meanLogs(answers: Float32Array, classes: number, width: number): number[] {
  const logs = new Array<number>(classes).fill(0);
  const points = answers.length / width;
  for (let at = 0; at < answers.length; at += width) {
    const logits = answers.subarray(at, at + classes);
    const most = Math.max(...logits);
    const total = most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
    for (let k = 0; k < classes; k++) logs[k] += (logits[k] - total) / points;
  }
  return logs;
}
