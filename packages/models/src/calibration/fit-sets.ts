import type { SetThresholds, ThresholdBin } from './card-calibration.ts';
import type { JudgedTracks } from './fit-scaling.ts';
import { binOf, setScores } from './prediction-sets.ts';

/** What {@link fitSets} reads beside the answers, whose probabilities are those that are met. */
export interface SetTracks extends JudgedTracks {
  /** Whether each track looks like noise. */
  readonly noise: ArrayLike<boolean>;
  /** Share of the tracks whose class is to be in their set. */
  readonly coverage: number;
  /** The class of what stands still, −1 where there is none. */
  readonly immobile: number;
}

/** Tracks of a bin of length, at least where there are two. */
const tracksPerBin = 5000;

/** Tracks of a stratum that has thresholds of its own. */
const tracksPerStratum = 200;

/**
 * More than is asked for, so that bins with unlucky tracks to be fitted to reach it, too.
 */
const margin = 0.005;

/**
 * Share of the misses among tracks that look like noise, for one elsewhere: they differ more among themselves, in a
 * √(D·Δt)/σ that does not show, and those with the smallest are to be met, too.
 */
const missesInNoise = 0.7;

/**
 * How much standing still counts beside moving when it is decided which classes belong to a set. What hardly moves looks as
 * if it stood still, whatever it does: with its whole probability there, a set would hold nothing else.
 */
const weightOfImmobile = 0.2;

/**
 * Thresholds of conformal prediction sets, by length (V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random
 * World, 2005, §4.5: Mondrian; M. Sadinle, J. Lei, L. Wasserman, J. Am. Stat. Assoc. 114, 223 (2019): the smallest sets come
 * from a threshold on the probability; A. N. Angelopoulos, S. Bates, arXiv:2107.07511: the quantile for a finite sample).
 * A class belongs to a set where its weighted probability reaches a threshold, and the most probable one always.
 *
 * In each bin of length there are three strata: tracks of a class that stands still, and those of all others by whether
 * their steps look like noise. The threshold of a stratum is the quantile that leaves out a share of its tracks, and that
 * share, which the strata have in common but for a factor, is the largest with which `coverage` is met in the bin.
 */
export function fitSets(tracks: SetTracks): SetThresholds {
  const { probabilities, classes, actual, lengths, noise, coverage, immobile } = tracks;
  const weights = Array.from({ length: classes }, (_, k) =>
    k === immobile ? weightOfImmobile : 1,
  );
  const edges = lengthBins(lengths);
  const strata = edges.map(() => ({ immobile: [], noise: [], motion: [] }) as Strata);
  const scores = new Float64Array(classes);
  for (let i = 0; i < actual.length; i++) {
    setScores(probabilities, i, weights, scores);
    const bin = strata[binOf(edges, lengths[i])];
    const stratum = actual[i] === immobile ? bin.immobile : noise[i] ? bin.noise : bin.motion;
    stratum.push(scores[actual[i]]);
  }
  const bins = edges.map(({ from, to }, b): ThresholdBin => {
    const least = thresholds(strata[b], coverage);
    const of = (moving: number) =>
      weights.map((_, k) => (k === immobile ? least.immobile : moving));
    return { from, to, noise: of(least.noise), motion: of(least.motion) };
  });
  return { coverage, weights, bins };
}

/** Scores of the true classes of the tracks of a bin. */
interface Strata {
  readonly immobile: number[];
  readonly noise: number[];
  readonly motion: number[];
}

function thresholds(strata: Strata, coverage: number): Record<keyof Strata, number> {
  const { immobile } = strata;
  const moving = Float64Array.from([...strata.noise, ...strata.motion]).sort();
  // Too few of a kind have what all that move have.
  const apart = Math.min(strata.noise.length, strata.motion.length) >= tracksPerStratum;
  const noise = apart ? Float64Array.from(strata.noise).sort() : moving;
  const motion = apart ? Float64Array.from(strata.motion).sort() : moving;
  const still = Float64Array.from(immobile.length >= tracksPerStratum ? immobile : []).sort();
  const leastAt = (misses: number) => {
    const common = quantile(motion, misses);
    return {
      immobile: still.length > 0 ? quantile(still, misses) : common,
      noise: quantile(noise, apart ? missesInNoise * misses : misses),
      motion: common,
    };
  };
  const met = (least: Record<keyof Strata, number>) =>
    atLeast(immobile, least.immobile) +
    atLeast(strata.noise, least.noise) +
    atLeast(strata.motion, least.motion);
  const wanted = Math.min(1, coverage + margin) * (immobile.length + moving.length + 1);
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 30; halving++) {
    const middle = (low + high) / 2;
    if (met(leastAt(middle)) >= wanted) low = middle;
    else high = middle;
  }
  return leastAt(low);
}

/**
 * The score that a further one of the same law reaches with a probability of at least 1 − `misses`: the ⌊(n + 1) · misses⌋-th
 * smallest of n, and 0, which every score reaches, where that is none.
 *
 * @param sorted scores, the smallest first.
 *
 * @example
 * quantile(Float64Array.of(0.1, 0.2, 0.3, 0.4), 0.4) // 0.2: the second of four
 */
export function quantile(sorted: Float64Array, misses: number): number {
  const place = Math.floor((sorted.length + 1) * misses);
  return place < 1 ? 0 : sorted[Math.min(place, sorted.length) - 1];
}

const atLeast = (scores: readonly number[], least: number): number =>
  scores.reduce((count, score) => count + (score >= least ? 1 : 0), 0);

/** Bins of length with equally many tracks each, as far as lengths differ. */
function lengthBins(lengths: ArrayLike<number>): { from: number; to: number }[] {
  const sorted = Float64Array.from(lengths).sort();
  const parts = Math.max(1, Math.floor(sorted.length / tracksPerBin));
  const edges = [sorted[0]];
  let before = 0;
  for (let k = 1; k < parts; k++) {
    const edge = sorted[Math.round((k * sorted.length) / parts)];
    const place = sorted.indexOf(edge);
    // A length that many tracks have would leave a bin with few.
    if (place - before < tracksPerBin / 2 || sorted.length - place < tracksPerBin / 2) continue;
    edges.push(edge);
    before = place;
  }
  const end = sorted[sorted.length - 1] + 1;
  return edges.map((from, k) => ({ from, to: edges[k + 1] ?? end }));
}
