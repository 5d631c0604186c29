/** Joseph, Noah and Moses exponents. */

export { joseph, moses, noah } from './chen-exponents.ts';
