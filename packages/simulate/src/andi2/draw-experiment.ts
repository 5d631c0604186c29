import type { Random } from '@diffusion/random';
import type { Andi2Model, Experiment, StateLaw } from './experiment.ts';

/** What all experiments of the challenge have: 50 particles for 200 frames in a box of 1.8 fields of 128 pixels. */
const COMMON = { particles: 50, frames: 200, dim: 2, boxSize: 1.8 * 128 } as const;

/**
 * Draws an experiment as the challenge does. Single state and traps: D 1 ± 0.1, mean α uniform on 0.5 … 1.5.
 * The others have a fast state, D about 1 and α uniform on 0.8 … 1.2, and a slow one, D 0.01 to 0.1 times
 * that and α lower by 0.2 to 0.6.
 */
export function drawExperiment(model: Andi2Model, random: Random): Experiment {
  if (model === 'single-state' || model === 'immobile-traps') {
    const states: StateLaw[] = [
      {
        alpha: { mean: 0.5 + random.uniform(), variance: 0.01 },
        D: { mean: 1, variance: 0.01 },
      },
    ];
    if (model === 'single-state') return { model, ...COMMON, states };
    return { model, ...COMMON, states, traps: { count: 300, radius: 0.4, bind: 1, unbind: 0.01 } };
  }
  const fast = 1 + 0.01 * random.normal();
  const slow = (0.01 + 0.09 * random.uniform()) * fast;
  const alpha = 0.8 + 0.4 * random.uniform();
  const lower = alpha - 0.2 - 0.4 * random.uniform();
  const states: StateLaw[] = [
    { alpha: { mean: alpha, variance: 0.01 }, D: { mean: fast, variance: 0.01 * fast } },
    { alpha: { mean: lower, variance: 0.01 }, D: { mean: slow, variance: 0.01 * slow } },
  ];
  switch (model) {
    case 'multi-state':
      return {
        model,
        ...COMMON,
        states,
        transition: [
          [0.99, 0.01],
          [0.01, 0.99],
        ],
      };
    case 'dimerization':
      return { model, ...COMMON, states, dimers: { radius: 0.6, bind: 1, unbind: 0.01 } };
    default:
      return {
        model,
        ...COMMON,
        states,
        compartments: { count: 30, radius: 5, transmittance: 0.1 },
      };
  }
}
