import type { Track, Tracks } from '@diffusion/tracks';
import { checkTracks, shown } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import type { LawRange } from './climb.ts';
import { fitMarkov, type MarkovFit } from './fit-markov.ts';
import { lawIn, STATE_RULE, stateOf } from './judge-segment.ts';
import { rangeOfLaws } from './law-grid.ts';
import { markovPath } from './markov-path.ts';
import { markovPosterior } from './markov-posterior.ts';
import type { Segment, SegmentTrack } from './segment.ts';
import { checkSegmentOptions, type SegmentOptions } from './segment-options.ts';
import { stillTrack } from './still-track.ts';
import { type TrackSteps, trackSteps } from './track-steps.ts';

/** Options of {@link segmentByMarkov}. */
export interface MarkovOptions extends SegmentOptions {
  /** Most states that are tried, 1 to 8; 4 unless told. How many there are is chosen by BIC. */
  readonly states?: number;
}

/** One state of a hidden Markov model. */
export interface MarkovState {
  readonly alpha: number;
  /** K of ⟨Δx²⟩ = 2 K tᵅ per coordinate, in units² per frameᵅ. */
  readonly diffusion: number;
  /** Share of the steps that it was fitted to. */
  readonly share: number;
  /** Probability per frame of leaving it. */
  readonly leaving: number;
}

/** A hidden Markov model of a file, which segments its tracks. */
export interface MarkovSegmenter {
  readonly segment: SegmentTrack;
  /** The states, from the slowest to the fastest. */
  readonly states: readonly MarkovState[];
}

/** Steps that a prediction looks back. */
const ORDER = 6;
/** The model is fitted to so many steps, of tracks evenly over the file. */
const FITTED = 8_000;

/**
 * Segments by a hidden Markov model: the particles of a file change between a few states, each fractional Brownian motion
 * with an α and a K of its own under localisation error and blur. The states are fitted to all tracks together (to 8,000
 * steps evenly over the file, where it has more) by expectation–maximisation; their number is that of the least BIC. A step is
 * predicted from up to six before it in the same state; a change begins a new motion. A track's segments are its most likely
 * states by Viterbi's algorithm, of at least three points each, with the α and K of the state; `probability` is the mean
 * posterior of what the segment is called.
 *
 * Throws {@link FeaturesError} for options that are none, and for a file without a track that moves.
 *
 * Source: L. Rabiner, Proc. IEEE 77 (1989) 257; for single particles F. Persson et al., Nat. Methods 10 (2013) 265 (vbSPT).
 * The memory of steps and the error of localisation, which go beyond them, by prediction as in docs/estimates.md.
 *
 * @example
 * const { states, segment } = segmentByMarkov(tracks, { sigma: 0.02 });
 * console.log(states.length, segment(tracks.at(0)));
 */
export function segmentByMarkov(tracks: Tracks, options: MarkovOptions): MarkovSegmenter {
  checkSegmentOptions('segmentByMarkov', options, { states: true });
  checkTracks(tracks, FeaturesError);
  const { sigma, exposure = 0, states: most = 4, rule = STATE_RULE } = options;
  if (!(Number.isInteger(most) && most >= 1 && most <= 8)) {
    throw new FeaturesError(`states is ${shown(most)}: expected a whole number from 1 to 8`);
  }
  const microscope = { sigma, exposure };
  const sample = sampleOf(tracks);
  const range = sample
    .map((steps) => rangeOfLaws(steps, microscope))
    .reduce((all, one) => (all && one ? joined(all, one) : (all ?? one)), undefined);
  if (!range) throw new FeaturesError('tracks has none that moves: expected at least one');
  const fit = fitMarkov({ tracks: sample, dim: tracks.dim, microscope, range, order: ORDER }, most);
  return {
    states: statesOf(fit, sample),
    segment: (track: Track): readonly Segment[] => {
      const steps = trackSteps(contextOf(track));
      const own = rangeOfLaws(steps, microscope);
      if (!own || steps.count < 2) return stillTrack(track, own, microscope);
      const runs = markovPath(steps, fit.model);
      const { shares, ages } = markovPosterior(steps, fit.model);
      return runs.map(({ from, to, state }) => {
        let frames = 0;
        for (let t = from; t < to; t++) frames += steps.lags[t];
        const names = fit.model.laws.map(({ alpha, diffusion }) =>
          stateOf(alpha, diffusion, frames, sigma, rule),
        );
        let probability = 0;
        names.forEach((name, k) => {
          if (name !== names[state]) return;
          for (let t = from; t < to; t++) {
            for (let r = 0; r < ages; r++) {
              probability += shares[(t * names.length + k) * ages + r];
            }
          }
        });
        const { alpha, diffusion } = fit.model.laws[state];
        return {
          from,
          to: to === steps.count ? track.length : to,
          state: names[state],
          ...lawIn(names[state], alpha, diffusion),
          probability: Math.min(1, probability / (to - from)),
        };
      });
    },
  };
}

function sampleOf(tracks: Tracks): TrackSteps[] {
  const every = Math.max(1, Math.ceil(tracks.pointCount / FITTED));
  const sample: TrackSteps[] = [];
  for (let i = 0; i < tracks.count; i += every) {
    const steps = trackSteps(contextOf(tracks.at(i)));
    if (steps.count >= 2) sample.push(steps);
  }
  return sample;
}

function joined(a: LawRange, b: LawRange): LawRange {
  const [low, high] = [0, 1].map((i) =>
    (i === 0 ? Math.min : Math.max)(a.logDiffusion[i], b.logDiffusion[i]),
  );
  return { alpha: a.alpha, logDiffusion: [low, high] };
}

function statesOf({ model }: MarkovFit, sample: readonly TrackSteps[]): MarkovState[] {
  const total = new Float64Array(model.laws.length);
  let count = 0;
  for (const steps of sample) {
    const { shares, ages } = markovPosterior(steps, model);
    for (let i = 0; i < shares.length; i++) {
      total[Math.floor(i / ages) % total.length] += shares[i];
    }
    count += steps.count;
  }
  return model.laws
    .map(({ alpha, diffusion }, k) => ({
      alpha,
      diffusion,
      share: total[k] / count,
      leaving: model.leaving[k],
    }))
    .sort((a, b) => a.diffusion - b.diffusion);
}
