import { tidy } from '@tensorflow/tfjs-core';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type BankCard, hasSpread } from '../card.ts';
import { EXPONENTS, type Halves } from '../networks/bank-parts.ts';
import type { BankModel } from '../predict/model.ts';
import { type Graph, graphOf, type Value } from './graph.ts';
import { translate, translateLayer } from './translate.ts';
import { fileOf, outputNames } from './write-onnx.ts';

/** Crops of a track that a file takes: one from its beginning, one from its end. */
const CROPS = 2;

/**
 * A bank as ONNX files, one for each of its lengths, which holds all networks of that length: what `predict` answers for
 * tracks of that many points and more, up to the next length.
 *
 * Each takes `track` [batch, 2, length, dim]: the first `length` points of a track and its last, each crop standardised by
 * itself (of a track of just that length, the same twice). Feature vectors of the crops, answers of the networks and the
 * correction of exponents are worked out inside; outputs are named as those of {@link writeOnnx}, and the card is in every
 * file, with the networks that are in it.
 *
 * @returns the files by their lengths, ascending.
 * @throws {ModelError} that names the layer which has no translation.
 *
 * @example
 * for (const [length, bytes] of writeOnnxBank(bank)) await writeFile(`bank/${length}.onnx`, bytes);
 */
export function writeOnnxBank({
  bank,
  card,
}: Pick<BankModel, 'bank' | 'card'>): ReadonlyMap<number, Uint8Array> {
  return new Map(
    bank.lengths.map((length) => {
      const bytes = tidy(() => {
        const graph = graphOf();
        const { dim } = card.encoder;
        const track = graph.input('track', [null, CROPS, length, dim]);
        graph.at('crops');
        const crops = reshaped(graph, track, [-1, length, dim]);
        let fold = 0;
        const answers = bank.ofLength(length, (halves) =>
          answerOfCrops(graph, crops, halves, `fold${++fold}/`),
        );
        graph.at('answer');
        const answer = corrected(graph, meanOf(graph, answers), card);
        const [output] = bank.network.outputs;
        graph.output(outputNames(card.output)[0], answer, output.shape);
        const networks = card.bank.networks.filter((network) => network.length === length);
        const own: BankCard = { ...card, bank: { ...card.bank, networks } };
        return fileOf(graph, `${bank.network.name}-${length}`, own);
      });
      return [length, bytes];
    }),
  );
}

/** The value in another shape, −1 being whatever is left; axes as in tfjs. */
function reshaped(graph: Graph, value: Value, shape: readonly number[]): Value {
  const sizes = graph.constant(`shape ${shape.join(' ')}`, BigInt64Array.from(shape, BigInt));
  return graph.add('Reshape', [value, sizes], { axes: shape.length === 2 ? 'bc' : 'btc' });
}

/** What one network says: the output that follows from the mean feature vector of the crops. */
function answerOfCrops(graph: Graph, crops: Value, { features, head }: Halves, prefix: string) {
  const [input] = features.inputs;
  const [output] = features.outputs as SymbolicTensor[];
  const [vectors] = translate(graph, [output], new Map([[input.id, crops]]), prefix);
  graph.at(`${prefix}crops`);
  const pairs = reshaped(graph, vectors, [-1, CROPS, output.shape[1] as number]);
  const attributes = { axes: [1], keepdims: 0 };
  const mean = graph.add('ReduceMean', [pairs], { attributes, axes: 'bc' });
  return translateLayer(graph, prefix, head, [mean], [output.shape]);
}

/** The mean of the answers of several networks. */
function meanOf(graph: Graph, answers: readonly Value[]): Value {
  if (answers.length === 1) return answers[0];
  const sum = graph.add('Sum', answers);
  return graph.add('Div', [sum, graph.constant('networks', answers.length)]);
}

/** Exponents times the correction, within {@link EXPONENTS}; a spread beside them stays, and so do probabilities. */
function corrected(graph: Graph, answer: Value, { output, bank }: BankCard): Value {
  if (output.kind !== 'exponent') return answer;
  const limits = ['lowest', 'highest'].map((name, i) => graph.constant(name, EXPONENTS[i]));
  const factor = graph.constant('correction', bank.correction);
  const right = (value: Value) => graph.add('Clip', [graph.add('Mul', [value, factor]), ...limits]);
  if (!hasSpread(output)) return right(answer);
  const column = (i: number) =>
    graph.add('Gather', [answer, graph.constant(`column ${i}`, BigInt64Array.of(BigInt(i)))], {
      attributes: { axis: 1 },
    });
  return graph.add('Concat', [right(column(0)), column(1)], { attributes: { axis: 1 } });
}
