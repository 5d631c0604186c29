import type { StateNodes } from './motion-state.ts';
import { gapDensity } from './step-law.ts';
import type { TrackSteps } from './track-steps.ts';

/**
 * Steps that a prediction looks back where states are told apart. Loops over them are written out, here and in `motion-model.ts`: it is
 * done for every step of a file under hundreds of laws, and loops of four rounds take a third as long again.
 */
export const LOOKS_BACK = 4;
/** Densities of a step by a law: given none before it, given one, … */
export const ORDERS = LOOKS_BACK + 1;

/**
 * ln of the density of one step under every law, given the r before it, at `out[law × ORDERS + r]`; where fewer stand before it without a
 * gap, given those. Steps are asked for one after the other from the first on, the lattice of `stepDensities` for each law being kept
 * from one to the next.
 *
 * @returns a function of the step.
 */
export function motionDensities(
  steps: TrackSteps,
  { laws }: Pick<StateNodes, 'laws'>,
  out: Float64Array,
): (t: number) => void {
  const { axes, before, lags, dim } = steps;
  const width = laws.length * ORDERS;
  const partial = new Float64Array(width);
  const constant = new Float64Array(width);
  const half = new Float64Array(width);
  laws.forEach((law, g) => {
    for (let r = 0; r < ORDERS; r++) {
      partial[g * ORDERS + r] = law.partial[r];
      constant[g * ORDERS + r] = -0.5 * dim * law.logVariance[r];
      half[g * ORDERS + r] = -0.5 / law.variance[r];
    }
  });
  const backward = axes.map(() => new Float64Array(width));
  return (t) => {
    if (lags[t] > 1) {
      laws.forEach((law, g) => {
        out.fill(gapDensity(steps, law, t), g * ORDERS, (g + 1) * ORDERS);
      });
      return;
    }
    for (let at = 0; at < width; at += ORDERS) {
      const p1 = partial[at + 1];
      const p2 = partial[at + 2];
      const p3 = partial[at + 3];
      const p4 = partial[at + 4];
      let [s0, s1, s2, s3, s4] = [0, 0, 0, 0, 0];
      for (let a = 0; a < dim; a++) {
        const own = backward[a];
        const f0 = axes[a][t];
        const b0 = own[at];
        const b1 = own[at + 1];
        const b2 = own[at + 2];
        const b3 = own[at + 3];
        const f1 = f0 - p1 * b0;
        const f2 = f1 - p2 * b1;
        const f3 = f2 - p3 * b2;
        const f4 = f3 - p4 * b3;
        own[at] = f0;
        own[at + 1] = b0 - p1 * f0;
        own[at + 2] = b1 - p2 * f1;
        own[at + 3] = b2 - p3 * f2;
        s0 += f0 * f0;
        s1 += f1 * f1;
        s2 += f2 * f2;
        s3 += f3 * f3;
        s4 += f4 * f4;
      }
      out[at] = constant[at] + s0 * half[at];
      out[at + 1] = constant[at + 1] + s1 * half[at + 1];
      out[at + 2] = constant[at + 2] + s2 * half[at + 2];
      out[at + 3] = constant[at + 3] + s3 * half[at + 3];
      out[at + 4] = constant[at + 4] + s4 * half[at + 4];
    }
    // What stands further back than the first step, or than a gap, is of no account; nothing that is read later came from it.
    const depth = before[t];
    if (depth >= LOOKS_BACK) return;
    for (let at = 0; at < width; at += ORDERS) {
      out.fill(out[at + depth], at + depth + 1, at + ORDERS);
    }
  };
}
