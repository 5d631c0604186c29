import type { Encoder, PointPrior } from '@diffusion/models';
import { pointAnswers, segmentOfPoints } from '@diffusion/models/inference';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { augmentTracks } from './augment/augment.ts';
import type { WholeRecipe } from './recipe.ts';
import { sampleOf } from './seen.ts';
import type { TrackSource } from './source.ts';
import { pointTargets } from './targets-of-points.ts';

/** Tracks on which it is measured, at most. */
const sample = 1000;

/** Mean absolute deviation of a normal law over its standard deviation. */
const ofDeviation = Math.sqrt(2 / Math.PI);

/**
 * What is known of α and ln K of a point before its track is seen, and how far a trained network is off in its spreads, over tracks of
 * the training. Undefined where the tracks do not have both.
 */
export async function seenPrior(
  network: LayersModel,
  encoder: Encoder,
  classes: readonly string[],
  source: TrackSource,
  { augmentation, seed }: WholeRecipe,
): Promise<PointPrior | undefined> {
  const tracks = augmentTracks(sampleOf(source, sample), augmentation, seed, 0);
  const unitOf = (i: number) => encoder.unit?.(tracks.at(i)) ?? 1;
  const { alphas, diffusions, changes } = pointTargets(tracks, classes, unitOf);
  const rows = Array.from({ length: tracks.count }, (_, i) => i);
  const answers = await pointAnswers(network, encoder, tracks, rows);
  const laws = [alphas, diffusions].map((values) => {
    let [count, mean, squares] = [0, 0, 0];
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      count++;
      const before = mean;
      mean += (value - mean) / count;
      squares += (value - before) * (value - mean);
    }
    return { mean, deviation: Math.sqrt(squares / count) };
  });
  const errors = [0, 0];
  const spreads = [0, 0];
  const width = answers.length / tracks.pointCount;
  for (let i = 0; i < tracks.count; i++) {
    const [first, end] = [tracks.offsets[i], tracks.offsets[i + 1]];
    const own = answers.subarray(first * width, end * width);
    for (let from = first, to = first + 1; to <= end; to++) {
      if (to < end && changes[to] === 0) continue;
      const { diffusion, alpha, alphaSpread, diffusionSpread } = segmentOfPoints(
        own,
        from - first,
        to - first,
        classes,
        1,
      );
      // One that stands still, or is taken to, has neither.
      if (diffusion > 0 && !Number.isNaN(alphas[from])) {
        errors[0] += Math.abs(alpha - alphas[from]);
        spreads[0] += alphaSpread * ofDeviation;
      }
      if (diffusion > 0 && !Number.isNaN(diffusions[from])) {
        errors[1] += Math.abs(Math.log(diffusion) - diffusions[from]);
        spreads[1] += diffusionSpread * ofDeviation;
      }
      from = to;
    }
  }
  const [alpha, diffusion] = laws.map((law, k) => ({
    ...law,
    spreadFactor: errors[k] / spreads[k] || 1,
  }));
  return alpha.deviation > 0 && diffusion.deviation > 0 ? { alpha, diffusion } : undefined;
}
