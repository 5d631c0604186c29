import { type Output, outsideDomain, type TrackModel } from '@diffusion/models';
import type { Reason, Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks, shown } from '@diffusion/tracks/messages';
import * as tf from '@tensorflow/tfjs-core';
import { EvaluationError } from '../errors.ts';
import type { Attribution, Method } from './attribution.ts';
import { gathering } from './gather.ts';
import { gradientInput } from './gradients/gradient-input.ts';
import { type Baseline, integratedGradients } from './gradients/integrated-gradients.ts';
import { smoothGradient } from './gradients/smooth-gradient.ts';
import { lrp } from './lrp/propagate.ts';
import { checkRule, type LrpRule } from './lrp/rules.ts';
import {
  type ExplainedNetwork,
  explainedNetworks,
  type Fed,
} from './network/explained-networks.ts';
import { pointsOf } from './places.ts';
import type { ExplainMethod, Relevance } from './relevance.ts';
import { placeOfTarget, type Target, targetsOf, widthsOf } from './targets.ts';

/** How tracks are explained. */
export interface ExplainOptions {
  readonly method: ExplainMethod;
  /** What is explained; the class that the model says, or its exponent where it has no classes. */
  readonly target?: Target;
  /**
   * Of a model that answers for every point: the point of each track whose answer is explained, one for all or one per track, counted
   * from 0. It has to be given there, and nowhere else.
   */
  readonly at?: number | ArrayLike<number>;
  /**
   * Of relevance propagation: how layers with weights part what they have, the ε rule with 0.01 if left out. What has no
   * weights does it by the ε rule, with this one's ε.
   */
  readonly rule?: LrpRule;
  /** Of relevance propagation: the rule of dense layers; that of the others if left out. */
  readonly denseRule?: LrpRule;
  /** Of integrated gradients: what the path begins at; all numbers 0 if left out. */
  readonly baseline?: Baseline;
  /** Of integrated gradients: nodes of the quadrature; 50 if left out. */
  readonly steps?: number;
  /** Of SmoothGrad: how many gradients; 25 if left out. */
  readonly samples?: number;
  /** Of SmoothGrad: deviation of the noise as a share of each channel's range over the track; 0.15 if left out. */
  readonly noise?: number;
  /** Of SmoothGrad: what the noise is drawn with; 1 if left out. */
  readonly seed?: number;
  /** Most tracks that go through a network together; 128 if left out, and never more than 16,000 points. */
  readonly batchSize?: number;
  /** Told of how many tracks are explained, those included that are not. */
  readonly onProgress?: (done: number) => void;
}

const KNOWN = {
  method: true,
  target: true,
  at: true,
  rule: true,
  denseRule: true,
  baseline: true,
  steps: true,
  samples: true,
  noise: true,
  seed: true,
  batchSize: true,
  onProgress: true,
} as const;

/** Points that go through a network together: what is in between is kept until it is explained. */
const pointsTogether = 16_000;

/**
 * What the points of tracks did for the answers of a model: a network, a bank, an ensemble of them (the mean over its networks), or a
 * network that answers for every point. What is explained is a logit, the exponent, or another number that the network gives,
 * never a probability.
 *
 * Runs on whatever backend tfjs has been set to. A track outside of what the model has seen is not explained, and has a
 * reason.
 *
 * @param tracks tracks of any lengths and units.
 * @returns a number per point, and numbers per track beside.
 * @throws {@link EvaluationError} for a model without networks, an unknown option, and a target that the model does not answer.
 *
 * @example
 * const { points, output } = await explainTracks(tracks, model, { method: 'gradient-input', target: 'confined' });
 * points.subarray(tracks.offsets[0], tracks.offsets[1]); // of the first track
 */
export async function explainTracks(
  tracks: Tracks,
  model: TrackModel,
  options: ExplainOptions,
): Promise<Relevance> {
  checkOptions<ExplainOptions>('explainTracks', options, KNOWN, EvaluationError);
  checkTracks(tracks, EvaluationError);
  const { method, target, batchSize = 128, onProgress } = options;
  const networks = explainedNetworks(model);
  const members = model.kind === 'ensemble' ? model.models : [model];
  const { output } = members[0].card;
  const at = pointsAsked(tracks, output, options.at);
  const trace = methodOf(options);

  const reasons = new Array<Reason | undefined>(tracks.count).fill(undefined);
  for (const { card } of members) {
    for (const [i, reason] of outsideDomain(card.domain, tracks).entries()) reasons[i] ??= reason;
  }
  const rows = [...reasons.keys()].filter((i) => reasons[i] === undefined);
  const codes = await targetsOf(model, output, tracks, rows, target, at);

  const sums = gathering(tracks);
  let done = 0;
  for (const network of networks) {
    for (const batch of smallBatches(network, tracks, rows, batchSize)) {
      await explainBatch({ network, trace, tracks, rows: batch, output, codes, at }, (answers) => {
        addBatch(sums, tracks, answers, network, batch, 1 / networks.length);
      });
      done += batch.length / networks.length;
      onProgress?.(Math.round(tracks.count - rows.length + done));
    }
  }
  return {
    method,
    target: codes,
    ...sums.result((track) => reasons[track] === undefined),
    ...(method === 'integrated-gradients' && { baseline: options.baseline ?? 'zeros' }),
    reasons,
  };
}

function methodOf(options: ExplainOptions): Method {
  const { method, baseline = 'zeros', steps = 50, samples = 25, noise = 0.15, seed = 1 } = options;
  const positive = { steps, samples };
  for (const [name, value] of Object.entries(positive)) {
    if (!(Number.isInteger(value) && value >= 1 && value <= 10_000)) {
      throw new EvaluationError(`${name} is ${shown(value)}: expected an integer from 1 to 10000`);
    }
  }
  if (!(noise > 0 && noise < Number.POSITIVE_INFINITY)) {
    throw new EvaluationError(`noise is ${shown(noise)}: expected a positive number`);
  }
  if (baseline !== 'zeros' && baseline !== 'mean') {
    throw new EvaluationError(`baseline is ${shown(baseline)}: expected zeros or mean`);
  }
  const { rule = { kind: 'epsilon' }, denseRule = rule } = options;
  checkRule('rule', rule);
  checkRule('denseRule', denseRule);
  switch (method) {
    case 'lrp':
      return lrp({ rule, denseRule });
    case 'gradient-input':
      return gradientInput;
    case 'integrated-gradients':
      return integratedGradients({ baseline, steps });
    case 'smooth-gradient':
      return smoothGradient({ samples, noise, seed });
    default:
      throw new EvaluationError(
        `method is ${shown(method)}: expected lrp, gradient-input, integrated-gradients or smooth-gradient`,
      );
  }
}

/** The point of each track that is asked about, of a model that answers for every point. */
function pointsAsked(
  tracks: Tracks,
  { kind }: Output,
  at: ExplainOptions['at'],
): ArrayLike<number> | undefined {
  if (kind !== 'points') {
    if (at === undefined) return undefined;
    throw new EvaluationError(
      `at is ${shown(at)}: the model answers for whole tracks: expected it to be left out`,
    );
  }
  if (at === undefined) {
    throw new EvaluationError(
      'at is undefined: the model answers for every point: expected the point of each track whose answer is explained',
    );
  }
  const each =
    typeof at === 'number' ? Array.from({ length: tracks.count }, () => at) : Array.from(at);
  if (each.length !== tracks.count) {
    throw new EvaluationError(
      `at has ${each.length} points: expected ${tracks.count}, one per track`,
    );
  }
  for (const [i, point] of each.entries()) {
    if (Number.isInteger(point) && point >= 0 && point < tracks.lengthOf(i)) continue;
    throw new EvaluationError(
      `at is ${shown(point)} of track ${i}: expected a point from 0 to ${tracks.lengthOf(i) - 1}`,
    );
  }
  return each;
}

/** The batches of a network, in parts that are not too large. */
function* smallBatches(
  network: ExplainedNetwork,
  tracks: Tracks,
  rows: readonly number[],
  batchSize: number,
): Generator<readonly number[]> {
  for (const batch of network.batches(tracks, rows, batchSize)) {
    const length = network.encoder.specification.length ?? tracks.lengthOf(batch[0]);
    const size = Math.max(1, Math.floor(pointsTogether / length));
    for (let from = 0; from < batch.length; from += size) yield batch.slice(from, from + size);
  }
}

/** What a method says of the rows of a batch, as plain numbers. */
interface BatchAnswers {
  readonly fed: readonly Pick<Fed, 'from' | 'length'>[];
  /** Per stretch: numbers per point, and numbers per track where there are any; rows one after the other. */
  readonly inputs: readonly (readonly Float32Array[])[];
  readonly output: Float32Array;
  readonly absorbed: Float32Array;
}

interface BatchToExplain {
  readonly network: ExplainedNetwork;
  readonly trace: Method;
  readonly tracks: Tracks;
  readonly rows: readonly number[];
  readonly output: Output;
  readonly codes: Int32Array;
  readonly at: ArrayLike<number> | undefined;
}

async function explainBatch(
  { network, trace, tracks, rows, output, codes, at }: BatchToExplain,
  use: (answers: BatchAnswers) => void,
): Promise<void> {
  let stretches: Pick<Fed, 'from' | 'length'>[] = [];
  let perStretch = 1;
  const parts = tf.tidy(() => {
    const fed = network.feed(tracks, rows);
    stretches = fed.map(({ from, length }) => ({ from, length }));
    perStretch = fed[0].inputs.length;
    const inputs = fed.flatMap((each) => each.inputs);
    const points = fed.flatMap((each) =>
      each.inputs.map((input, i) =>
        i === 0
          ? rows.map((row) =>
              pointsOf(network.encoder, input.shape[1] as number, ownLength(each, tracks, row)),
            )
          : undefined,
      ),
    );
    const masks = masksOf(output, rows, codes, at, fed[0].length);
    const answers = network.graphs(fed, (graph) =>
      trace({ graph, inputs, masks, tracks: rows, points }),
    );
    const { inputs: traced, output: explained, absorbed } = meanOf(answers, network.factor);
    return [...traced, explained, absorbed];
  });
  const data = await Promise.all(parts.map((tensor) => tensor.data()));
  tf.dispose(parts);
  const absorbed = data.pop() as Float32Array;
  const explained = data.pop() as Float32Array;
  const numbers = data as Float32Array[];
  use({
    fed: stretches.map(({ from, length }) => ({ from, length })),
    inputs: stretches.map((_, s) => numbers.slice(s * perStretch, (s + 1) * perStretch)),
    output: explained,
    absorbed,
  });
}

/** Points of a stretch that are the track's own: those behind it are padding. */
const ownLength = ({ from, length }: Pick<Fed, 'from' | 'length'>, tracks: Tracks, row: number) =>
  Math.min(length, tracks.lengthOf(row) - from);

/** The mean of what several networks of one shape say. */
function meanOf(answers: readonly Attribution[], factor: number): Attribution {
  const scale = factor / answers.length;
  const mean = <T extends tf.Tensor>(each: (answer: Attribution) => T): T =>
    answers.length === 1 && scale === 1
      ? each(answers[0])
      : (tf.mul(tf.addN(answers.map(each)), scale) as T);
  return {
    inputs: answers[0].inputs.map((_, i) => mean(({ inputs }) => inputs[i])),
    output: mean(({ output }) => output),
    absorbed: mean(({ absorbed }) => absorbed),
  };
}

/** For each answer of a network 1 where it is explained. */
function masksOf(
  output: Output,
  rows: readonly number[],
  codes: Int32Array,
  at: ArrayLike<number> | undefined,
  length: number,
): (tf.Tensor | undefined)[] {
  return widthsOf(output).map((width, answer) => {
    const perRow = at ? length * width : width;
    const mask = new Float32Array(rows.length * perRow);
    let any = false;
    for (const [r, row] of rows.entries()) {
      const { answer: own, place } = placeOfTarget(output, codes[row]);
      if (own !== answer) continue;
      any = true;
      mask[r * perRow + (at ? at[row] * width : 0) + place] = 1;
    }
    if (!any) return undefined;
    return tf.tensor(mask, at ? [rows.length, length, width] : [rows.length, width]);
  });
}

/** Puts what was said of a batch where it belongs. */
function addBatch(
  sums: ReturnType<typeof gathering>,
  tracks: Tracks,
  { fed, inputs, output, absorbed }: BatchAnswers,
  { encoder }: ExplainedNetwork,
  rows: readonly number[],
  weight: number,
): void {
  for (const [r, row] of rows.entries()) {
    sums.addAnswer(row, output[r] * weight, absorbed[r] * weight);
    for (const [s, stretch] of fed.entries()) {
      const [points, features] = inputs[s].map((values) => {
        const perRow = values.length / rows.length;
        return values.subarray(r * perRow, (r + 1) * perRow);
      });
      const own = ownLength(stretch, tracks, row);
      sums.addPoints(encoder, points, row, stretch.from, own, weight);
      if (features) sums.addFeatures(encoder, features, row, weight);
    }
  }
}
