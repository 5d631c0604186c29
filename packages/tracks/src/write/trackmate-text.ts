import type { Tracks } from '../tracks.ts';
import { numberText } from './text-blocks.ts';

/** Tracks as TrackMate's simple track export. What a 1D or 2D track has no coordinate for is 0; columns are not held. */
export function* trackmateText(tracks: Tracks): Generator<string> {
  const { positions, offsets, dim, frames, dt } = tracks;
  const units = `spaceUnits="${escaped(tracks.positionUnit)}" frameInterval="${dt}" timeUnits="${escaped(tracks.timeUnit)}"`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Tracks nTracks="${tracks.count}" ${units} from="@diffusion/tracks">\n`;
  for (let i = 0; i < tracks.count; i++) {
    yield `  <particle nSpots="${tracks.lengthOf(i)}">\n`;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const at = (axis: number) => (axis < dim ? numberText(positions[p * dim + axis]) : '0.0');
      const frame = frames ? frames[p] : p - offsets[i];
      yield `    <detection t="${frame}" x="${at(0)}" y="${at(1)}" z="${at(2)}" />\n`;
    }
    yield '  </particle>\n';
  }
  yield '</Tracks>\n';
}

function escaped(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);
}
