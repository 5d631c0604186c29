import { number } from '../motion/parameters.ts';

/** Diffusion coefficient; ½ makes steps of unit variance when Δt is 1. */
export const D = number({
  meaning: 'diffusion coefficient, ⟨x²⟩ = 2Dt per coordinate',
  unit: 'position²/time',
  above: 0,
  default: 0.5,
});
