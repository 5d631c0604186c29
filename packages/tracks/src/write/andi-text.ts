import type { Tracks } from '../tracks.ts';
import { checkNoFrames } from './check-holds.ts';
import { numberText } from './text-blocks.ts';

/** Tracks as the AnDi challenge's text: `dim;x₁;…;x_L;y₁;…;z_L`, a row per track. It holds no frames, units or columns. */
export function* andiText(tracks: Tracks): Generator<string> {
  checkNoFrames(tracks, 'AnDi text');
  const { positions, offsets, dim } = tracks;
  for (let i = 0; i < tracks.count; i++) {
    yield `${dim}.0`;
    for (let axis = 0; axis < dim; axis++) {
      for (let p = offsets[i]; p < offsets[i + 1]; p++) {
        yield `;${numberText(positions[p * dim + axis])}`;
      }
    }
    yield '\n';
  }
}
