import type { Dim } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { featureNamed } from './catalogue.ts';
import type { TrackContext } from './context.ts';
import { FeaturesError } from './errors.ts';
import { type Feature, type FeatureDescription, featureOf, type GapBehaviour } from './feature.ts';

/** What {@link defineFeature} is told: the description of a feature, and how it is computed. */
export interface FeatureDeclaration<Name extends string = string>
  extends Partial<Omit<FeatureDescription<Name>, 'section'>> {
  /** Name of the column: a letter, then letters, digits, `_`, `-` or `.`; none of the catalogue. */
  readonly name: Name;
  readonly meaning: string;
  /**
   * The value for one track; what is not finite becomes NaN. Its arrays are those that all features of the track read:
   * copy them before changing them. The features of the catalogue and the estimators take the context as well.
   */
  readonly compute: (context: TrackContext) => number;
  /** Default '1': free of units, as a feature should be that models judge tracks of other units by. */
  readonly unit?: string;
  /** Default 'any'. */
  readonly range?: string;
  /** Default 1. */
  readonly minPoints?: number;
  /** Default 1, 2 and 3. */
  readonly dims?: readonly Dim[];
  /** Default 'undefined': NaN on tracks with gaps, until you say what the formula makes of them. */
  readonly gaps?: GapBehaviour;
  /** Default ''. */
  readonly formula?: string;
  /** Default ''. */
  readonly source?: string;
}

/**
 * A feature of one's own. It stands where the name of a feature of the catalogue can stand: in `features`, as what a
 * classical model learns from, as what a network sees beside the track. It is a function of one track as well.
 *
 * Throws {@link FeaturesError} for a name that the catalogue has, and for a declaration that is not one.
 *
 * @example
 * const steadiness = defineFeature({
 *   name: 'steadiness',
 *   meaning: 'Share of the steps that go on along x.',
 *   range: '[0, 1]',
 *   minPoints: 2,
 *   gaps: 'positions',
 *   compute: ({ axes: [x], length }) => x.filter((value, i) => i > 0 && value > x[i - 1]).length / (length - 1),
 * });
 * const columns = features(tracks, { names: ['alpha', steadiness] });
 */
export function defineFeature<const Name extends string>(
  declaration: FeatureDeclaration<Name>,
): Feature<Name> {
  checkOptions<FeatureDeclaration>('defineFeature', declaration, KNOWN, FeaturesError);
  const { compute, ...given } = declaration;
  const about: FeatureDescription<Name> = {
    section: 'own',
    formula: '',
    unit: '1',
    range: 'any',
    minPoints: 1,
    dims: [1, 2, 3],
    gaps: 'undefined',
    source: '',
    ...given,
  };
  checkDeclaration(about, compute);
  return featureOf(about, (context) => numberOf(about.name, compute(context)));
}

const KNOWN = {
  name: true,
  meaning: true,
  unit: true,
  formula: true,
  range: true,
  minPoints: true,
  dims: true,
  gaps: true,
  source: true,
  compute: true,
} as const;

function checkDeclaration(about: FeatureDescription, compute: unknown): void {
  const { name, meaning, minPoints, dims, gaps } = about;
  if (typeof name !== 'string' || !/^\p{L}[\p{L}\d_.-]*$/u.test(name)) {
    throw new FeaturesError(
      `name is ${JSON.stringify(name)}: expected a letter, then letters, digits, _, - or .`,
    );
  }
  if (featureNamed(name)) {
    throw new FeaturesError(
      `name is '${name}': the catalogue has a feature of that name, expected another one`,
    );
  }
  const wrong = (what: string, value: unknown, expected: string): never => {
    throw new FeaturesError(`${what} of feature '${name}' is ${value}: expected ${expected}`);
  };
  if (typeof meaning !== 'string' || meaning === '') {
    wrong('meaning', JSON.stringify(meaning), 'a line that says what it measures');
  }
  if (typeof compute !== 'function') wrong('compute', compute, 'a function of a track');
  if (!(Number.isInteger(minPoints) && minPoints >= 1)) {
    wrong('minPoints', minPoints, 'an integer of at least 1');
  }
  if (!(Array.isArray(dims) && dims.length > 0 && dims.every((d) => [1, 2, 3].includes(d)))) {
    wrong('dims', JSON.stringify(dims), 'some of 1, 2 and 3');
  }
  if (!['by lag', 'positions', 'undefined'].includes(gaps)) {
    wrong('gaps', `'${gaps}'`, "'by lag', 'positions' or 'undefined'");
  }
}

/** A formula that forgets to return, or is a promise, would be NaN on every track. */
function numberOf(name: string, value: number): number {
  if (typeof value === 'number') return value;
  throw new FeaturesError(`feature '${name}' gave ${String(value)}: expected a number`);
}
