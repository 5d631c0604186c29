import type { Prediction } from '@diffusion/tracks';
import { reasonHeading } from './reason-heading.ts';

/** How many tracks got which answer, and why the others got none. */
export interface PredictionShares {
  readonly judged: number;
  /** Tracks per class; absent without classes. */
  readonly classes?: Record<string, number>;
  /** Median α of the judged tracks, the upper of two in the middle; absent without exponents. */
  readonly medianAlpha?: number;
  /** Tracks per kind of reason, by its heading, most frequent first. */
  readonly notJudged: Record<string, number>;
}

/**
 * Counts the answers of a prediction.
 *
 * @example
 * predictionShares(await model.predict(tracks)).notJudged // { 'too short': 12, 'immobile within the noise': 3 }
 */
export function predictionShares({
  count,
  codes,
  classes,
  values,
  reasons,
}: Prediction): PredictionShares {
  const notJudged: Record<string, number> = {};
  for (const reason of reasons) {
    if (!reason) continue;
    const heading = reasonHeading(reason);
    notJudged[heading] = (notJudged[heading] ?? 0) + 1;
  }
  const judged = count - Object.values(notJudged).reduce((a, b) => a + b, 0);
  const sorted = Object.fromEntries(Object.entries(notJudged).sort((a, b) => b[1] - a[1]));
  return {
    judged,
    ...(codes && classes && { classes: perClass(codes, classes) }),
    ...(values && { medianAlpha: medianOf(values) }),
    notJudged: sorted,
  };
}

function perClass(codes: Int32Array, classes: readonly string[]): Record<string, number> {
  const counts = Object.fromEntries(classes.map((name) => [name, 0]));
  for (const code of codes) if (code >= 0) counts[classes[code]]++;
  return counts;
}

/** The median of the numbers among the values. */
function medianOf(values: Float32Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known[known.length >> 1] ?? Number.NaN;
}
