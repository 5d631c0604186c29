import type { LabelledTracks } from '@diffusion/train';
import { readLabelled } from '../labelled.ts';

let last: { readonly folder: string; readonly tracks: Promise<LabelledTracks> } | undefined;

/** The labelled tracks of a folder, which are read once: what they answer is asked before they are learnt from. */
export function labelledIn(folder: string): Promise<LabelledTracks> {
  if (last?.folder !== folder) last = { folder, tracks: readLabelled(folder) };
  return last.tracks;
}
