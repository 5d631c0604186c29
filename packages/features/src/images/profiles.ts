import type { MaskedImage, Region } from './image.ts';

/**
 * Radial density profile: mean intensity against the distance from the centroid, in `bins` rings of equal width from 0 to
 * the farthest pixel. NaN for a ring without pixels.
 */
export function radialProfile(region: Region, bins: number): Float64Array {
  const distances = Float64Array.from(region.x, (x, i) =>
    Math.hypot(x - region.centreX, region.y[i] - region.centreY),
  );
  const farthest = distances.reduce((a, b) => Math.max(a, b), 0) || 1;
  return meanBy(
    region,
    (i) => Math.min(bins - 1, Math.floor((distances[i] / farthest) * bins)),
    bins,
  );
}

/**
 * Edge density profile: mean intensity against the depth below the edge, `bins` layers of one pixel from the edge
 * inwards. NaN for a layer without pixels.
 */
export function edgeProfile(depths: Float64Array, region: Region, bins: number): Float64Array {
  return meanBy(region, (i) => Math.floor(depths[i] - 0.5), bins);
}

/**
 * Depth of each pixel of a region: its distance to the nearest pixel that is not part of it, at least 1. What lies outside
 * the image is not part of it. Exact Euclidean distances, by rows and then columns.
 */
export function depthsOf(region: Region, { height, width }: MaskedImage): Float64Array {
  const { inside } = region;
  // Distance along the row to the nearest pixel outside.
  const along = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    let run = 0;
    for (let x = 0; x < width; x++) {
      run = inside(x, y) ? run + 1 : 0;
      along[y * width + x] = run;
    }
    run = 0;
    for (let x = width - 1; x >= 0; x--) {
      run = inside(x, y) ? run + 1 : 0;
      along[y * width + x] = Math.min(along[y * width + x], run);
    }
  }
  return Float64Array.from(region.x, (x, i) => {
    const y = region.y[i];
    let least = along[y * width + x] ** 2;
    for (let dy = 1; dy * dy < least; dy++) {
      for (const row of [y - dy, y + dy]) {
        const across = row < 0 || row >= height ? 0 : along[row * width + x];
        least = Math.min(least, across * across + dy * dy);
      }
    }
    return Math.sqrt(least);
  });
}

function meanBy(region: Region, binOf: (i: number) => number, bins: number): Float64Array {
  const sums = new Float64Array(bins);
  const counts = new Float64Array(bins);
  for (let i = 0; i < region.count; i++) {
    const bin = binOf(i);
    if (bin >= bins) continue;
    sums[bin] += region.values[i];
    counts[bin]++;
  }
  return sums.map((sum, bin) => sum / counts[bin]);
}
