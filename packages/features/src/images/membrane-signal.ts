import type { Region } from './image.ts';

/** Signal to noise of a membrane, the layer below the edge of a region. */
export interface MembraneSignal {
  /** |mean of membrane − mean of interior| over the standard deviation of the interior: how it stands out. */
  readonly across: number;
  /** The same difference over the standard deviation of the membrane: how even it is along its way. */
  readonly along: number;
}

/** Membrane: pixels no deeper than `thickness`; interior: the deeper ones. NaN where one of them is empty or even. */
export function membraneSignal(
  region: Region,
  depths: Float64Array,
  thickness: number,
): MembraneSignal {
  const membrane = spread(region.values.filter((_, i) => depths[i] <= thickness));
  const interior = spread(region.values.filter((_, i) => depths[i] > thickness));
  const contrast = Math.abs(membrane.mean - interior.mean);
  return {
    across: interior.deviation > 0 ? contrast / interior.deviation : Number.NaN,
    along: membrane.deviation > 0 ? contrast / membrane.deviation : Number.NaN,
  };
}

function spread(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}
