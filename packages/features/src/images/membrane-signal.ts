import type { Region } from './image.ts';

/**
 * How much the intensity varies across a membrane, compared to how much it varies along it: the variance between the means of
 * layers of one pixel, from the edge of a region through the membrane and as far again beneath it, over the mean variance within a
 * layer. Both are weighted by pixels, so that they add up to the variance of all of them. NaN where there are less than two layers or nothing varies along them.
 *
 * @param depths distance of each pixel to what is outside.
 * @param thickness of the membrane in pixels.
 */
export function membraneSignal(region: Region, depths: Float64Array, thickness: number): number {
  const counts = new Float64Array(Math.ceil(2 * thickness));
  const sums = new Float64Array(counts.length);
  const layerOf = (i: number): number => Math.floor(depths[i] - 0.5);
  let [count, sum] = [0, 0];
  for (let i = 0; i < region.count; i++) {
    const layer = layerOf(i);
    if (layer >= counts.length) continue;
    counts[layer]++;
    sums[layer] += region.values[i];
    count++;
    sum += region.values[i];
  }
  let [across, along] = [0, 0];
  for (let layer = 0; layer < counts.length; layer++) {
    if (counts[layer] > 0)
      across += counts[layer] * (sums[layer] / counts[layer] - sum / count) ** 2;
  }
  for (let i = 0; i < region.count; i++) {
    const layer = layerOf(i);
    if (layer < counts.length) along += (region.values[i] - sums[layer] / counts[layer]) ** 2;
  }
  const layers = counts.reduce((seen, n) => seen + (n > 0 ? 1 : 0), 0);
  return layers > 1 && along > 0 ? across / along : Number.NaN;
}
