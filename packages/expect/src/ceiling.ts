import type { TrackModel } from '@diffusion/models';
import type { MotionPrior } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import { ExpectError } from './errors.ts';
import {
  exactPosterior,
  type GaussianPrior,
  gaussianClasses,
  gaussianPrior,
} from './exact/exact-posterior.ts';
import { framesOf, make } from './making.ts';
import { type Ranged, share95 } from './ranged.ts';
import type { Rows } from './rows.ts';

/** How often the exact posterior is right, and the model, on the same simulated tracks. */
export interface Ceiling {
  /** Simulated tracks that both judged. */
  readonly tracks: number;
  /** Share of the tracks of these classes that are too long to be asked. */
  readonly left: number;
  readonly exact: Ranged;
  readonly model: Ranged;
  readonly classes: readonly {
    readonly name: string;
    readonly tracks: number;
    readonly exact: Ranged;
    readonly model: Ranged;
  }[];
}

/** Sets of tracks that share their frames, and tracks in each: what their likelihood costs is for each set. */
const SETS = 10;
const PER_SET = 30;
/** The longest tracks whose covariance is taken apart, without gaps and with. */
const LONGEST = 200;
const LONGEST_WITH_GAPS = 100;
const LEVEL = 1;
const EXPOSURES = [0, 0.5, 1];

/** What the exact posterior knows nothing of. */
const PLAIN = { variation: 0, xy: 1, drift: 0 } as const;

/** What of the prior is integrated over; undefined where it has another form. */
function gaussianOf(prior: MotionPrior): GaussianPrior | undefined {
  try {
    return gaussianPrior(prior);
  } catch (error) {
    if (error instanceof ExpectError) return undefined;
    throw error;
  }
}

/**
 * The exact posterior under the prior, of the classes immobile, Brownian, directed and subdiffusive, on tracks like those of the file:
 * no classifier is right more often on tracks of that prior. They are made again without what it knows nothing of (an error
 * that varies or differs between the axes, drift, pixels), with a known exposure, in sets of about the same length that share the frames of one of
 * them; the model's answer is the most probable of the four. Undefined where the model lacks one of them, the prior has another form, or no track
 * of them is short enough.
 */
export async function ceilingOn(
  file: Tracks,
  model: TrackModel,
  rows: Rows,
  {
    classes,
    prior,
    exposure,
    seed,
  }: {
    readonly classes: readonly string[];
    readonly prior: MotionPrior;
    readonly exposure: number | undefined;
    readonly seed: number;
  },
): Promise<Ceiling | undefined> {
  const places = gaussianClasses.map((name) => classes.indexOf(name));
  const gaussian = gaussianOf(prior);
  if (!gaussian || places.includes(-1)) return undefined;
  const all = Array.from({ length: rows.truth.length }, (_, r) => r).filter(
    (r) => places.includes(rows.truth[r]) && file.lengthOf(rows.like[r]) > 3,
  );
  const asked = all
    .filter((r) => {
      const frames = framesOf(file, rows.like[r]);
      const gaps = frames[frames.length - 1] >= frames.length;
      return frames.length <= (gaps ? LONGEST_WITH_GAPS : LONGEST);
    })
    .sort((a, b) => file.lengthOf(rows.like[a]) - file.lengthOf(rows.like[b]) || a - b);
  const hits = gaussianClasses.map(() => ({ tracks: 0, exact: 0, model: 0 }));
  const sets = Math.min(SETS, Math.ceil(asked.length / PER_SET));
  for (let s = 0; s < sets; s++) {
    const own = asked.slice(
      Math.floor((s * asked.length) / sets),
      Math.floor(((s + 1) * asked.length) / sets),
    );
    const every = Math.max(1, own.length / PER_SET);
    const chosen = Array.from(
      { length: Math.floor(own.length / every) },
      (_, k) => own[Math.floor(k * every)],
    );
    const pattern = rows.like[own[own.length >> 1]];
    const known = exposure ?? EXPOSURES[s % EXPOSURES.length];
    const { tracks } = make(
      prior,
      // Of a scale in the middle of the prior's, whatever the unit of the file.
      chosen.map((r) => ({
        ...{ ...rows.orders[r], ...PLAIN, exposure: known },
        scale: Math.sqrt(gaussian.scale.min * gaussian.scale.max),
      })),
      file,
      chosen.map(() => pattern),
      { seed: seed + s },
    );
    const { probabilities, reasons } = await model.predict(tracks);
    const frames = framesOf(file, pattern);
    const exact = exactPosterior({ tracks, frames, exposure: known }, gaussian).level(LEVEL);
    chosen.forEach((r, k) => {
      if (reasons[k] || !probabilities) return;
      const truth = places.indexOf(rows.truth[r]);
      const four = places.map((c) => probabilities[k * classes.length + c]);
      const best = Array.from(exact.subarray(k * places.length, (k + 1) * places.length));
      hits[truth].tracks++;
      if (four.indexOf(Math.max(...four)) === truth) hits[truth].model++;
      if (best.indexOf(Math.max(...best)) === truth) hits[truth].exact++;
    });
  }
  const total = (name: 'tracks' | 'exact' | 'model') => hits.reduce((sum, of) => sum + of[name], 0);
  if (total('tracks') === 0) return undefined;
  return {
    tracks: total('tracks'),
    left: 1 - asked.length / all.length,
    exact: share95(total('exact'), total('tracks')),
    model: share95(total('model'), total('tracks')),
    classes: hits.map(({ tracks, exact, model: ofModel }, k) => ({
      name: gaussianClasses[k],
      tracks,
      exact: share95(exact, tracks),
      model: share95(ofModel, tracks),
    })),
  };
}
