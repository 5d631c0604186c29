import type { TracksData } from '../tracks-data.ts';
import type { Views } from './show-as.ts';

/**
 * What a set of tracks looks like: what is in it and, in a notebook, its first tracks where they lie. A page that simulates tracks
 * and shows no notebook loads the text alone.
 */
export function tracksViews(tracks: TracksData): Views {
  const { offsets, positions, dim, dt, timeUnit, positionUnit } = tracks;
  const count = offsets.length - 1;
  const title = `${count} track${count === 1 ? '' : 's'} in ${dim}D`;
  const names = (columns: object) => Object.keys(columns).join(', ') || 'none';
  return {
    text: `${title}: ${positions.length / dim} points
  interval ${Number(dt.toPrecision(6))} ${timeUnit}, positions in ${positionUnit || 'a unit that is not stated'}
  columns of points: ${names(tracks.pointColumns)}
  columns of tracks: ${names(tracks.trackColumns)}`,
    html: async () => (await import('./tracks-html.ts')).tracksHtml(tracks, title),
  };
}
