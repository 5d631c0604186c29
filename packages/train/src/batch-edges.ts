import { TrainError } from './errors.ts';
import type { TrackSource } from './source.ts';

/**
 * Where the batches of an epoch begin, and where the last one ends: those of the source, or batches of one size, of which the
 * last has what is left.
 *
 * The function throws {@link TrainError} for an epoch with more or fewer batches than the first, and for a batch with more than
 * `batchSize` tracks.
 */
export function batchEdges(
  source: Pick<TrackSource, 'perEpoch' | 'edges'>,
  batchSize: number,
): (epoch: number) => ArrayLike<number> {
  const edgesOf = (epoch: number) => source.edges?.(epoch) ?? evenEdges(source.perEpoch, batchSize);
  const batches = edgesOf(0).length - 1;
  return (epoch) => {
    const edges = edgesOf(epoch);
    if (edges.length - 1 !== batches) {
      throw new TrainError(
        `epoch ${epoch + 1} has ${edges.length - 1} batches: expected ${batches} as in the first`,
      );
    }
    for (let i = 0; i < batches; i++) {
      const count = edges[i + 1] - edges[i];
      if (count <= batchSize) continue;
      throw new TrainError(`a batch has ${count} tracks: expected at most batchSize, ${batchSize}`);
    }
    return edges;
  };
}

function evenEdges(count: number, size: number): number[] {
  const edges = Array.from({ length: Math.ceil(count / size) }, (_, i) => i * size);
  return [...edges, count];
}
