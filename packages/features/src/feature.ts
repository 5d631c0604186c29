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

/** What there is to know of a feature. */
export interface FeatureDescription<Name extends string = string> {
  readonly name: Name;
  /** Section of the feature table: what kind of quantity it is; `own` where it is not of the catalogue. */
  readonly section: string;
  /** What it measures, in a line. */
  readonly meaning: string;
  readonly formula: string;
  /** Unit of the values in terms of `length` and `time`, the units of the tracks; '1' without one. */
  readonly unit: string;
  /** Range of the values, and where they are undefined (NaN) beside tracks that are too short. */
  readonly range: string;
  /** Fewest points for which it is defined. */
  readonly minPoints: number;
  /** Numbers of dimensions for which it is defined. */
  readonly dims: readonly Dim[];
  readonly gaps: GapBehaviour;
  readonly source: string;
}

/** What leaves a feature of the catalogue unchanged, beside translation, and what scales it. */
export interface Invariances {
  /** Rotations and reflections leave it unchanged. */
  readonly rotation: boolean;
  /** Scaling the positions by c multiplies it by c to this power. */
  readonly scale: 0 | 1 | 2;
  /** Time reversal leaves it unchanged. */
  readonly reversal: boolean;
  /** Scaling dt by c multiplies it by c to this power; '-alpha': to minus the exponent fitted beside it. */
  readonly time: 0 | 1 | -1 | '-alpha';
}

/** What there is to know of a feature of the catalogue. */
export interface CatalogueEntry<Name extends string = string> extends FeatureDescription<Name> {
  readonly invariances: Invariances;
}

/** A feature: a function of one track, with its description. */
export interface Feature<Name extends string = string> {
  (track: Track | TrackContext): number;
  readonly about: FeatureDescription<Name>;
}

/** True for what this package takes as a feature: what `defineFeature` gives, or one of the catalogue. */
export function isFeature(value: unknown): value is Feature {
  return typeof value === 'function' && typeof (value as Partial<Feature>).about?.name === 'string';
}

/** A feature of the catalogue. */
export interface BuiltInFeature<Name extends string = string> extends Feature<Name> {
  readonly about: CatalogueEntry<Name>;
}

/** A feature of the catalogue; its unit follows from how it scales. */
export function feature<const Name extends string>({
  compute,
  ...about
}: Omit<CatalogueEntry<Name>, 'unit'> & {
  readonly compute: (context: TrackContext) => number;
}): BuiltInFeature<Name> {
  return featureOf({ ...about, unit: unitOf(about.invariances) }, compute);
}

/**
 * Makes a feature of its description and its formula. The result is NaN where the description says that the feature is
 * not defined (length, dimension, gaps) and wherever the formula gives no finite number.
 */
export function featureOf<About extends FeatureDescription>(
  about: About,
  formula: (context: TrackContext) => number,
): { (track: Track | TrackContext): number; readonly about: About } {
  const compute = (track: Track | TrackContext): number => {
    const context = contextOf(track);
    if (context.length < about.minPoints || !about.dims.includes(context.dim)) return Number.NaN;
    if (context.frames && about.gaps === 'undefined') return Number.NaN;
    const value = formula(context);
    return Number.isFinite(value) ? value : Number.NaN;
  };
  Object.defineProperty(compute, 'name', { value: about.name });
  return Object.assign(compute, { about });
}

function unitOf({ scale, time }: Invariances): string {
  const length = ['', 'length', 'length²'][scale];
  if (time === 0) return length || '1';
  if (time === 1) return `${length}${length && '·'}time`;
  return `${length || '1'}/${time === -1 ? 'time' : 'time^alpha'}`;
}
