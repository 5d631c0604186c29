/** Options of `simulate` beside the parameters of the model. */
export const SIMULATE_OPTIONS = [
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
  'blur',
  'drift',
  'fieldOfView',
  'missed',
  'blinking',
  'quantization',
] as const;

/** True for a name that a parameter of a model cannot have: an option of `simulate` or another column of the tracks. */
export function isReserved(name: string): boolean {
  return (
    (SIMULATE_OPTIONS as readonly string[]).includes(name) ||
    ['track', 'label', 'file', 'noise', 'classes'].includes(name) ||
    /^(sigma|drift)_[xyz]$/.test(name)
  );
}
