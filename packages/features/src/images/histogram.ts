import type { Region } from './image.ts';

/**
 * Share of the pixels of a region in each of `bins` bins of intensity from `low` to `high`; what lies outside counts in
 * the first or last bin.
 */
export function histogram(region: Region, bins: number, low: number, high: number): Float64Array {
  const shares = new Float64Array(bins);
  for (const value of region.values) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    shares[Math.min(bins - 1, Math.max(0, bin))] += 1 / region.count;
  }
  return shares;
}
