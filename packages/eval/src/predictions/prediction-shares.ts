import { type Prediction, setName } from '@diffusion/tracks';
import { UNJUDGED } from '../metrics/confusion-matrix.ts';
import { medianOf } from './median-of.ts';
import { reasonHeading } from './reason-heading.ts';

/** How many tracks got which answer, and why the others got none. */
export interface PredictionShares {
  readonly judged: number;
  /** Tracks per class, those whose set has several apart; absent without classes. */
  readonly classes?: Record<string, number>;
  /** Tracks per set of several classes, `brownian|subdiffusive`, most frequent first; absent where the model gives no sets. */
  readonly sets?: Record<string, number>;
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
  sets,
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
  return {
    judged,
    ...(codes && classes && { classes: perClass(codes, classes) }),
    ...(codes && classes && sets && { sets: perSet(codes, sets, classes) }),
    ...(values && { medianAlpha: medianOf(values) }),
    notJudged: mostFirst(notJudged),
  };
}

function perClass(codes: Int32Array, classes: readonly string[]): Record<string, number> {
  const counts = Object.fromEntries(classes.map((name) => [name, 0]));
  for (const code of codes) if (code >= 0) counts[classes[code]]++;
  return counts;
}

function perSet(
  codes: Int32Array,
  sets: Uint8Array,
  classes: readonly string[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [i, code] of codes.entries()) {
    const name = code === UNJUDGED ? setName(sets, i, classes) : '';
    if (name !== '') counts[name] = (counts[name] ?? 0) + 1;
  }
  return mostFirst(counts);
}

const mostFirst = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).sort((a, b) => b[1] - a[1]));
