import { type DataSet, isPlainSpecification } from '@diffusion/simulate';
import type { TrackSource } from './source.ts';

/**
 * Simulated tracks, new ones in every epoch: epoch e sees the tracks e · perEpoch … (e + 1) · perEpoch − 1 of the data
 * set, and after its last track begins again. Nothing is kept.
 */
export function freshTracks(dataSet: DataSet, perEpoch: number): TrackSource {
  const epochs = Math.max(1, Math.floor(dataSet.count / perEpoch));
  return {
    perEpoch,
    lengths: dataSet.lengths,
    ...(isPlainSpecification(dataSet.specification) && {
      specification: { dataSet: dataSet.specification, perEpoch },
    }),
    take: (epoch, from, to) => {
      const start = (epoch % epochs) * perEpoch;
      return dataSet.generate(start + from, start + to);
    },
  };
}
