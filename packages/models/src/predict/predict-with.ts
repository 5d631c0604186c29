import type { Prediction, Reason, Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks } from '@diffusion/tracks/messages';
import { calibrateAnswers, withSets } from '../calibration/calibrate-answers.ts';
import { hasSpread, type ModelCard, type Output } from '../card.ts';
import { domainReasons } from '../domain/domain-reasons.ts';
import { ModelError } from '../errors.ts';
import { answerRows } from './answer-rows.ts';
import type { Answering } from './answering.ts';
import type { PredictOptions } from './model.ts';
import { placeOfExponent, predictionOf, widthOf } from './prediction-of.ts';
import { showPrediction } from './show-prediction.ts';

/** A model that takes part in a prediction: what it has seen and what it answers, and how its answers are come by. */
export interface Member extends Answering {
  readonly card: Pick<ModelCard, 'domain' | 'output' | 'calibration'>;
}

/**
 * The prediction of one model, or the mean of several that answer the same question: each checks its own domain, once, and
 * answers for the tracks inside of it. A track has an answer where every member gives one, else the reason of the first
 * that does not. Every prediction comes from here, on this thread or by workers: so it is here that probabilities are scaled as
 * a card says, each member's by its own, and that a model by itself gives sets. The mean of several has none: what a set
 * covers is known of the model that it was fitted to.
 */
export async function predictWith(
  members: readonly Member[],
  tracks: Tracks,
  options: PredictOptions = {},
): Promise<Prediction> {
  checkOptions<PredictOptions>(
    'predict',
    options,
    { batchSize: true, onProgress: true },
    ModelError,
  );
  checkTracks(tracks, ModelError);
  const { batchSize, onProgress } = options;
  if (members.some(({ card }) => card.output.kind === 'points')) {
    throw new ModelError(
      'the model answers for every point of a track: expected networkSegments(model, tracks) of @diffusion/models, or a model that judges tracks',
    );
  }
  const { output } = members[0].card;
  const reasons = new Array<Reason | undefined>(tracks.count).fill(undefined);
  const parts: Float32Array[] = [];
  for (const [m, member] of members.entries()) {
    const own = await domainReasons(member.card.domain, tracks);
    const inside = [...own.keys()].filter((i) => own[i] === undefined);
    const before = m * tracks.count + tracks.count - inside.length;
    const told = (done: number) => onProgress?.((before + done) / members.length);
    const how = { ...(batchSize && { batchSize }), onProgress: told };
    const part = await answerRows(member, widthOf(output), tracks, inside, how, own);
    calibrateAnswers(member.card, part, tracks);
    parts.push(part);
    for (const [i, reason] of own.entries()) reasons[i] ??= reason;
  }
  if (parts.length > 1) {
    return showPrediction(predictionOf(output, meanOf(parts, output), reasons));
  }
  const prediction = predictionOf(output, parts[0], reasons);
  return showPrediction(withSets(prediction, members[0].card.calibration?.sets, tracks));
}

/** The mean of the rows of several members; a spread is that of their mixture. */
function meanOf(parts: readonly Float32Array[], output: Output): Float32Array {
  const mean = new Float32Array(parts[0].length);
  for (const part of parts) {
    for (let i = 0; i < mean.length; i++) mean[i] += part[i] / parts.length;
  }
  if (!hasSpread(output)) return mean;
  const stride = widthOf(output);
  for (let i = placeOfExponent(output); i < mean.length; i += stride) {
    // The mean of the variances, and the variance of the means.
    const squares = parts.map((part) => Math.exp(2 * part[i + 1]) + (part[i] - mean[i]) ** 2);
    mean[i + 1] = Math.log(squares.reduce((sum, square) => sum + square, 0) / parts.length) / 2;
  }
  return mean;
}
