import { pow } from '@diffusion/random';
import { brownian } from '../models/brownian.ts';
import { confined } from '../models/confined.ts';
import { directed } from '../models/directed.ts';
import { fbm } from '../models/fbm.ts';
import { immobile } from '../models/immobile.ts';
import type { MotionModel, NumberParameter } from './motion-model.ts';

/** Diffusion coefficient; ½ makes steps of unit variance when Δt is 1. */
const D: NumberParameter = {
  kind: 'number',
  meaning: 'diffusion coefficient, ⟨x²⟩ = 2Dt per coordinate',
  unit: 'position²/time',
  above: 0,
  default: 0.5,
};

const duration = (frames: number, dt: number): number => Math.max(1, frames - 1) * dt;

/** A particle that does not move. */
export const immobileModel: MotionModel = {
  name: 'immobile',
  parameters: {},
  prepare: (_values, { dim }) => ({
    derived: {},
    write: (random, out, points) => immobile(random, out, points, dim),
  }),
};

/** Normal diffusion. */
export const brownianModel: MotionModel = {
  name: 'brownian',
  parameters: { D },
  prepare(values, { dim, dt }) {
    const D = values.D as number;
    return {
      derived: { alpha: 1 },
      qSignal: Math.sqrt(D * dt),
      write: (random, out, points, substeps) =>
        brownian(random, out, points, dim, { step: Math.sqrt((2 * D * dt) / substeps) }),
    };
  },
};

/** Normal diffusion with a drift in one direction. */
export const directedModel: MotionModel = {
  name: 'directed',
  parameters: {
    D,
    speed: { kind: 'number', meaning: 'drift speed v', unit: 'position/time', min: 0 },
    R: {
      kind: 'number',
      meaning: 'ratio of drift to diffusion, v²T/(2·dim·D), T the duration of the track',
      unit: '',
      min: 0,
    },
  },
  alternatives: [['speed', 'R']],
  prepare(values, { frames, dim, dt }) {
    const D = values.D as number;
    const time = duration(frames, dt);
    const speed =
      (values.speed as number | undefined) ??
      Math.sqrt((2 * dim * D * (values.R as number)) / time);
    const R = (values.R as number | undefined) ?? (speed * speed * time) / (2 * dim * D);
    const drift = speed * dt;
    return {
      derived: { speed, R },
      qSignal: Math.sqrt(D * dt + drift * drift),
      write: (random, out, points, substeps) =>
        directed(random, out, points, dim, {
          step: Math.sqrt((2 * D * dt) / substeps),
          drift: drift / substeps,
        }),
    };
  },
};

/** Diffusion inside a segment, circle or sphere with a reflecting wall. */
export const confinedModel: MotionModel = {
  name: 'confined',
  parameters: {
    D,
    radius: {
      kind: 'number',
      meaning: 'radius of the circle or sphere, half the length of the segment',
      unit: 'position',
      above: 0,
    },
    B: {
      kind: 'number',
      meaning: 'boundedness DT/radius², T the duration of the track',
      unit: '',
      above: 0,
    },
    start: {
      kind: 'choice',
      meaning: 'where a track starts: at the centre, or uniform inside',
      choices: ['centre', 'uniform'],
    },
  },
  alternatives: [['radius', 'B']],
  prepare(values, { frames, dim, dt }) {
    const D = values.D as number;
    const time = duration(frames, dt);
    const radius =
      (values.radius as number | undefined) ?? Math.sqrt((D * time) / (values.B as number));
    const B = (values.B as number | undefined) ?? (D * time) / (radius * radius);
    const start = values.start as 'centre' | 'uniform';
    return {
      derived: { radius, B },
      qSignal: Math.sqrt(D * dt),
      write: (random, out, points, substeps) =>
        confined(random, out, points, dim, {
          step: Math.sqrt(2 * D * dt),
          radius,
          start,
          substeps,
        }),
    };
  },
};

/** Fractional Brownian motion. */
export const fbmModel: MotionModel = {
  name: 'fbm',
  parameters: {
    alpha: { kind: 'number', meaning: 'exponent α = 2H', unit: '', above: 0, below: 2 },
    D: { ...D, meaning: 'generalised D, ⟨x²⟩ = 2Dt^α per coordinate', unit: 'position²/time^α' },
  },
  prepare(values, { dim, dt }) {
    const alpha = values.alpha as number;
    const D = values.D as number;
    const step = Math.sqrt(2 * D * pow(dt, alpha));
    return {
      derived: {},
      qSignal: Math.sqrt(D * dt),
      write: (random, out, points, substeps) =>
        fbm(random, out, points, dim, { alpha, step, substeps }),
    };
  },
};
