/** Increments: their distribution, correlation and turns. */

export { dagostinoK2 } from './dagostino-k2.ts';
export { dma1, dma2 } from './dma.ts';
export { gaussianity, nonGaussianity1 } from './gaussianity.ts';
export { ksChi2 } from './ks-chi2.ts';
export { maxStdChange, maxStdRatio } from './max-std.ts';
export {
  movingWindowMean10,
  movingWindowMean20,
  movingWindowStd10,
  movingWindowStd20,
} from './moving-windows.ts';
export { pVariation1, pVariation2, pVariation3, pVariation4, pVariation5 } from './p-variations.ts';
export { meanCosTurningAngle, meanTurningAngle, stdTurningAngle } from './turning-angles.ts';
export { vacf1, vacf2, vacf3 } from './vacf.ts';
