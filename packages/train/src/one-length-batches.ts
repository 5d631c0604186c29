import { checkSeed, deriveSeed, keyedRandom, type UniformSource } from '@diffusion/random';
import { joinTracks, selectTracks, Tracks } from '@diffusion/tracks';
import { type Augmentation, augmentTracks } from './augment/augment.ts';
import { TrainError } from './errors.ts';
import type { OneLengthBatchesOptions, TrackSource } from './source.ts';
import { labelsAt } from './targets-of-points.ts';

/**
 * A source whose batches have tracks of one length each, for a network that takes any length but has nothing padded:
 * the tracks of some batches are sorted by length, the batches filled in that order and then shuffled, and of every
 * track a random stretch is kept that is as long as the shortest of its batch. Of lengths that are spread evenly, a pool
 * of n batches loses about one part in 2n of the range.
 *
 * Track columns are kept, of the point columns those that are learnt from.
 *
 * @example
 * const source = oneLengthBatches(freshTracks(gajowczyk2021({ count: 4096, seed: 1 }), 2048), {
 *   batchSize: 64, seed: 1, augmentation: noAugmentation,
 * });
 * source.take(0, 0, 64); // 64 tracks of one length
 */
export function oneLengthBatches(
  source: TrackSource,
  options: OneLengthBatchesOptions,
): TrackSource {
  const {
    batchSize,
    seed,
    augmentation,
    pool = 32,
    lengths = seenLengths(source, augmentation),
  } = options;
  checkSeed(seed, TrainError);
  // The recipe may augment with the same seed afterwards.
  const augmentationSeed = deriveSeed(seed, 'batches');
  const { perEpoch, specification } = source;
  const perPool = pool * batchSize;
  let latest: { key: string; batches: readonly Tracks[] } | undefined;

  /** The batches of one pool of an epoch, in their order. */
  const batchesOf = (epoch: number, first: number): readonly Tracks[] => {
    const key = `${epoch} ${first}`;
    if (latest?.key === key) return latest.batches;
    const number = epoch * perEpoch + first;
    const raw = source.take(epoch, first, Math.min(first + perPool, perEpoch));
    const tracks = augmentTracks(raw, augmentation, augmentationSeed, number);
    const random = keyedRandom(seed, 'batches', number);
    const sorted = Array.from({ length: tracks.count }, (_, i) => i);
    sorted.sort((a, b) => tracks.lengthOf(a) - tracks.lengthOf(b) || a - b);
    const batches: Tracks[] = [];
    // The last batch of an epoch may be smaller: it is the one of the shortest tracks, and stays the last.
    const short = tracks.count % batchSize;
    if (short > 0)
      batches.push(cutToShortest(selectTracks(tracks, sorted.slice(0, short)), random));
    for (let from = short; from < tracks.count; from += batchSize) {
      const at = short > 0 ? batches.length - 1 : batches.length;
      const batch = cutToShortest(
        selectTracks(tracks, sorted.slice(from, from + batchSize)),
        random,
      );
      const place = Math.floor(random.uniform() * (at + 1));
      batches.splice(place, 0, batch);
    }
    latest = { key, batches };
    return batches;
  };

  return {
    perEpoch,
    behind: { source, of: (other) => oneLengthBatches(other, options) },
    ...(lengths && { lengths }),
    ...(specification && { specification: { source: specification, ...options } }),
    take(epoch, from, to) {
      const parts: Tracks[] = [];
      for (let at = from; at < to; ) {
        const first = Math.floor(at / perPool) * perPool;
        const batch = batchesOf(epoch, first)[Math.floor((at - first) / batchSize)];
        const start = (at - first) % batchSize;
        const end = Math.min(batch.count, start + to - at);
        const rows = Uint32Array.from({ length: end - start }, (_, i) => start + i);
        parts.push(selectTracks(batch, rows));
        at += end - start;
      }
      return parts.length === 1 ? parts[0] : joinTracks(parts);
    },
  };
}

/** What the source knows of its lengths, and the augmentation makes of them. */
function seenLengths(
  { lengths }: TrackSource,
  { cutShare, gapShare, minLength }: Augmentation,
): TrackSource['lengths'] {
  if (lengths?.min === undefined || (cutShare === 0 && gapShare === 0)) return lengths;
  return { ...lengths, min: Math.min(lengths.min, minLength) };
}

/** A random stretch of every track, as long as the shortest of them. */
function cutToShortest(tracks: Tracks, random: UniformSource): Tracks {
  const { count, dim } = tracks;
  let length = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) length = Math.min(length, tracks.lengthOf(i));
  const positions = new Float64Array(count * length * dim);
  const frames = new Int32Array(count * length);
  /** The point that each point was. */
  const kept = new Uint32Array(count * length);
  for (const { index, positions: all, frames: seen, length: points } of tracks) {
    const from = Math.floor(random.uniform() * (points - length + 1));
    positions.set(all.subarray(from * dim, (from + length) * dim), index * length * dim);
    for (let t = 0; t < length; t++) {
      frames[index * length + t] = seen?.[from + t] ?? from + t;
      kept[index * length + t] = tracks.offsets[index] + from + t;
    }
  }
  return new Tracks({
    ...tracks.data,
    positions,
    frames,
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * length),
    pointColumns: labelsAt(tracks, kept),
  });
}
