import type { SpecificationWithout } from '@diffusion/simulate';
import type { OneLengthData, SimulatedData } from './recipe.ts';

/**
 * The data sets of a recipe, each with the lengths that the recipe says for all of them, if it says any: what `dataSetFrom` of
 * `@diffusion/simulate` takes beside a count and a seed.
 *
 * @example
 * const [set] = dataSetsOf({ dataSets: [{ preset: 'motion', dim: 2 }], tracksPerEpoch: 1000 });
 * const tracks = dataSetFrom({ ...set, count: 10, seed: 1 }).generate();
 */
export const dataSetsOf = (
  data: SimulatedData | OneLengthData,
): SpecificationWithout<'count' | 'seed'>[] =>
  data.dataSets.map(
    (set) => ({ ...set, ...lengthOf(data) }) as SpecificationWithout<'count' | 'seed'>,
  );

/** The range alone: by which law a source draws from it is nothing that a data set knows. */
export const lengthOf = (
  data: SimulatedData | OneLengthData,
): { readonly length?: { readonly min: number; readonly max: number } } =>
  'length' in data ? { length: { min: data.length.min, max: data.length.max } } : {};
