// Metrics

export { EvaluationError } from './errors.ts';
export { binRows, type RowBin } from './metrics/bin-rows.ts';
export { type BootstrapOptions, bootstrapInterval } from './metrics/bootstrap-interval.ts';
export {
  type Calibration,
  type CalibrationBin,
  type CalibrationInput,
  calibration,
} from './metrics/calibration.ts';
export {
  type ClassificationInput,
  type ClassificationMetrics,
  type ClassMetrics,
  classificationMetrics,
} from './metrics/classification-metrics.ts';
export { cohenKappa } from './metrics/cohen-kappa.ts';
export { type CodePairs, confusionMatrix, UNJUDGED } from './metrics/confusion-matrix.ts';
export { type LogLossInput, logLoss } from './metrics/log-loss.ts';
export { matthewsCorrelation } from './metrics/matthews-correlation.ts';
export { normalQuantile } from './metrics/normal-quantile.ts';
export {
  type RegressionInput,
  type RegressionMetrics,
  regressionMetrics,
} from './metrics/regression-metrics.ts';
export { type Interval, wilsonInterval } from './metrics/wilson-interval.ts';
