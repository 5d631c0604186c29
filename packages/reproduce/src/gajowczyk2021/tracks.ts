import type { Part, Results } from '../item.ts';

/** The 20,000 tracks of the data set. */

export const TRACKS = 'gajowczyk2021-tracks';

export const tracksPart: Part = {
  name: TRACKS,
  command: [
    'dataset',
    '--preset',
    'gajowczyk2021',
    '--count',
    '20000',
    '--seed',
    '1',
    '--output',
    '{output}',
  ],
};

/** The points of each track. */
export async function lengthsOf(text: Results['text']): Promise<number[]> {
  const counts = new Map<string, number>();
  const all = await text(TRACKS, 'tracks.csv');
  let at = all.indexOf('\n') + 1;
  while (at > 0 && at < all.length) {
    const id = all.slice(at, all.indexOf(',', at));
    counts.set(id, (counts.get(id) ?? 0) + 1);
    at = all.indexOf('\n', at) + 1;
  }
  return [...counts.values()];
}
