import type { Output } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import type { Attribution, Method } from './attribution.ts';
import type { ExplainedNetwork, Fed } from './network/explained-networks.ts';
import { pointsOf } from './places.ts';
import { placeOfTarget, widthsOf } from './targets.ts';

/** What a method says of the rows of a batch, as plain numbers. */
export interface BatchAnswers {
  readonly fed: readonly Pick<Fed, 'from' | 'length'>[];
  /** Per stretch: numbers per point, and numbers per track where there are any; rows one after the other. */
  readonly inputs: readonly (readonly Float32Array[])[];
  readonly output: Float32Array;
  readonly absorbed: Float32Array;
}

/** Rows that go through a network together, and what is asked of them. */
export interface BatchToExplain {
  readonly network: ExplainedNetwork;
  readonly tracks: Tracks;
  readonly rows: readonly number[];
  readonly output: Output;
  readonly codes: Int32Array;
  readonly at: ArrayLike<number> | undefined;
}

/** Traces the answers of a network for some rows back by a method. */
export async function explainBatch(
  { network, tracks, rows, output, codes, at }: BatchToExplain,
  trace: Method,
): Promise<BatchAnswers> {
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
  return {
    fed: stretches,
    inputs: stretches.map((_, s) => numbers.slice(s * perStretch, (s + 1) * perStretch)),
    output: explained,
    absorbed,
  };
}

/** Points of a stretch that are the track's own: those behind it are padding. */
export const ownLength = (
  { from, length }: Pick<Fed, 'from' | 'length'>,
  tracks: Tracks,
  row: number,
) => Math.min(length, tracks.lengthOf(row) - from);

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
