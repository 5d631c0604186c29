import { confinedLaw } from './confined-law.ts';
import { attmLaw, ctrwLaw, levyWalkLaw, sbmLaw } from './fine-laws.ts';
import { brownianLaw, directedFbmLaw, directedLaw, fbmLaw, immobileLaw } from './gaussian-laws.ts';
import type { LawDefinition } from './law.ts';
import {
  switchingConfinedLaw,
  switchingDiffusionLaw,
  switchingDirectedLaw,
} from './switching-laws.ts';

/** The ways to move that a law of a prior can have, by name. */
export const laws = {
  immobile: immobileLaw,
  confined: confinedLaw,
  brownian: brownianLaw,
  directed: directedLaw,
  fbm: fbmLaw,
  ctrw: ctrwLaw,
  'levy-walk': levyWalkLaw,
  attm: attmLaw,
  sbm: sbmLaw,
  'directed-fbm': directedFbmLaw,
  'switching-diffusion': switchingDiffusionLaw,
  'switching-directed': switchingDirectedLaw,
  'switching-confined': switchingConfinedLaw,
} as const satisfies Record<string, LawDefinition>;

/** Name of a way to move. */
export type LawModel = keyof typeof laws;

/** All of them. */
export const lawModels = Object.keys(laws) as LawModel[];
