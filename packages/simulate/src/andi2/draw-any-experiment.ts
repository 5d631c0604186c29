import { type Random, randomLogUniform } from '@diffusion/random';
import { ANDI2_MODELS, type Experiment, type StateLaw } from './experiment.ts';

/** Side of the box, as in the challenge. */
const BOX = 230.4;

/** How often each of {@link ANDI2_MODELS} is drawn, in tenths: those without a change are learnt from the others, too. */
const TENTHS = [1, 2, 3, 2, 2];

/**
 * Draws an experiment so widely that what the challenge and its benchmark hold is within: a network that learns from such
 * experiments knows the kinds of motion that change, and the law of no experiment. D is log-uniform on 0.002 … 20 and α
 * uniform on 0.05 … 1.99, 1 in a fifth of the states and above 1.9 in a tenth; particles spread about both by up to a third
 * of D and 0.15. Frames in a state are from 3 to 250 in the mean.
 *
 * @param shown particles that are to be seen; dimers have others to meet.
 */
export function drawAnyExperiment(random: Random, shown: number, frames: number): Experiment {
  let place = random.integerBelow(10);
  let k = 0;
  while (place >= TENTHS[k]) place -= TENTHS[k++];
  const model = ANDI2_MODELS[k];
  const common = { model, particles: shown, frames, dim: 2, boxSize: BOX } as const;
  const binds = () => (random.uniform() < 0.5 ? 1 : randomLogUniform(random, 0.05, 1));
  switch (model) {
    case 'single-state':
      return { ...common, states: [drawLaw(random)] };
    case 'multi-state': {
      const states = random.uniform() < 0.6 ? 2 : 3;
      const laws = Array.from({ length: states }, () => drawLaw(random));
      return { ...common, states: laws, transition: drawTransition(random, states) };
    }
    case 'immobile-traps': {
      const traps = {
        count: 100 + random.integerBelow(500),
        radius: randomLogUniform(random, 0.5, 4),
        bind: binds(),
        unbind: randomLogUniform(random, 0.005, 0.3),
      };
      return { ...common, states: [drawLaw(random)], traps };
    }
    case 'dimerization': {
      const dimers = {
        radius: randomLogUniform(random, 0.6, 6),
        bind: binds(),
        unbind: randomLogUniform(random, 0.005, 0.2),
      };
      const particles = shown + random.integerBelow(80);
      return { ...common, particles, states: [drawLaw(random), drawLaw(random)], dimers };
    }
    default: {
      const radius = randomLogUniform(random, 3, 15);
      const share = 0.1 + 0.3 * random.uniform();
      const count = Math.max(
        1,
        Math.min(300, Math.round((share * BOX * BOX) / (Math.PI * radius * radius))),
      );
      const compartments = { count, radius, transmittance: 0.3 * random.uniform() };
      const [outside, inside] = [drawLaw(random), drawLaw(random)];
      // One that crosses its disc in a frame or two is reflected for ever, and one that never meets the wall is free to all who
      // look: the time to the wall is from 5 to 500 frames.
      const mean = (radius * radius) / 4 / randomLogUniform(random, 5, 500);
      const spread = 0.33 * mean * random.uniform();
      const D = { mean, variance: spread * spread };
      return { ...common, states: [outside, { ...inside, D }], compartments };
    }
  }
}

/** The law of a state: its means, and how far particles are from them. */
function drawLaw(random: Random): StateLaw {
  const kind = random.uniform();
  const uniform = random.uniform();
  const free = kind < 0.2 ? 1 : 0.05 + 1.94 * uniform;
  const alpha = kind > 0.9 ? 1.9 + 0.09 * uniform : free;
  const D = randomLogUniform(random, 0.002, 20);
  const spreads = [0.15 * random.uniform(), 0.33 * D * random.uniform()];
  return {
    alpha: { mean: alpha, variance: spreads[0] * spreads[0] },
    D: { mean: D, variance: spreads[1] * spreads[1] },
  };
}

/** Rows of a chain whose states last 7 to 250 frames in the mean. */
function drawTransition(random: Random, states: number): number[][] {
  return Array.from({ length: states }, (_, i) => {
    const leave = randomLogUniform(random, 0.004, 0.15);
    const weights = Array.from({ length: states }, (_, j) =>
      j === i ? 0 : 0.1 + random.uniform(),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const row = weights.map((weight) => (leave * weight) / total);
    row[i] = 1 - row.reduce((sum, p) => sum + p, 0);
    return row;
  });
}
