import type { PredictionShares } from '@diffusion/eval/predictions';
import { table } from './print.ts';

/** How many tracks got which answer, and why the others got none, for a terminal. */
export function shareLines(
  count: number,
  { judged, classes, medianAlpha, notJudged }: PredictionShares,
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
