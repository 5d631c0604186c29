import type { TrackModel } from '@diffusion/models';
import { deriveSeed, keyedRandom } from '@diffusion/random';
import { motionPrior } from '@diffusion/simulate';
import { mostProbable, type Tracks } from '@diffusion/tracks';
import { ceilingOn } from './ceiling.ts';
import { estimateErrors } from './estimate-errors.ts';
import type { Expectation } from './expectation.ts';
import { expectedScores } from './expected-scores.ts';
import { predictiveCheck } from './predictive-check.ts';
import { type ExpectOptions, simulateLike } from './simulate-like.ts';
import { summaries } from './summaries.ts';

/**
 * What to expect of a model on the tracks of a file. What the tracks are (class, law, D, α, σ, in their own frames, with
 * the tie of length and class) is drawn from the joint posterior of all of them together; tracks like them are simulated and
 * judged by the same model; and what would be counted, if the truth of the file were known, is said with intervals.
 *
 * Throws {@link ExpectError} for options that are none, a file without tracks, and a model whose classes are not those of
 * the prior.
 *
 * @example
 * const { classes } = await expectOn(tracks, await loadPretrained('motion-2d'));
 * for (const { name, recall } of classes) console.log(name, recall.low, recall.high);
 */
export async function expectOn(
  tracks: Tracks,
  model: TrackModel,
  options: ExpectOptions = {},
): Promise<Expectation> {
  const like = await simulateLike('expectOn', tracks, model, options);
  const { drift, file, reasons, summary, posterior, rows, made, outcomes } = like;
  const { seed = 1, exposure, prior = motionPrior, onProgress } = options;
  const { classes } = outcomes;
  const asItIs = drift.found ? (await like.asItIs()).probabilities : like.probabilities;
  const directed = {
    before: directedIn(classes, asItIs),
    after: directedIn(classes, like.probabilities),
  };
  const scores = expectedScores(
    outcomes,
    rows,
    posterior,
    file.count,
    keyedRandom(seed, 'expectation', 4),
  );
  const check = predictiveCheck(
    { values: summary.values, length: file.lengths() },
    { values: summaries(made.tracks).values, length: outcomes.length, weight: rows.weight },
    keyedRandom(seed, 'expectation', 6),
  );
  onProgress?.(0.8);
  const estimates = estimateErrors(made.tracks, outcomes, exposure);
  onProgress?.(0.9);
  const ceiling = await ceilingOn(file, model, rows, {
    ...{ classes, prior, exposure },
    seed: deriveSeed(seed, 'expectation', 7),
  });
  onProgress?.(1);
  const { tracks: _, ...moved } = drift;
  return {
    tracks: tracks.count,
    refused: reasons.filter((reason) => reason).length / file.count,
    ...scores,
    estimates,
    ceiling,
    check,
    drift: { ...moved, directed },
    warnings: like.warnings,
    simulated: made.tracks,
    outcomes,
  };
}

/** How many tracks are called directed. */
function directedIn(classes: readonly string[], probabilities: Float32Array): number {
  const directed = classes.indexOf('directed');
  return mostProbable(probabilities, classes.length, classes.length).filter(
    (c) => c === directed && c >= 0,
  ).length;
}
