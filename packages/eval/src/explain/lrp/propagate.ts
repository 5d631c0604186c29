import * as tf from '@tensorflow/tfjs-core';
import type { Method } from '../attribution.ts';
import { explainedOf, valuesOf } from '../network/forward.ts';
import type { Graph, Layer, Step } from '../network/graph.ts';
import { passOn } from './layer-rules.ts';
import { type LrpRule, type Passed, partByRule } from './rules.ts';
import { isWeightedSum, weightedSumOf } from './weighted-sums.ts';

/** What a layer had and what became of it, for who checks that nothing is lost. */
export interface LayerBalance extends Passed {
  readonly step: Step;
  readonly relevance: tf.Tensor;
}

/** By which rules relevance is propagated. */
export interface LrpRules {
  /** Of convolutions, and of all that has no weights. */
  readonly rule: LrpRule;
  /** Of dense layers. */
  readonly denseRule: LrpRule;
}

/**
 * Layer-wise relevance propagation (Bach et al. 2015, PLoS ONE 10, e0130140): the answer is handed back from layer to layer,
 * each of which parts it among what it took. The softmax is left out, batch normalisations behind a convolution or a dense
 * layer are folded into it.
 *
 * @param onLayer told of every layer, from the last to the first.
 */
export function lrp(rules: LrpRules, onLayer?: (balance: LayerBalance) => void): Method {
  return ({ graph, inputs, masks }) => {
    const values = valuesOf(graph, inputs);
    const answers = graph.outputs.map((place) => values[place]);
    const output = explainedOf(answers, masks);
    const waiting: (tf.Tensor | undefined)[] = [];
    const give = (place: number, relevance: tf.Tensor | undefined) => {
      if (!relevance) return;
      const before = waiting[place];
      waiting[place] = before ? tf.add(before, relevance) : relevance;
    };
    for (const [i, place] of graph.outputs.entries()) {
      const mask = masks[i];
      if (mask) give(place, tf.mul(answers[i], mask));
    }

    const folded = foldable(graph);
    const givers = new Map(graph.steps.map((step) => [step.output, step]));
    const absorbed: tf.Tensor1D[] = [];
    for (const step of [...graph.steps].reverse()) {
      const relevance = waiting[step.output];
      if (!relevance) continue;
      waiting[step.output] = undefined;
      const given = step.inputs.map((place) => values[place]);
      const passed = tidied(() =>
        passedBy(step, given, values[step.output], relevance, rules, folded, givers),
      );
      step.inputs.forEach((place, i) => {
        give(place, passed.inputs[i]);
      });
      if (passed.absorbed) absorbed.push(passed.absorbed);
      onLayer?.({ step, relevance, ...passed });
    }
    return {
      inputs: graph.inputs.map((place, i) => waiting[place] ?? tf.zerosLike(inputs[i])),
      output,
      absorbed: absorbed.length > 0 ? tf.addN(absorbed) : tf.zerosLike(output),
    };
  };
}

/** Frees what is made on the way. */
function tidied(work: () => Passed): Passed {
  let passed: Passed = { inputs: [] };
  tf.tidy(() => {
    passed = work();
    return [...passed.inputs, passed.absorbed].filter((tensor) => tensor !== undefined);
  });
  return passed;
}

function passedBy(
  step: Step,
  inputs: readonly tf.Tensor[],
  output: tf.Tensor,
  relevance: tf.Tensor,
  { rule, denseRule }: LrpRules,
  folded: ReadonlyMap<Step, Layer>,
  givers: ReadonlyMap<number, Step>,
): Passed {
  const { kind, layer } = step;
  // Of what comes before it, which it is a part of.
  if ([...folded.values()].includes(layer as Layer)) return { inputs: [relevance] };
  if (layer && isWeightedSum(kind)) {
    const sum = weightedSumOf(kind, layer, folded.get(step));
    const own = kind === 'Dense' ? denseRule : rule;
    return partByRule(
      sum,
      inputs[0],
      relevance,
      own,
      isRectified(givers.get(step.inputs[0]), givers),
    );
  }
  const giver = (i: number) => givers.get(step.inputs[i]);
  return passOn({ step, inputs, output, relevance, rule, giver });
}

/** What is never below zero where its input is not. */
const KEEPING_SIGN = [
  'AveragePooling1D',
  'AveragePooling2D',
  'CeilAveragePooling',
  'Dropout',
  'Flatten',
  'GlobalAveragePooling1D',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling1D',
  'GlobalMaxPooling2D',
  'KeyedDropout',
  'MaxPooling1D',
  'MaxPooling2D',
  'PaddedMaxPooling',
];

/** Whether no number that a step gives is below zero; what was fed may be. */
function isRectified(step: Step | undefined, givers: ReadonlyMap<number, Step>): boolean {
  if (!step?.layer) return false;
  if (step.kind === 'RectifiedSum' || step.kind === 'ReLU') return true;
  if (step.layer.getConfig().activation === 'relu') return true;
  return KEEPING_SIGN.includes(step.kind) && isRectified(givers.get(step.inputs[0]), givers);
}

/** Layers into which the normalisation behind them is folded: those that are linear and that nothing else takes from. */
function foldable({ steps, outputs }: Graph): ReadonlyMap<Step, Layer> {
  const found = new Map<Step, Layer>();
  for (const normalisation of steps) {
    const { kind, layer, inputs } = normalisation;
    if (kind !== 'BatchNormalization' && kind !== 'FusedBatchNormalization') continue;
    const before = steps.find(({ output }) => output === inputs[0]);
    if (!layer || !before?.layer || !isWeightedSum(before.kind)) continue;
    const takers = steps.filter((step) => step.inputs.includes(before.output));
    const places = steps.filter((step) => step.layer === before.layer);
    const linear = (before.layer.getConfig().activation ?? 'linear') === 'linear';
    const alone = takers.length === 1 && places.length === 1 && !outputs.includes(before.output);
    if (linear && alone) found.set(before, layer);
  }
  return found;
}
