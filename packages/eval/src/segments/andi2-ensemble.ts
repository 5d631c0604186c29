/** A state that the particles of an experiment share, as the ensemble task of the second AnDi challenge asks for it. */
export interface EnsembleState {
  /** Mean and variance of α over the particles. */
  readonly alpha: readonly [mean: number, variance: number];
  /** … and of K. */
  readonly diffusion: readonly [mean: number, variance: number];
  /** Share of the time that is spent in it. */
  readonly share: number;
}

/**
 * `ensemble_labels.txt` of an experiment: a column per state, rows mean and variance of α, mean and variance of K, share.
 *
 * @param model the experiment's model, if it is known; the program that scores does not read it.
 * @example
 * andi2EnsembleText([{ alpha: [1, 0.01], diffusion: [0.5, 0.02], share: 1 }]).split('\n').length // 7
 */
export function andi2EnsembleText(states: readonly EnsembleState[], model = 'unknown'): string {
  const rows = [
    states.map(({ alpha: [mean] }) => mean),
    states.map(({ alpha: [, variance] }) => variance),
    states.map(({ diffusion: [mean] }) => mean),
    states.map(({ diffusion: [, variance] }) => variance),
    states.map(({ share }) => share),
  ];
  const lines = rows.map((row) => row.map((value) => Number(value.toPrecision(7))).join(';'));
  return `${[`model: ${model}; num_state: ${states.length} `, ...lines].join('\n')}\n`;
}
