import { dataSet } from '@diffusion/simulate';
import { alternateTracks } from './alternate-tracks.ts';
import { foldTracks } from './bank/fold-tracks.ts';
import { freshTracks } from './fresh-tracks.ts';
import { oneLengthBatches } from './one-length-batches.ts';
import { oneLengthTracks } from './one-length-tracks.ts';
import type { SourceSpecification, TrackSource } from './source.ts';

/**
 * The source of a specification. Models of motion that it names by their modules must have been loaded, with
 * `loadModels` of `@diffusion/simulate`.
 */
export function sourceOf(specification: SourceSpecification): TrackSource {
  if ('dataSets' in specification) return oneLengthTracks(specification);
  if ('sources' in specification) return alternateTracks(specification.sources.map(sourceOf));
  if ('source' in specification)
    return oneLengthBatches(sourceOf(specification.source), specification);
  if ('fold' in specification) return foldTracks(specification);
  return freshTracks(dataSet(specification.dataSet), specification.perEpoch);
}
