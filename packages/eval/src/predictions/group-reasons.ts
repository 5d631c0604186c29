import type { Reason, ReasonKind } from '@diffusion/tracks';
import { reasonHeading } from './reason-heading.ts';

/** Rows that give the same reason. */
export interface ReasonGroup {
  readonly kind: ReasonKind;
  /** The text where all rows have one, else the heading of the kind. */
  readonly reason: string;
  readonly rows: readonly number[];
}

/**
 * Rows by the kind of their reason (and its feature), the most frequent first; those of other programs by their text but
 * for its numbers. Rows without a reason are in none.
 *
 * @example
 * groupReasons([parseReason('too short: 6 points'), undefined, parseReason('too short: 7 points')])
 * // [{ kind: 'other', reason: 'too short: … points', rows: [0, 2] }]
 */
export function groupReasons(reasons: ArrayLike<Reason | undefined>): ReasonGroup[] {
  const groups = new Map<string, { kind: ReasonKind; reason: string; rows: number[] }>();
  for (let i = 0; i < reasons.length; i++) {
    const reason = reasons[i];
    if (!reason) continue;
    const heading = reasonHeading(reason);
    const group = groups.get(heading);
    if (!group) groups.set(heading, { kind: reason.kind, reason: reason.text, rows: [i] });
    else {
      group.rows.push(i);
      if (group.reason !== reason.text) group.reason = heading;
    }
  }
  return [...groups.values()].sort(
    (a, b) => b.rows.length - a.rows.length || (a.reason < b.reason ? -1 : 1),
  );
}
