/** Spectrum. */

export { psdSlope } from './psd-slope.ts';
