import { type Output, outsideDomain, type TrackModel } from '@diffusion/models';
import type { Reason, Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks, shown } from '@diffusion/tracks/messages';
import { EvaluationError } from '../errors.ts';
import type { Method } from './attribution.ts';
import { type BatchAnswers, explainBatch, ownLength } from './explain-batch.ts';
import { gathering } from './gather.ts';
import { type MethodOptions, methodOf } from './method.ts';
import { type ExplainedNetwork, explainedNetworks } from './network/explained-networks.ts';
import type { Relevance } from './relevance.ts';
import { type Target, targetsOf } from './targets.ts';

/** How tracks are explained. */
export interface ExplainOptions extends MethodOptions {
  /** What is explained; the class that the model says, or its exponent where it has no classes. */
  readonly target?: Target;
  /**
   * Of a model that answers for every point: the point of each track whose answer is explained, one for all or one per track, counted
   * from 0. It has to be given there, and nowhere else.
   */
  readonly at?: number | ArrayLike<number>;
  /**
   * Of integrated gradients, where `steps` are left out: the largest share of the answer (or of 1 % of all that points and features
   * have, without their signs, where that is more) by which the parts may fail to add up to it. Tracks that do not reach it with 50 nodes get 200, 800
   * and at last 3,200. Any error will do if left out.
   */
  readonly tolerance?: number;
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
  tolerance: true,
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
  const traces = tracesOf(options);

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
      let left = batch;
      for (const [k, { trace, settles }] of traces.entries()) {
        const question = { network, tracks, rows: left, output, codes, at };
        const answers = await explainBatch(question, trace);
        const places = [...left.keys()];
        const settled =
          k + 1 === traces.length ? places : places.filter((r) => settles(answers, r));
        addBatch(sums, tracks, answers, network, left, settled, 1 / networks.length);
        left = left.filter((_, r) => !settled.includes(r));
        if (left.length === 0) break;
      }
      // So that a page stays alive and an interruption is heard.
      await new Promise((resolve) => setTimeout(resolve));
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

/** A method, and whether what it says of a row is good enough. */
interface Trace {
  readonly trace: Method;
  settles(answers: BatchAnswers, row: number): boolean;
}

/** Nodes of the quadrature that are tried one after the other. */
const finer = [50, 200, 800, 3200];

/** The method that is asked for, or several, of which each is asked for what the one before has not settled. */
function tracesOf(options: ExplainOptions): readonly Trace[] {
  const trace = methodOf(options);
  const { method, steps, tolerance } = options;
  if (method !== 'integrated-gradients' || steps !== undefined || tolerance === undefined) {
    return [{ trace, settles: () => true }];
  }
  return finer.map((steps) => ({
    trace: methodOf({ ...options, steps }),
    settles: (answers, row) => isComplete(answers, row, tolerance),
  }));
}

/** Whether points, features and what is absorbed are the answer, within a share of it. */
function isComplete(
  { inputs, output, absorbed }: BatchAnswers,
  row: number,
  tolerance: number,
): boolean {
  let sum = absorbed[row];
  let size = 0;
  for (const values of inputs.flat()) {
    const perRow = values.length / output.length;
    for (let i = row * perRow; i < (row + 1) * perRow; i++) {
      sum += values[i];
      size += Math.abs(values[i]);
    }
  }
  const allowed = tolerance * Math.max(Math.abs(output[row]), 0.01 * size);
  return Math.abs(sum - output[row]) <= allowed;
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

/** Puts what was said of a batch where it belongs. */
function addBatch(
  sums: ReturnType<typeof gathering>,
  tracks: Tracks,
  { fed, inputs, output, absorbed }: BatchAnswers,
  { encoder }: ExplainedNetwork,
  rows: readonly number[],
  places: readonly number[],
  weight: number,
): void {
  for (const r of places) {
    const row = rows[r];
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
