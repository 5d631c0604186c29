import type { NetworkModel } from '@diffusion/models';
import { inputTensors } from '@diffusion/models/inference';
import { keyedRandom } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { EvaluationError } from '../../errors.ts';

/** Options of {@link maximizingTrack}. */
export interface MaximizeOptions {
  /** The class whose probability is made large; −1: the exponent. */
  readonly target: number;
  /** Points; 100 unless told. */
  readonly length?: number;
  /** Steps of the ascent; 60 unless told. */
  readonly steps?: number;
  /** How far a step moves a displacement, in its deviation; 0.05 unless told. */
  readonly rate?: number;
  /** Any safe integer; 1 unless told. */
  readonly seed?: number;
  /** Told of the steps that are done. */
  readonly onProgress?: (done: number) => void;
}

/** A track that a network is sure of, and the way there. */
export interface MaximizingTrack {
  /** One track, in steps of deviation 1. */
  readonly tracks: Tracks;
  /** The logarithm of the probability, or the exponent, before every step and at the end. */
  readonly answers: readonly number[];
}

/**
 * A track that a network takes for its class more and more: gradient ascent (Erhan et al. 2009; Simonyan et al. 2014) from Brownian motion
 * on the displacements, whose root mean square is held. The gradient goes through the network by its derivatives and
 * through the encoder by differences, so that any encoder will do. What comes out shows what the network answers to, and
 * need not look like any track that there is.
 *
 * Throws {@link EvaluationError} for a class that the model does not have, a length that it does not see, and an option out of its range.
 *
 * @example
 * const { tracks, answers } = maximizingTrack(model, { target: 1, length: 80 });
 */
export async function maximizingTrack(
  model: NetworkModel,
  { target, length = 100, steps = 60, rate = 0.05, seed = 1, onProgress }: MaximizeOptions,
): Promise<MaximizingTrack> {
  const { encoder, card } = model;
  const classes = card.output.kind === 'exponent' ? 0 : card.output.classes.length;
  const hasExponent = card.output.kind === 'exponent' || card.output.kind === 'both';
  if (
    card.output.kind === 'points' ||
    !(target === -1 ? hasExponent : Number.isInteger(target) && target >= 0 && target < classes)
  ) {
    throw new EvaluationError(
      `target is ${target}: expected ${classes > 0 ? `a class, 0 to ${classes - 1}` : ''}${hasExponent ? ', or −1 for the exponent' : ''}`,
    );
  }
  const longest = encoder.specification.length;
  if (!(Number.isInteger(length) && length >= 4 && (longest === null || length <= longest))) {
    throw new EvaluationError(
      `length is ${length}: expected 4 to ${longest ?? 'any number of'} points`,
    );
  }
  if (!(Number.isInteger(steps) && steps >= 1)) {
    throw new EvaluationError(`steps is ${steps}: expected an integer of at least 1`);
  }
  const { dim } = encoder.specification;
  const random = keyedRandom(seed, 'occlusion', 5);
  const moves = Float64Array.from({ length: (length - 1) * dim }, () => random.normal());
  const answers: number[] = [];
  for (let step = 0; step <= steps; step++) {
    const { answer, gradient } = slope(model, placesOf(moves, dim), target);
    answers.push(answer);
    if (step === steps) break;
    // A displacement moves all places after it.
    const own = new Float64Array(moves.length);
    for (let t = length - 2; t >= 0; t--) {
      for (let d = 0; d < dim; d++) {
        const later = t + 1 < length - 1 ? own[(t + 1) * dim + d] : 0;
        own[t * dim + d] = later + gradient[(t + 1) * dim + d];
      }
    }
    const norm = rms(own);
    if (!(norm > 0)) break;
    for (let k = 0; k < moves.length; k++) moves[k] += (rate * own[k]) / norm;
    const size = rms(moves);
    for (let k = 0; k < moves.length; k++) moves[k] /= size;
    onProgress?.(step + 1);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const tracks = new Tracks({ positions: placesOf(moves, dim), offsets: [0, length], dim });
  return { tracks, answers };
}

const rms = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

function placesOf(moves: Float64Array, dim: number): Float64Array {
  const places = new Float64Array(moves.length + dim);
  for (let k = 0; k < moves.length; k++) places[k + dim] = places[k] + moves[k];
  return places;
}

/** A change of a coordinate by which the encoder is differentiated, in deviations of a displacement. */
const DIFFERENCE = 1e-3;
/** Added to a probability before its logarithm is taken. */
const LEAST = 1e-7;

/** The answer for a track, and how it changes with every coordinate. */
function slope({ network, encoder, card }: NetworkModel, places: Float64Array, target: number) {
  const { dim } = encoder.specification;
  const points = places.length / dim;
  const count = places.length + 1;
  const positions = new Float64Array(count * places.length);
  for (let v = 0; v < count; v++) {
    positions.set(places, v * places.length);
    if (v > 0) positions[v * places.length + v - 1] += DIFFERENCE;
  }
  const varied = new Tracks({
    positions,
    offsets: Uint32Array.from({ length: count + 1 }, (_, v) => v * points),
    dim,
  });
  const seen = encoder.encode(varied);
  const [perTrack, perFeatures] = [seen.inputs.length / count, seen.features.length / count];
  const [value, slopes] = tf.tidy(() => {
    const first = inputTensors(network, {
      ...seen,
      count: 1,
      inputs: seen.inputs.slice(0, perTrack),
      features: seen.features.slice(0, perFeatures),
    });
    const place = target >= 0 || card.output.kind === 'exponent' ? 0 : 1;
    const answer = (...inputs: tf.Tensor[]): tf.Scalar => {
      const applied = network.apply(inputs.length === 1 ? inputs[0] : inputs, { training: false });
      const out = (Array.isArray(applied) ? applied[place] : applied) as tf.Tensor2D;
      const one = tf.slice(out, [0, Math.max(0, target)], [1, 1]);
      return tf.sum(target < 0 ? one : tf.log(tf.add(one, LEAST))) as tf.Scalar;
    };
    const found = tf.valueAndGrads(answer)(first);
    return [found.value.dataSync()[0], found.grads.map((grad) => grad.dataSync().slice())];
  });
  const gradient = new Float64Array(places.length);
  for (let k = 0; k < places.length; k++) {
    let sum = 0;
    const from = (k + 1) * perTrack;
    for (let j = 0; j < perTrack; j++)
      sum += slopes[0][j] * (seen.inputs[from + j] - seen.inputs[j]);
    for (let j = 0; slopes.length > 1 && j < perFeatures; j++) {
      sum += slopes[1][j] * (seen.features[(k + 1) * perFeatures + j] - seen.features[j]);
    }
    gradient[k] = sum / DIFFERENCE;
  }
  return { answer: value, gradient };
}
