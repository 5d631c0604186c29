import type { Comparison } from './compare-predictions.ts';

/**
 * A comparison as one flat object for JSON, with the keys that scripts rely on: `accuracy`, `balancedAccuracy`,
 * `mcc`, `kappa`, `logLoss` (null without probabilities), `f1`, `perClass`, `confusion` and more for classes; `mae`,
 * `rmse`, `bias` and more for exponents, `spread` where their standard deviation was predicted. What is undefined is null. Where both were compared, `count` and `unjudged`
 * are of the classes; the exponents' own are `exponentCount` and `exponentUnjudged` in any case.
 *
 * @example
 * console.log(JSON.stringify(comparisonJson(comparison)));
 */
export function comparisonJson(comparison: Comparison): Record<string, unknown> {
  const { classification, exponents, reasons } = comparison;
  const flat = {
    ...(exponents && {
      ...exponents.metrics,
      exponentCount: exponents.metrics.count,
      exponentUnjudged: exponents.metrics.unjudged,
      ...(exponents.spread && { spread: exponents.spread }),
      errorByExponent: exponents.byExponent,
      ...(exponents.byLength && { errorByLength: exponents.byLength }),
    }),
    ...(classification && {
      ...classification.metrics,
      logLoss: classification.metrics.logLoss ?? null,
      classes: classification.classes,
      ...(classification.calibration && { calibrationError: classification.calibration.error }),
      ...(classification.byLength && { accuracyByLength: classification.byLength }),
    }),
    [`${comparison.noun ?? 'track'}s`]: comparison.count,
    reasons: Object.fromEntries(reasons.map(({ reason, count }) => [reason, count])),
  };
  return JSON.parse(JSON.stringify(flat));
}
