import { pow } from '@diffusion/random';
import { addDrift } from '../measure/drift.ts';
import { brownian } from '../models/brownian.ts';
import { directed } from '../models/directed.ts';
import { fbm } from '../models/fbm.ts';
import { unitVector } from '../models/unit-vector.ts';
import { drawFrom } from './distribution.ts';
import type { LawDefinition } from './law.ts';

/** What stands still is told from what moves by its error alone, so there is one. */
export const immobileLaw: LawDefinition = {
  fields: {},
  possible: (_, { sigma }) => sigma > 0,
  draw: () => ({
    D: 0,
    write(_, out) {
      out.fill(0);
      return NaN;
    },
  }),
};

/** One-frame MSD 2·dim·D. */
export const brownianLaw: LawDefinition = {
  fields: {},
  draw(_, __, { dim, frames, exposure, deviation }) {
    const D = deviation * deviation;
    const step = Math.SQRT2 * deviation;
    return {
      alpha: 1,
      D,
      write(random, out) {
        brownian(random, out, frames, dim, { step, exposure });
        return NaN;
      },
    };
  },
};

/** One-frame MSD 2·dim·D + v² = 2·dim·D (1 + R/T), T the duration. */
export const directedLaw: LawDefinition = {
  fields: { R: { above: 0 } },
  draw({ fields }, parameters, { dim, frames, exposure, deviation }) {
    const R = drawFrom(fields.R, parameters);
    const duration = frames - 1;
    const D = (deviation * deviation) / (1 + R / duration);
    const speed = Math.sqrt((2 * dim * D * R) / duration);
    return {
      D,
      R,
      speed,
      write(random, out) {
        directed(random, out, frames, dim, { step: Math.sqrt(2 * D), drift: speed, exposure });
        return NaN;
      },
    };
  },
};

/** Fractional Brownian motion: one-frame MSD 2·dim·D. */
export const fbmLaw: LawDefinition = {
  fields: { alpha: { above: 0, below: 2 } },
  draw({ fields }, parameters, { dim, frames, exposure, deviation }) {
    const alpha = drawFrom(fields.alpha, parameters);
    const step = Math.SQRT2 * deviation;
    return {
      alpha,
      D: deviation * deviation,
      write(random, out) {
        fbm(random, out, frames, dim, { alpha, step, exposure });
        return NaN;
      },
    };
  },
};

const velocity = new Float64Array(3);

/**
 * Fractional Brownian motion on a constant drift, R = v²T²/(2·dim·D·T^α): one-frame MSD 2·dim·D + v². It has no exponent of
 * its own, being ballistic in the end.
 */
export const directedFbmLaw: LawDefinition = {
  fields: { alpha: { above: 0, below: 2 }, R: { above: 0 } },
  draw({ fields }, parameters, { dim, frames, exposure, deviation }) {
    const alpha = drawFrom(fields.alpha, parameters);
    const R = drawFrom(fields.R, parameters);
    const drift = R * pow(frames - 1, alpha - 2); // v² over 2·dim·D
    const D = (deviation * deviation) / (1 + drift);
    const speed = Math.sqrt(2 * dim * D * drift);
    return {
      D,
      R,
      speed,
      write(random, out) {
        unitVector(random, dim, velocity);
        for (let d = 0; d < dim; d++) velocity[d] *= speed;
        fbm(random, out, frames, dim, { alpha, step: Math.sqrt(2 * D), exposure });
        addDrift(out, frames, dim, velocity, 1);
        return NaN;
      },
    };
  },
};
