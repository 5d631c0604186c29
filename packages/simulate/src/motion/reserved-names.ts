import { MEASUREMENT_FIELDS } from '../measure/measurement.ts';

/** Fields of a measurement that are options of `simulate` as they are: it has the noise as `sigma`, `snr` or `q`. */
export const MEASURED_OPTIONS = MEASUREMENT_FIELDS.filter((name) => name !== 'noise');

/** Options of `simulate` beside the parameters of the model. */
export const SIMULATE_OPTIONS: readonly string[] = [
  'model',
  'count',
  'length',
  'dim',
  'seed',
  'dt',
  'positionUnit',
  'timeUnit',
  'sigma',
  'snr',
  'q',
  'noisePer',
  ...MEASURED_OPTIONS,
];

/** True for a name that a parameter of a model cannot have: an option of `simulate` or another column of the tracks. */
export function isReserved(name: string): boolean {
  return (
    SIMULATE_OPTIONS.includes(name) ||
    ['track', 'label', 'file', 'noise', 'classes'].includes(name) ||
    /^(sigma|drift)_[xyz]$/.test(name)
  );
}
