/** Rows that give the same reason. */
export interface ReasonGroup {
  /** The reason; with … for its numbers where these differ between the rows. */
  readonly reason: string;
  readonly rows: readonly number[];
}

const NUMBER = /(?<![\w.])[-−+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.])/gi;

/**
 * Rows by reason, the most frequent first. Reasons that differ in numbers alone (`too short: 6 points`, `too short:
 * 7 points`) are one group. Rows without a reason ('') are in none.
 *
 * @example
 * groupReasons(['too short: 6 points', '', 'too short: 7 points']) // [{ reason: 'too short: … points', rows: [0, 2] }]
 */
export function groupReasons(reasons: ArrayLike<string>): ReasonGroup[] {
  const groups = new Map<string, { reason: string; rows: number[] }>();
  for (let i = 0; i < reasons.length; i++) {
    if (reasons[i] === '') continue;
    const kind = reasons[i].replace(NUMBER, '…');
    const group = groups.get(kind);
    if (!group) groups.set(kind, { reason: reasons[i], rows: [i] });
    else {
      group.rows.push(i);
      if (group.reason !== reasons[i]) group.reason = kind;
    }
  }
  return [...groups.values()].sort(
    (a, b) => b.rows.length - a.rows.length || (a.reason < b.reason ? -1 : 1),
  );
}
