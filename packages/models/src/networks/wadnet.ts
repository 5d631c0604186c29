import { fusedLSTM } from '@diffusion/backends/layers';
import {
  initializers,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { hasSpread } from '../card.ts';
import {
  choiceOption,
  classesOption,
  dropoutOption,
  integerOption,
  type OptionsOf,
  seedOption,
} from '../options.ts';
import { defineNetwork } from './define-network.ts';
import { layerSeed } from './layer-seed.ts';
import { PaddedConv1D } from './layers/padded-conv.ts';
import { ReachingConv1D } from './layers/reaching-conv.ts';
import { inputOf, parts, sum } from './parts.ts';
import { oneHead, wholeTrack } from './task-options.ts';

const options = {
  dim: choiceOption({ default: 1, choices: [1, 2, 3], description: 'Dimension.' }),
  task: choiceOption({
    default: 2,
    choices: [1, 2],
    description: '1: the exponent α; 2: the class.',
  }),
  exponentWidth: choiceOption({
    default: 1,
    choices: [1, 2],
    description: '1: the exponent α; 2: beside it the logarithm of its spread.',
  }),
  classes: classesOption(5),
  length: integerOption({
    default: null,
    min: 1,
    max: 1e6,
    nullable: true,
    description: 'Points of every track.',
  }),
  depth: integerOption({
    default: 16,
    min: 1,
    max: 20,
    description: 'Dilated layers, of dilation 1, 2, 4, …',
  }),
  filters: integerOption({
    default: 32,
    min: 1,
    max: 1024,
    description: 'Channels of the dilated layers.',
  }),
  units: integerOption({
    default: 64,
    min: 1,
    max: 1024,
    description: 'Units of each of the three LSTMs.',
  }),
  dropout: dropoutOption(0.1, 'Share dropped before and after the LSTMs in training.'),
  seed: seedOption,
};

/** What {@link wadnet} is chosen by. */
export type WadnetOptions = OptionsOf<typeof options>;

/**
 * WADNet of Li, Yao & Huang 2021: a WaveNet encoder without residuals before three LSTMs.
 *
 *     x₁       conv 3
 *     layer k  z = tanh(W_f∗xₖ) ⊙ σ(W_g∗xₖ), kernels of 3 points 2^(k−1) apart; xₖ₊₁ = W₁∗z, W₁ shared by all layers
 *     u        BN(x₁ + Σ xₖ), dropout
 *     head     three LSTMs, the last step `features`, dropout; α (linear) or softmax of the classes
 *
 * Input `track` [batch, length, dim], every coordinate of mean 0 and deviation 1; output [batch, 1] or
 * [batch, classes]. 191,781 parameters for five classes in 1D: PyTorch's LSTMs have a second bias each, which adds
 * 768. The layer `features` is the feature vector that the paper averages where a track has two crops. Taps that lie
 * outside every track of a given length are there but cost nothing. The gates halve what passes them at the start, and
 * there is no residual: W_f and W₁ start √2 larger than W_g, so that the sixteenth layer still sees the track.
 *
 * Throws {@link OptionError}.
 *
 * @example
 * wadnet({ dim: 2, task: 1 }).countParams();
 */
export function wadnet(given: Partial<WadnetOptions> = {}): LayersModel {
  return wadnetDescription.build(given);
}

function draw(o: WadnetOptions): LayersModel {
  const { conv, norm, dropout, dense } = parts(o.seed);
  const seedOf = (name: string) => layerSeed(o.seed, name);
  const { glorotUniform, heUniform } = initializers;

  const gate = (name: string, x: SymbolicTensor, dilationRate: number, act: 'tanh' | 'sigmoid') =>
    new ReachingConv1D({
      name,
      filters: o.filters,
      dilationRate,
      activation: act,
      kernelInitializer: (act === 'tanh' ? heUniform : glorotUniform)({ seed: seedOf(name) }),
    }).apply(x) as SymbolicTensor;
  const product = (name: string, factors: SymbolicTensor[]) =>
    layers.multiply({ name }).apply(factors) as SymbolicTensor;
  const lstm = (name: string, x: SymbolicTensor, returnSequences: boolean) =>
    fusedLSTM({
      name,
      units: o.units,
      returnSequences,
      kernelInitializer: glorotUniform({ seed: seedOf(name) }),
      recurrentInitializer: glorotUniform({ seed: seedOf(`${name}.recurrent`) }),
      unitForgetBias: false,
    }).apply(x) as SymbolicTensor;

  const track = inputOf('track', [o.length, o.dim]);
  const shared = new PaddedConv1D({
    name: 'shared',
    filters: o.filters,
    kernelSize: 1,
    seed: seedOf('shared'),
  });
  let x = conv('first', track, o.filters, 3, { kernelInitializer: 'glorotUniform' });
  const terms = [x];
  for (let k = 1; k <= o.depth; k++) {
    const apart = 2 ** (k - 1);
    const z = product(`layer${k}.product`, [
      gate(`layer${k}.filter`, x, apart, 'tanh'),
      gate(`layer${k}.gate`, x, apart, 'sigmoid'),
    ]);
    x = shared.apply(z) as SymbolicTensor;
    terms.push(x);
  }
  let v = dropout('dropout1', norm('norm', sum('sum', terms)), o.dropout);
  v = lstm('lstm1', v, true);
  v = lstm('lstm2', v, true);
  v = lstm('lstm3', v, false);
  v = layers.activation({ name: 'features', activation: 'linear' }).apply(v) as SymbolicTensor;
  v = dropout('dropout2', v, o.dropout);
  const y =
    o.task === 1
      ? dense('exponent', v, o.exponentWidth, 'linear')
      : dense('class', v, o.classes, 'softmax');
  return model({ name: 'wadnet', inputs: track, outputs: y });
}

export const wadnetDescription = defineNetwork({
  name: 'wadnet',
  paper: 'Li, Yao & Huang 2021, WADNet',
  options,
  input: { kind: 'standardized', padded: false },
  optionsFor: ({ encoder, output }) => ({
    dim: encoder.specification.dim,
    task: wholeTrack('wadnet', output).kind === 'exponent' ? (1 as const) : (2 as const),
    classes: oneHead('wadnet', output).classes,
    exponentWidth: hasSpread(output) ? (2 as const) : (1 as const),
    length: encoder.specification.length,
  }),
  build: draw,
});
