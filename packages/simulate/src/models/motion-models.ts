import { ParameterError } from '../errors.ts';
import type { MotionModel } from '../motion/define-model.ts';
import { didYouMean } from '../read-specification.ts';
import { attmModel } from './attm.ts';
import { brownianModel } from './brownian.ts';
import { confinedModel } from './confined.ts';
import { ctrwModel } from './ctrw.ts';
import { directedModel } from './directed.ts';
import { fbmModel } from './fbm.ts';
import { immobileModel } from './immobile.ts';
import { levyWalkModel } from './levy-walk.ts';
import { sbmModel } from './sbm.ts';

const BUILT_IN = [
  immobileModel,
  brownianModel,
  directedModel,
  confinedModel,
  fbmModel,
  ctrwModel,
  levyWalkModel,
  attmModel,
  sbmModel,
] as const;

/** The built-in models, each with the type of its parameters. */
export type BuiltIn = {
  readonly [M in (typeof BUILT_IN)[number] as M['name']]: M;
};

/** Name of a built-in model. */
export type ModelName = keyof BuiltIn;

/** Every built-in motion model: its parameters with units, bounds and defaults. */
export const motionModels: readonly MotionModel[] = BUILT_IN;

/** What the field also calls a model, in small letters, without hyphens, underscores and spaces. */
const ALIASES: Readonly<Record<string, ModelName>> = {
  annealedtransienttimemotion: 'attm',
  bm: 'brownian',
  brownianmotion: 'brownian',
  confineddiffusion: 'confined',
  confinedmotion: 'confined',
  continuoustimerandomwalk: 'ctrw',
  directeddiffusion: 'directed',
  directedmotion: 'directed',
  fractionalbrownianmotion: 'fbm',
  freediffusion: 'brownian',
  normaldiffusion: 'brownian',
  scaledbrownianmotion: 'sbm',
  levy: 'levy-walk',
  lévy: 'levy-walk',
  lévywalk: 'levy-walk',
  lw: 'levy-walk',
};

const plain = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');

/**
 * The built-in model of a name, whatever its case, or of what the field also calls it: `FBM`, `lw`, `levy`.
 *
 * Throws a ParameterError, which calls the argument `path`, for a name that no model has.
 *
 * @example
 * motionModel('LW').name // 'levy-walk'
 */
export function motionModel(name: unknown, path = 'model'): MotionModel {
  const names = motionModels.map((model) => model.name);
  if (typeof name === 'string') {
    const wanted = ALIASES[plain(name)] ?? name;
    const found = motionModels.find((model) => plain(model.name) === plain(wanted));
    if (found) return found;
  }
  const hint = typeof name === 'string' && name !== '' ? didYouMean(name, names) : '';
  throw new ParameterError(path, name, `one of ${names.join(', ')}${hint}`);
}
