import { type Images, makeReason, type Reason } from '@diffusion/tracks';

/** What a model of images has seen in training: what lies far outside is not judged in silence. */
export interface ImageDomain {
  /** Mean intensities of its images. */
  readonly intensity: Extent;
  /** Standard deviations of the intensities within an image. */
  readonly contrast: Extent;
}

interface Extent {
  readonly low: number;
  readonly high: number;
}

/** A number is far outside when it lies beyond those seen by more than this share of their extent, as of tracks. */
const margin = 0.25;

/**
 * What a model of images has seen, measured on those that it is trained on.
 *
 * @example
 * measureImageDomain(images).intensity // { low: 0.31, high: 0.58 }
 */
export function measureImageDomain(images: Images): ImageDomain {
  const all = Array.from(images, ({ pixels }) => momentsOf(pixels));
  const extent = (values: readonly number[]): Extent => ({
    low: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    high: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  });
  return {
    intensity: extent(all.map(({ intensity }) => intensity)),
    contrast: extent(all.map(({ contrast }) => contrast)),
  };
}

/** Why each image lies outside of what a model has seen; undefined for one that lies inside. */
export function outsideImageDomain(domain: ImageDomain, images: Images): (Reason | undefined)[] {
  return Array.from(images, ({ pixels }) => {
    const moments = momentsOf(pixels);
    for (const feature of ['intensity', 'contrast'] as const) {
      const { low, high } = domain[feature];
      const value = moments[feature];
      const tolerance = margin * (high - low);
      if (value >= low - tolerance && value <= high + tolerance) continue;
      return makeReason('farOutside', {
        feature,
        value: value.toPrecision(3),
        low: low.toPrecision(3),
        high: high.toPrecision(3),
      });
    }
    return undefined;
  });
}

/** Mean and standard deviation of the intensities of an image. */
function momentsOf(pixels: ArrayLike<number>): { intensity: number; contrast: number } {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < pixels.length; i++) sum += pixels[i];
  const intensity = sum / pixels.length;
  for (let i = 0; i < pixels.length; i++) squares += (pixels[i] - intensity) ** 2;
  return { intensity, contrast: Math.sqrt(squares / pixels.length) };
}
