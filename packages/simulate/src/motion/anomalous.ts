import { pow } from '@diffusion/random';
import { ParameterError } from '../errors.ts';
import { attm } from '../models/attm.ts';
import { ctrw } from '../models/ctrw.ts';
import { levyWalk } from '../models/levy-walk.ts';
import { sbm } from '../models/sbm.ts';
import type { MotionModel } from './motion-model.ts';

/** Continuous-time random walk. */
export const ctrwModel: MotionModel = {
  name: 'ctrw',
  parameters: {
    alpha: { kind: 'number', meaning: 'exponent of the waiting times', unit: '', above: 0, max: 1 },
    jump: {
      kind: 'number',
      meaning: 'standard deviation of a jump (per coordinate; in 3D of its length)',
      unit: 'position',
      above: 0,
      default: 1,
    },
  },
  prepare(values, { dim }) {
    const parameters = { alpha: values.alpha as number, jump: values.jump as number };
    return {
      derived: {},
      write: (random, out, points, substeps) =>
        ctrw(random, out, points, dim, { ...parameters, substeps }),
    };
  },
};

/** Lévy walk. */
export const levyWalkModel: MotionModel = {
  name: 'levy-walk',
  parameters: {
    alpha: { kind: 'number', meaning: 'exponent; flights have 3 − α', unit: '', min: 1, max: 2 },
    maxSpeed: {
      kind: 'number',
      meaning: 'the speed of a track is uniform from 0 to this',
      unit: 'position/time',
      above: 0,
      default: 10,
    },
  },
  prepare(values, { dim, dt }) {
    const alpha = values.alpha as number;
    const maxSpeed = (values.maxSpeed as number) * dt;
    return {
      derived: {},
      write: (random, out, points, substeps) =>
        levyWalk(random, out, points, dim, { alpha, maxSpeed, substeps }),
    };
  },
};

/** Range of α in which the law of an ATTM regime exists. */
const ATTM_RANGE = { 0: [1, 1], 1: [0.03, 1], 2: [0.01, 0.99] } as const;

/** Annealed transient time motion. */
export const attmModel: MotionModel = {
  name: 'attm',
  parameters: {
    alpha: { kind: 'number', meaning: 'exponent', unit: '', min: 0.01, max: 1 },
    maxD: {
      kind: 'number',
      meaning: 'largest diffusivity; D is between 0 and this',
      unit: 'position²/time',
      above: 0,
      default: 1,
    },
    regime: { kind: 'choice', meaning: 'how σ and γ follow from α', choices: [1, 0, 2] },
    variant: {
      kind: 'choice',
      meaning: 'law of D: of the 2020 challenge, or of andi_datasets 2.1.13',
      choices: ['2020', '2.1.13'],
    },
  },
  check(values, path) {
    const regime = values.regime as 0 | 1 | 2;
    const [least, most] = ATTM_RANGE[regime];
    const alpha = values.alpha as number;
    if (alpha < least || alpha > most) {
      throw new ParameterError(
        `${path}alpha`,
        alpha,
        `${least === most ? least : `a number from ${least} to ${most}`} in regime ${regime}`,
      );
    }
  },
  prepare(values, { dim, dt }) {
    const parameters = {
      alpha: values.alpha as number,
      maxStep: Math.sqrt(2 * (values.maxD as number) * dt),
      regime: values.regime as 0 | 1 | 2,
      variant: values.variant as '2020' | '2.1.13',
    };
    return {
      derived: {},
      write: (random, out, points, substeps) =>
        attm(random, out, points, dim, { ...parameters, substeps }),
    };
  },
};

/** Scaled Brownian motion. */
export const sbmModel: MotionModel = {
  name: 'sbm',
  parameters: {
    alpha: { kind: 'number', meaning: 'exponent', unit: '', above: 0, max: 10 },
    D: {
      kind: 'number',
      meaning: 'generalised D, ⟨x²⟩ = 2Dt^α per coordinate from the start of the process',
      unit: 'position²/time^α',
      above: 0,
      default: 0.5,
    },
  },
  prepare(values, { dim, dt }) {
    const alpha = values.alpha as number;
    const D = values.D as number;
    const step = Math.sqrt(2 * D * pow(dt, alpha));
    return {
      derived: {},
      qSignal: Math.sqrt(D * dt),
      write: (random, out, points, substeps) =>
        sbm(random, out, points, dim, { alpha, step, substeps }),
    };
  },
};
