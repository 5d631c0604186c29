import type { Prediction } from '@diffusion/models';
import { kindOfReason } from './kind-of-reason.ts';
import { table } from './print.ts';

/** How many tracks got which answer, and why the others got none. */
export interface Shares {
  readonly judged: number;
  /** Tracks per class; absent without classes. */
  readonly classes?: Record<string, number>;
  /** Median α of the judged tracks; absent without exponents. */
  readonly medianAlpha?: number;
  /** Tracks per kind of reason, most frequent first. */
  readonly notJudged: Record<string, number>;
}

export function shares({ count, codes, classes, values, reasons }: Prediction): Shares {
  const notJudged: Record<string, number> = {};
  for (const reason of reasons) {
    if (reason === '') continue;
    const kind = kindOfReason(reason);
    notJudged[kind] = (notJudged[kind] ?? 0) + 1;
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

export function shareLines(
  count: number,
  { judged, classes, medianAlpha, notJudged }: Shares,
): string[] {
  const row = (name: string, tracks: number) => [
    `  ${name}`,
    String(tracks),
    `${((100 * tracks) / Math.max(1, count)).toFixed(1)} %`,
  ];
  const rows = classes ? Object.entries(classes).map(([name, tracks]) => row(name, tracks)) : [];
  for (const [why, tracks] of Object.entries(notJudged)) rows.push(row(why, tracks));
  const head = `${count} track${count === 1 ? '' : 's'}, ${judged} judged, ${count - judged} not`;
  const median = medianAlpha === undefined ? [] : [`median α ${medianAlpha.toFixed(2)}`];
  return [head, ...median, ...(rows.length > 0 ? table(rows) : [])];
}
