import { andi2 } from './andi2/andi2.ts';
import { andi2020 } from './andi2020/andi2020.ts';
import { checkChoice } from './check.ts';
import { ParameterError } from './errors.ts';
import type { DataSet } from './sets/data-set.ts';
import { gajowczyk2021 } from './sets/gajowczyk2021.ts';
import { mixture } from './sets/mixture.ts';
import { readFields } from './sets/specification.ts';

/** Fields of each preset besides `preset`, and how to make it. */
const PRESETS = {
  andi2020: {
    fields: ['task', 'dim', 'count', 'seed', 'length', 'noisePer'],
    make: (fields: Fields) => andi2020(fields as unknown as Parameters<typeof andi2020>[0]),
  },
  andi2: {
    fields: ['model', 'count', 'seed', 'fields', 'sigma', 'experiment'],
    make: (fields: Fields) => andi2(fields as unknown as Parameters<typeof andi2>[0]),
  },
  gajowczyk2021: {
    fields: ['count', 'seed'],
    make: (fields: Fields) =>
      gajowczyk2021(fields as unknown as Parameters<typeof gajowczyk2021>[0]),
  },
} as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The data set of a specification that is plain JSON: a preset (`{ "preset": "andi2020", "task": 1, "dim": 2,
 * "count": 1000, "seed": 1 }`, `{ "preset": "gajowczyk2021", … }`) or one's own mixture, a {@link
 * MixtureSpecification}.
 *
 * Throws a ParameterError that names the path of the wrong field, such as `classes[1].parameters.alpha`.
 *
 * @example
 * const set = dataSet({
 *   count: 1000, seed: 1, dim: 2, length: { min: 50, max: 200 }, dt: 0.02, positionUnit: 'µm', timeUnit: 's',
 *   noise: { sigma: 0.03 },
 *   classes: [
 *     { model: 'brownian', label: 'free', parameters: { D: { min: 0.1, max: 1 } } },
 *     { model: 'immobile', share: 0.5 },
 *   ],
 * });
 */
export function dataSet(specification: unknown): DataSet {
  if (typeof specification !== 'object' || specification === null || Array.isArray(specification)) {
    throw new ParameterError('specification', specification, 'an object');
  }
  const { preset, ...fields } = specification as Fields;
  if (preset === undefined) return mixture(specification);
  const name = checkChoice('preset', preset, Object.keys(PRESETS)) as keyof typeof PRESETS;
  return PRESETS[name].make(readFields('', fields, PRESETS[name].fields));
}
