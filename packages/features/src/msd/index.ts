/** Mean squared displacement, and what is fitted to it. */

export { diffusionMle, locVarianceMle } from './brownian-mle.ts';
export { diffusionCve, locVarianceCve } from './cve.ts';
export { diffusion2pt } from './diffusion-2pt.ts';
export { diffusionCoefficient, msdIntercept } from './linear-msd.ts';
export { alpha, generalizedDiffusion } from './log-log-msd.ts';
export { meanMsd } from './mean-msd.ts';
export { diffusionMichalet, optimalLags } from './michalet.ts';
export { msdLag1 } from './msd-lag1.ts';
export { msdLag20 } from './msd-lag20.ts';
export { msdRatio } from './msd-ratio.ts';
export { powerLawAlpha, powerLawD } from './power-law.ts';
