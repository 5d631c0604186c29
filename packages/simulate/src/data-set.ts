import { andi2 } from './andi2/andi2.ts';
import { andi2Tracks } from './andi2/andi2-tracks.ts';
import { andi2020 } from './andi2020/andi2020.ts';
import { checkChoice } from './check.ts';
import { ParameterError } from './errors.ts';
import { changePoint } from './point-labels/change-point.ts';
import { motionSegments } from './point-labels/motion-segments.ts';
import { motion } from './prior/motion.ts';
import { gajowczyk2021 } from './sets/gajowczyk2021.ts';
import type { DataSet } from './sets/make-data-set.ts';
import { mixture } from './sets/mixture.ts';
import type { Specification } from './sets/specification.ts';

/** How each preset is made of its options, which it checks. */
const PRESETS: Readonly<Record<string, (options: never) => DataSet>> = {
  andi2020,
  andi2,
  'andi2-tracks': andi2Tracks,
  'change-point': changePoint,
  gajowczyk2021,
  motion,
  'motion-segments': motionSegments,
};

/**
 * The data set of a specification: a preset (`{ preset: 'andi2020', task: 1, dim: 2, count: 1000, seed: 1 }`, `{ preset:
 * 'gajowczyk2021', … }`, `{ preset: 'motion', … }`) or a mixture of one's own, a {@link MixtureSpecification}, whose classes are models of motion,
 * built-in ones by name and those of one's own.
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
export function dataSet(specification: Specification): DataSet {
  return dataSetFrom(specification);
}

/**
 * The same for what no compiler has seen, such as a file: everything is checked here.
 *
 * Throws as {@link dataSet} does.
 *
 * @example
 * dataSetFrom(JSON.parse('{ "preset": "gajowczyk2021", "count": 4, "seed": 1 }')).generate();
 */
export function dataSetFrom(specification: unknown): DataSet {
  if (typeof specification !== 'object' || specification === null || Array.isArray(specification)) {
    throw new ParameterError('specification', specification, 'an object');
  }
  const { preset, ...options } = specification as Readonly<Record<string, unknown>>;
  if (preset === undefined) return mixture(options);
  const name = checkChoice('preset', preset, Object.keys(PRESETS)) as string;
  return PRESETS[name](options as never);
}
