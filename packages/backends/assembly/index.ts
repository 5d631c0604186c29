export { adam } from './adam';
export { convolve, correlate, packPanels } from './convolution';
export {
  abs,
  add,
  div,
  mul,
  neg,
  relu,
  rectifiedSum,
  reluGradient,
  rsqrt,
  sigmoid,
  sigmoidGradient,
  sqrt,
  square,
  squaredDifference,
  sub,
  tanh,
  tanhGradient,
} from './elementwise';
export { keepConstants } from './functions';
export { lstm, lstmGradient, lstmGradientScratch, lstmScratch } from './lstm';
export { moments, normalise, normaliseGradient } from './normalisation';
export { avgPoolGradient, maxPoolGradient } from './pooling';
export { multiply } from './product';
export { sum } from './reduce';
export { timeStatistics, timeStatisticsGradient } from './time-statistics';
