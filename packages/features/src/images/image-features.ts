import { checkOptions } from '@diffusion/tracks/messages';
import { FeaturesError } from '../errors.ts';
import { histogram } from './histogram.ts';
import { type MaskedImage, regionOf } from './image.ts';
import { membraneSignal } from './membrane-signal.ts';
import { depthsOf, edgeProfile, radialProfile } from './profiles.ts';
import { segmentationVariance } from './segmentation-variance.ts';
import { centralMoment, circularity, diameter } from './shape.ts';

/** Options of {@link imageFeatures}. */
export interface ImageFeatureOptions {
  /** Bins of the radial and of the edge density profile; default 8. */
  readonly profileBins?: number;
  /** Intensities between which the histogram's 32 bins lie; default 0 to 1. */
  readonly range?: readonly [low: number, high: number];
  /** Thickness of the membrane in pixels; default 3. */
  readonly membrane?: number;
}

/** Bins of the histogram. */
const HISTOGRAM_BINS = 32;

/**
 * Features of one image of a liposome for a support vector machine, as Gryshkevych (2016), section 3, describes them. Lengths are
 * in pixels. All are NaN when the mask is empty.
 *
 * - `area`; `circularity`, 4π area/perimeter²;
 * - `mu20`, `mu02`, `mu30`, `mu03`: central moments of the intensities (Hu 1962);
 * - `diameter`: the longest axis; `maximumWidth`: the largest value of the distance transform of the mask, half of the width
 *   where the object is widest;
 * - `membraneSignal`: variance across the membrane over that along it;
 * - `segmentationVariance`: the thesis names an "internal segmentation variance" (section 8.4), which its data did not have, and
 *   does not say what it is; this one is ours, see `segmentationVariance`;
 * - `radial0` …, `edge0` …: radial and edge density profile; `histogram0` … `histogram31`.
 *
 * Throws {@link FeaturesError} when arrays and sizes do not fit.
 *
 * @example
 * const { area, circularity, histogram0 } = imageFeatures({ pixels, height: 28, width: 28, mask });
 */
export function imageFeatures(
  image: MaskedImage,
  options: ImageFeatureOptions = {},
): Record<string, number> {
  checkOptions<ImageFeatureOptions>(
    'imageFeatures',
    options,
    { profileBins: true, range: true, membrane: true },
    FeaturesError,
  );
  const { profileBins = 8, range = [0, 1], membrane = 3 } = options;
  if (!(Number.isInteger(profileBins) && profileBins > 0)) {
    throw new FeaturesError(`profileBins is ${profileBins}: expected a positive integer`);
  }
  if (!(range[0] < range[1])) {
    throw new FeaturesError(`range is ${range.join(' to ')}: expected the lower end first`);
  }
  const region = regionOf(image);
  const depths = depthsOf(region, image);
  const columns: Record<string, number> = {
    area: region.count,
    circularity: circularity(region, image),
    mu20: centralMoment(region, 2, 0),
    mu02: centralMoment(region, 0, 2),
    mu30: centralMoment(region, 3, 0),
    mu03: centralMoment(region, 0, 3),
    diameter: diameter(region),
    maximumWidth: depths.reduce((most, depth) => Math.max(most, depth), 0),
    membraneSignal: membraneSignal(region, depths, membrane),
    segmentationVariance: segmentationVariance(region, depths, membrane),
  };
  const add = (name: string, values: Float64Array): void => {
    values.forEach((value, i) => {
      columns[`${name}${i}`] = value;
    });
  };
  add('radial', radialProfile(region, profileBins));
  add('edge', edgeProfile(depths, region, profileBins));
  add('histogram', histogram(region, HISTOGRAM_BINS, range[0], range[1]));
  if (region.count === 0) for (const name of Object.keys(columns)) columns[name] = Number.NaN;
  return columns;
}
