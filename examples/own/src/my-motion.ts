import { randomExponential } from '@diffusion/random';
import { defineModel, number } from '@diffusion/simulate';

/**
 * Run and tumble (Berg & Brown 1972): a swimming bacterium keeps speed and direction for an exponential time, tumbles
 * into a direction that has nothing to do with the last one, and runs again; thermal diffusion lies on top. The MSD,
 * 2v²τ²(t/τ − 1 + exp(−t/τ)) + 2dDt, is ballistic before τ and diffusive after it.
 */
export const runAndTumble = defineModel({
  name: 'run-and-tumble',
  parameters: {
    speed: number({ meaning: 'speed of a run', unit: 'position/time', above: 0 }),
    tau: number({ meaning: 'mean duration of a run', unit: 'time', above: 0 }),
    D: number({ meaning: 'diffusion coefficient', unit: 'position²/time', min: 0, default: 0 }),
  },
  prepare: ({ speed, tau, D }, { dim, dt }) => ({
    derived: { effectiveD: D + (speed * speed * tau) / dim },
    qSignal: Math.sqrt(D * dt + (speed * dt) ** 2),
    write(random, out, points, substeps) {
      const velocity = new Float64Array(dim);
      out.fill(0, 0, dim);
      random.fillNormal(out, dim, points * dim);
      for (let at = dim, left = 0; at < points * dim; at += dim) {
        for (let d = 0; d < dim; d++) {
          out[at + d] = out[at + d - dim] + out[at + d] * Math.sqrt((2 * D * dt) / substeps);
        }
        for (let time = dt / substeps, run = 0; time > 0; time -= run, left -= run) {
          if (left === 0) {
            left = randomExponential(random, tau);
            random.fillNormal(velocity);
            const scale = speed / Math.sqrt(velocity.reduce((sum, v) => sum + v * v, 0));
            for (let d = 0; d < dim; d++) velocity[d] *= scale;
          }
          run = Math.min(left, time);
          for (let d = 0; d < dim; d++) out[at + d] += run * velocity[d];
        }
      }
    },
  }),
});
