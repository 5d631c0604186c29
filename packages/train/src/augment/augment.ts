import { checkSeed, keyedRandom, randomInteger, randomLogUniform } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { checkWhole } from '../check-whole.ts';
import { TrainError } from '../errors.ts';
import { labelsAt } from '../targets-of-points.ts';
import { rotationMatrix } from './rotation.ts';

/** What is done to a track before a network sees it in training, each drawn anew for every track and epoch. */
export interface Augmentation {
  /** Rotate (and reflect) every track: the laws of motion do not know the axes of the camera. */
  readonly rotate: boolean;
  /** Share of the tracks of which only a stretch is kept, its length log-uniform between `minLength` and the whole. */
  readonly cutShare: number;
  /** Shortest stretch, in points. */
  readonly minLength: number;
  /** Share of the tracks of which some frames are missed. */
  readonly gapShare: number;
  /** Largest probability for an inner frame of such a track to be missed; uniform between 0 and this. */
  readonly maxMissing: number;
}

/** Tracks as they are. */
export const noAugmentation: Augmentation = {
  rotate: false,
  cutShare: 0,
  minLength: 2,
  gapShare: 0,
  maxMissing: 0,
};

/** What is done to tracks, as it is asked for: what is left out is not done, `none` is nothing of it. */
export type AugmentationChoice = Partial<Augmentation> | 'none';

/**
 * The augmentation that a choice stands for.
 *
 * Throws {@link TrainError} for a name that it does not have and a value out of its range.
 *
 * @example
 * chosenAugmentation({ rotate: true }); // rotated, and neither cut nor with frames missing
 * chosenAugmentation('none'); // noAugmentation
 */
export function chosenAugmentation(choice: AugmentationChoice = 'none'): Augmentation {
  if (choice === 'none') return noAugmentation;
  if (typeof choice !== 'object' || choice === null) {
    throw new TrainError(
      `augmentation is ${shown(choice)}: expected 'none', or an object with rotate, cutShare, minLength, gapShare and maxMissing as far as wanted`,
    );
  }
  checkOptions<Augmentation>('augmentation', choice as Augmentation, KNOWN, TrainError);
  const augmentation = { ...noAugmentation, ...choice };
  if (typeof augmentation.rotate !== 'boolean') {
    throw new TrainError(`rotate is ${shown(augmentation.rotate)}: expected true or false`);
  }
  for (const name of ['cutShare', 'gapShare', 'maxMissing'] as const) {
    const share = augmentation[name];
    if (typeof share === 'number' && share >= 0 && share <= 1) continue;
    throw new TrainError(`${name} is ${shown(share)}: expected a number from 0 to 1`);
  }
  checkWhole('minLength', augmentation.minLength, 1);
  return augmentation;
}

const KNOWN = {
  rotate: true,
  cutShare: true,
  minLength: true,
  gapShare: true,
  maxMissing: true,
} as const;

/**
 * Augmented copies of tracks; track columns are kept, of the point columns those that are learnt from. The bits are the same in every engine.
 *
 * @param seed with `first + i` it decides everything about track i, so that batches can be cut anywhere.
 * @param first the number of the first track, unique over the whole training.
 *
 * Throws {@link TrainError} for a seed that is no safe integer.
 */
export function augmentTracks(
  tracks: Tracks,
  augmentation: Augmentation,
  seed: number,
  first: number,
): Tracks {
  checkSeed(seed, TrainError);
  const { dim } = tracks;
  const { rotate, cutShare, minLength, gapShare, maxMissing } = augmentation;
  const positions = new Float64Array(tracks.positions.length);
  const frames = new Int32Array(tracks.pointCount);
  const offsets = new Uint32Array(tracks.count + 1);
  /** The point that each point was. */
  const points = new Uint32Array(tracks.pointCount);
  let kept = 0;
  for (const track of tracks) {
    const random = keyedRandom(seed, 'augmentation', first + track.index);
    let from = 0;
    let { length } = track;
    if (random.uniform() < cutShare && length > minLength) {
      const cut = Math.round(randomLogUniform(random, minLength, length));
      from = randomInteger(random, 0, length - cut);
      length = cut;
    }
    const missing = random.uniform() < gapShare ? random.uniform() * maxMissing : 0;
    const turn = rotate ? rotationMatrix(dim, random) : undefined;
    const begin = kept;
    for (let t = from; t < from + length; t++) {
      const inner = t > from && t + 1 < from + length;
      const canMiss = kept - begin + (from + length - t) > minLength;
      if (missing > 0 && inner && canMiss && random.uniform() < missing) continue;
      points[kept] = tracks.offsets[track.index] + t;
      frames[kept] = (track.frames?.[t] ?? t) - (track.frames?.[from] ?? from);
      for (let row = 0; row < dim; row++) {
        let x = turn ? 0 : track.positions[t * dim + row];
        if (turn) {
          for (let k = 0; k < dim; k++) {
            x +=
              turn[row * dim + k] *
              (track.positions[t * dim + k] - track.positions[from * dim + k]);
          }
        }
        positions[kept * dim + row] = x;
      }
      kept++;
    }
    offsets[track.index + 1] = kept;
  }
  return new Tracks({
    ...tracks.data,
    positions: positions.subarray(0, kept * dim),
    frames: frames.subarray(0, kept),
    offsets,
    pointColumns: labelsAt(tracks, points.subarray(0, kept)),
  });
}
