import type { Noun, PredictionShares } from '@diffusion/eval/predictions';
import { SET_SEPARATOR } from '@diffusion/tracks';
import { counted, table } from './print.ts';

/** How many tracks got which answer, and why the others got none, for a terminal. */
export function shareLines(
  count: number,
  { judged, classes, sets, medianAlpha, notJudged }: PredictionShares,
  noun: Noun = 'track',
): string[] {
  const row = (name: string, tracks: number) => [
    `  ${name}`,
    String(tracks),
    `${((100 * tracks) / Math.max(1, count)).toFixed(1)} %`,
  ];
  const rows = classes ? Object.entries(classes).map(([name, tracks]) => row(name, tracks)) : [];
  rows.push(...setRows(sets ?? {}, row));
  for (const [why, tracks] of Object.entries(notJudged)) rows.push(row(why, tracks));
  const head = `${counted(count, noun)}, ${judged} judged, ${count - judged} not`;
  const there = medianAlpha !== undefined && !Number.isNaN(medianAlpha);
  const median = there ? [`median α ${medianAlpha.toFixed(2)}`] : [];
  return [head, ...median, ...(rows.length > 0 ? table(rows) : [])];
}

/** Sets that are told by name. */
const mostSets = 6;

/** Tracks whose set has several classes: all together, those of the most frequent sets, and those of all others. */
function setRows(
  sets: Readonly<Record<string, number>>,
  row: (name: string, tracks: number) => string[],
): string[][] {
  const all = Object.entries(sets);
  if (all.length === 0) return [];
  const sum = (some: typeof all) => some.reduce((total, [, tracks]) => total + tracks, 0);
  const others = all.slice(mostSets);
  return [
    row('undecided', sum(all)),
    ...all
      .slice(0, mostSets)
      .map(([name, tracks]) => row(`  ${name.split(SET_SEPARATOR).join(' or ')}`, tracks)),
    ...(others.length > 0 ? [row(`  ${others.length} other sets`, sum(others))] : []),
  ];
}
