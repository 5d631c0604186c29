import type { Dim, Track } from '@diffusion/tracks';
import { contextOf, type TrackContext } from './context.ts';

/**
 * What a feature is on a track with missing frames.
 * - `by lag`: made of displacements over exactly k frames, or their likelihood, so that missing frames leave its
 *   expectation as it is, up to the bias that any nonlinear function of fewer points has;
 * - `positions`: computed from the points that are there; an extreme value over fewer points is somewhat smaller;
 * - `undefined`: NaN, since its formula needs every frame or grows with their number.
 */
export type GapBehaviour = 'by lag' | 'positions' | 'undefined';

/** What there is to know of a feature. Every feature is invariant under translation. */
export interface FeatureDescription {
  readonly name: string;
  /** Section of the feature table: what kind of quantity it is. */
  readonly section: string;
  /** What it measures, in a line. */
  readonly summary: string;
  readonly formula: string;
  /** Range of the values, and where they are undefined (NaN) beside tracks that are too short. */
  readonly range: string;
  /** Fewest points for which it is defined. */
  readonly minLength: number;
  /** Numbers of dimensions for which it is defined. */
  readonly dims: readonly Dim[];
  readonly invariances: {
    /** Rotations and reflections leave it unchanged. */
    readonly rotation: boolean;
    /** Scaling the positions by c multiplies it by c to this power. */
    readonly scale: number;
    /** Time reversal leaves it unchanged. */
    readonly reversal: boolean;
    /** Scaling dt by c multiplies it by c to this power; '-alpha': to minus the exponent fitted beside it. */
    readonly time: number | '-alpha';
  };
  readonly gaps: GapBehaviour;
  readonly source: string;
}

/** A feature: a function of one track, with its description. */
export interface Feature {
  (track: Track | TrackContext): number;
  readonly about: FeatureDescription;
}

/**
 * Makes a feature of its description and its formula. The result is NaN where the description says that the feature is
 * not defined (length, dimension, gaps) and wherever the formula gives no finite number.
 */
export function feature(
  about: FeatureDescription,
  formula: (context: TrackContext) => number,
): Feature {
  const compute = (track: Track | TrackContext): number => {
    const context = contextOf(track);
    if (context.length < about.minLength || !about.dims.includes(context.dim)) return Number.NaN;
    if (context.frames && about.gaps === 'undefined') return Number.NaN;
    const value = formula(context);
    return Number.isFinite(value) ? value : Number.NaN;
  };
  Object.defineProperty(compute, 'name', { value: about.name });
  return Object.assign(compute, { about });
}
