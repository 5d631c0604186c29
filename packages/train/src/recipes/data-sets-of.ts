import { type DataSet, dataSetFrom } from '@diffusion/simulate';
import type { OneLengthData, SimulatedData } from './recipe.ts';

/**
 * The data sets that a recipe says, of so many tracks each; where it says lengths, of those.
 *
 * Throws the errors of `@diffusion/simulate` for a data set that there is not.
 *
 * @param seedOf the seed of the data set with that place in the list.
 *
 * @example
 * const [{ lengths, dim }] = dataSetsOf(recipe.data, 1, () => recipe.seed);
 */
export const dataSetsOf = (
  data: SimulatedData | OneLengthData,
  count: number,
  seedOf: (place: number) => number,
): DataSet[] =>
  data.dataSets.map((set, k) => dataSetFrom({ ...set, ...lengthOf(data), count, seed: seedOf(k) }));

/** The range alone: by which law a source draws from it is nothing that a data set knows. */
export const lengthOf = (data: SimulatedData | OneLengthData) =>
  'length' in data ? { length: { min: data.length.min, max: data.length.max } } : {};
