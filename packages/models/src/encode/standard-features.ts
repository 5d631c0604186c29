import { type Feature, type FeatureChoice, featureNamed, features } from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';
import { checkTracks, shown } from '@diffusion/tracks/messages';
import { ModelError } from '../errors.ts';
import { featureNameOf, featuresOfCard } from '../own-features.ts';
import type { EncoderRequest, EncoderSpecification, StandardFeature } from './specification.ts';

/** Standard values further out than this are taken as this: a network is not shown what it cannot have learnt. */
const bound = 5;

/**
 * Features with the mean and deviation that they have over tracks; undefined values are left out.
 *
 * Throws {@link ModelError} for what is no list of features or no set of tracks, `FeaturesError` for a name that does not
 * exist.
 *
 * @param chosen names of the catalogue of `@diffusion/features`, and features of one's own; choose features free of units.
 *
 * @example
 * encoder({ kind: 'motion', dim: 2, length: 600, features: standardFeatures(tracks, ['alpha', own]) });
 */
export function standardFeatures(
  tracks: Tracks,
  chosen: readonly FeatureChoice[],
): StandardFeature[] {
  checkTracks(tracks, ModelError);
  if (!Array.isArray(chosen)) {
    throw new ModelError(`features is ${shown(chosen)}: expected a list of features`);
  }
  const values: Readonly<Record<string, Float64Array>> = features(tracks, { names: chosen });
  return chosen.map((choice) => {
    const name = featureNameOf(choice);
    const known = values[name].filter(Number.isFinite);
    const mean = known.reduce((sum, x) => sum + x, 0) / Math.max(1, known.length);
    const variance = known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, known.length);
    const deviation = variance > 0 ? Math.sqrt(variance) : 1;
    const own = typeof choice === 'string' || featureNamed(name) ? {} : { feature: choice };
    return { name, mean, deviation, ...own };
  });
}

/**
 * The specification that a request stands for: features that it only names get the mean and the deviation that they have
 * over tracks; those that have them keep them.
 *
 * Throws as {@link standardFeatures} does.
 *
 * @param tracks called where there is something to measure; tracks as a training shows them.
 *
 * @example
 * const request = { kind: 'flattened', dim: 2, length: 600, features: ['asymmetry', 'msdLag20'] };
 * const { features } = measuredEncoder(request, () => tracks);
 */
export function measuredEncoder(
  request: EncoderRequest,
  tracks: () => Tracks,
): EncoderSpecification {
  const { features: asked = [], ...specification } = request;
  if (!Array.isArray(asked)) {
    throw new ModelError(`features is ${shown(asked)}: expected a list of features`);
  }
  const isMeasured = (feature: unknown): feature is StandardFeature =>
    typeof feature === 'object' && feature !== null && 'mean' in feature;
  if (asked.every(isMeasured)) return request as EncoderSpecification;
  const named = asked.filter((feature) => !isMeasured(feature));
  const measured = standardFeatures(tracks(), named as FeatureChoice[]).values();
  const features = asked.map((feature) =>
    isMeasured(feature) ? feature : (measured.next().value as StandardFeature),
  );
  return { ...specification, features };
}

/**
 * Writes standard features of every track, undefined ones as 0, the mean.
 *
 * @param out rows of `stride` numbers; feature k of track i goes to out[i · stride + first + k].
 */
export function writeStandardFeatures(
  tracks: Tracks,
  standard: readonly StandardFeature[],
  out: Float32Array,
  stride: number,
  first: number,
): void {
  if (standard.length === 0) return;
  const values: Readonly<Record<string, Float64Array>> = features(tracks, {
    names: standard.map(itself),
  });
  standard.forEach(({ name, mean, deviation }, k) => {
    const column = values[name];
    for (let i = 0; i < tracks.count; i++) {
      const z = (column[i] - mean) / deviation;
      out[i * stride + first + k] = Number.isNaN(z) ? 0 : Math.max(-bound, Math.min(bound, z));
    }
  });
}

function itself({ name, feature = featureNamed(name) }: StandardFeature): Feature {
  if (feature) return feature;
  throw new ModelError(
    `encoder feature '${name}' is not of the catalogue: expected feature, the feature itself, beside it`,
  );
}

/**
 * The specification of a card with its features of one's own, of which a card has the names.
 *
 * Throws {@link ModelError} that names the feature that is neither of the catalogue nor among `own`.
 *
 * @param source where the card comes from, for messages.
 */
export function withOwnFeatures(
  specification: EncoderSpecification,
  own: readonly Feature[],
  source: string,
): EncoderSpecification {
  const { features: standard } = specification;
  if (!standard) return specification;
  const found = featuresOfCard(
    standard.map(({ name }) => name),
    own,
    source,
  );
  return {
    ...specification,
    features: standard.map((each, k) =>
      featureNamed(each.name) ? each : { ...each, feature: found[k] },
    ),
  };
}
