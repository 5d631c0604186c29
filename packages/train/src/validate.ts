import { applyNetwork, type Encoder, type Output } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { scoreOf } from './loss.ts';
import { targets } from './targets.ts';

/** Loss (cross-entropy or mean absolute error) and score of a network on labelled tracks, in inference mode. */
export async function validate(
  network: LayersModel,
  encoder: Encoder,
  output: Output,
  tracks: Tracks,
  batchSize = 128,
): Promise<{ loss: number; score: number }> {
  const wanted = targets(tracks, output);
  const width = output.kind === 'classes' ? output.classes.length : 1;
  const answers = new Float32Array(tracks.count * width);
  for (let from = 0; from < tracks.count; from += batchSize) {
    const rows = Uint32Array.from(
      { length: Math.min(batchSize, tracks.count - from) },
      (_, i) => from + i,
    );
    answers.set(await applyNetwork(network, encoder, tracks, rows), from * width);
  }
  const score = scoreOf(answers, wanted, output);
  if (output.kind === 'exponent') return { loss: score, score };
  let loss = 0;
  for (let i = 0; i < tracks.count; i++)
    loss -= Math.log(Math.max(1e-7, answers[i * width + wanted[i]]));
  return { loss: loss / tracks.count, score };
}
