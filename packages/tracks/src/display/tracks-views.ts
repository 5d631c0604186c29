import { summarizeTracks } from '../summarize-tracks.ts';
import type { TracksData } from '../tracks-data.ts';
import type { Views } from './show-as.ts';
import { factViews } from './table-views.ts';

/** The most that is drawn: a glance, not a figure. */
const MOST_TRACKS = 200;
const MOST_POINTS = 4000;
const SIDE = 240;

/** What a set of tracks looks like: what is in it and, in a notebook, its first tracks where they lie. */
export function tracksViews(tracks: TracksData): Views {
  const { tracks: count, points, lengths, gaps, missing, dim, dt, units } = summarizeTracks(tracks);
  const names = (columns: object) => Object.keys(columns).join(', ') || undefined;
  const all: Record<string, string | number | undefined> = {
    points,
    lengths: count > 0 ? `${lengths.min} to ${lengths.max}, median ${lengths.median}` : undefined,
    gaps: gaps > 0 ? `${gaps}, ${missing} frames missing` : 'none',
    interval: `${Number(dt.toPrecision(6))} ${units.time}`,
    'positions in': units.position || 'a unit that is not stated',
    'columns of points': names(tracks.pointColumns),
    'columns of tracks': names(tracks.trackColumns),
  };
  const known = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const { text, html } = factViews(`${count} track${count === 1 ? '' : 's'} in ${dim}D`, known);
  const picture = pictureOf(tracks);
  return {
    text,
    html: picture
      ? `<div style="display:flex;flex-wrap:wrap;gap:1em;align-items:flex-start">${html}${picture}</div>`
      : `${html}`,
  };
}

/** The first tracks as lines: x and y, or against time where there is one dimension. */
function pictureOf({ dim, positions, offsets, frames }: TracksData): string {
  const count = offsets.length - 1;
  const lines: [number, number][][] = [];
  let points = 0;
  for (let i = 0; i < count && lines.length < MOST_TRACKS && points < MOST_POINTS; i++) {
    const line: [number, number][] = [];
    const end = Math.min(offsets[i + 1], offsets[i] + MOST_POINTS - points);
    for (let p = offsets[i]; p < end; p++) {
      const x = dim === 1 ? (frames?.[p] ?? p - offsets[i]) : positions[p * dim];
      line.push([x, positions[p * dim + (dim === 1 ? 0 : 1)]]);
    }
    points += line.length;
    if (line.length > 1 && line.flat().every(Number.isFinite)) lines.push(line);
  }
  if (lines.length === 0) return '';
  const range = (axis: 0 | 1) => {
    let [low, high] = [Infinity, -Infinity];
    for (const line of lines) {
      for (const point of line) {
        low = Math.min(low, point[axis]);
        high = Math.max(high, point[axis]);
      }
    }
    return { low, size: high - low || 1 };
  };
  const [x, y] = [range(0), range(1)];
  // One scale for both axes where both are lengths.
  const scales =
    dim === 1 ? [x.size, y.size] : [Math.max(x.size, y.size), Math.max(x.size, y.size)];
  const at = ([px, py]: [number, number]) =>
    `${(((px - x.low) / scales[0]) * SIDE).toFixed(1)},${(((py - y.low) / scales[1]) * SIDE).toFixed(1)}`;
  const paths = lines.map((line) => `<polyline points="${line.map(at).join(' ')}"/>`).join('');
  const [width, height] = [x.size / scales[0], y.size / scales[1]].map(
    (s) => Math.ceil(s * SIDE) + 4,
  );
  const shown =
    lines.length < count ? `The first ${lines.length} of ${count} tracks` : `${count} tracks`;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${shown}" width="${width}" height="${height}" viewBox="-2 -2 ${width} ${height}" fill="none" stroke="currentColor" stroke-width="0.8" stroke-opacity="0.7"><title>${shown}</title>${paths}</svg>`;
}
