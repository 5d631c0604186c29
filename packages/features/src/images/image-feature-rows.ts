import type { Images } from '@diffusion/tracks';
import { nearestName } from '@diffusion/tracks/messages';
import { FeaturesError } from '../errors.ts';
import { type ImageFeatureOptions, imageFeatures } from './image-features.ts';

/**
 * What the support vector machine of Gryshkevych (2016) sees of an image, section 8.4: `edge` and `histogram` stand for all of
 * their bins.
 */
export const liposomeFeatureNames = [
  'area',
  'circularity',
  'mu20',
  'mu02',
  'mu30',
  'mu03',
  'edge',
  'histogram',
  'segmentationVariance',
] as const;

/** Options of {@link imageFeatureRows}. */
export interface ImageFeatureRowsOptions extends ImageFeatureOptions {
  /** Features, or `radial`, `edge` and `histogram` for all of their bins; {@link liposomeFeatureNames} unless told. */
  readonly names?: readonly string[];
}

/** Features of images: a row per image, and what its numbers are. */
export interface ImageFeatureRows {
  readonly names: readonly string[];
  readonly rows: readonly Float64Array[];
}

/**
 * Rows of the features of images, inside their masks where they have some, as `fitSvm` and the other classifiers take them: NaN
 * is a feature that is undefined. The histogram lies between 0 and 1, of images of integers between 0 and 255, unless told.
 *
 * Throws {@link FeaturesError} for a name that is none, and for pixels that are not finite.
 *
 * @example
 * const { rows } = imageFeatureRows(images);
 * const svm = fitSvm(rows, images.labels.codes, { classWeights: 'balanced' });
 */
export function imageFeatureRows(
  images: Images,
  { names: chosen = liposomeFeatureNames, ...given }: ImageFeatureRowsOptions = {},
): ImageFeatureRows {
  const options: ImageFeatureOptions = {
    range: images.pixels instanceof Uint8Array ? [0, 255] : [0, 1],
    ...given,
  };
  const { height, width } = images;
  const known = Object.keys(
    imageFeatures({ pixels: new Float32Array(1), height: 1, width: 1 }, options),
  );
  const familyOf = (name: string) => name.replace(/^(radial|edge|histogram)\d+$/, '$1');
  const names = chosen.flatMap((name) => {
    const found = known.includes(name) ? [name] : known.filter((each) => familyOf(each) === name);
    if (found.length > 0) return found;
    const near = nearestName(name, [...known.map(familyOf), ...known]);
    throw new FeaturesError(
      `names has "${name}": expected a feature of images${near ? `; did you mean ${near}?` : ''}`,
    );
  });
  const rows = Array.from(images, ({ pixels, mask }) => {
    const found = imageFeatures({ pixels, height, width, mask }, options);
    return Float64Array.from(names, (name) => found[name]);
  });
  return { names, rows };
}
