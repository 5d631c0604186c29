import { attmModel, ctrwModel, levyWalkModel, sbmModel } from './anomalous.ts';
import type { MotionModel } from './motion-model.ts';
import {
  brownianModel,
  confinedModel,
  directedModel,
  fbmModel,
  immobileModel,
} from './physical.ts';

/** Every motion model, by name: its parameters with units, bounds and defaults. */
export const motionModels: readonly MotionModel[] = [
  immobileModel,
  brownianModel,
  directedModel,
  confinedModel,
  fbmModel,
  ctrwModel,
  levyWalkModel,
  attmModel,
  sbmModel,
];
