import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { classesOption, integerOption, type OptionsOf, seedOption } from '../options.ts';
import { defineNetwork } from './define-network.ts';
import { inputOf, parts } from './parts.ts';
import { classesAlone, oneLength } from './task-options.ts';

const options = {
  convolutions: integerOption({
    default: 6,
    min: 1,
    max: 32,
    description: 'N, the number of convolutions.',
  }),
  kernelSize: integerOption({
    default: 5,
    min: 1,
    max: 99,
    odd: true,
    description: 'Width of the convolutions.',
  }),
  filters: integerOption({
    default: 32,
    min: 1,
    max: 1024,
    description: 'Maps of each convolution.',
  }),
  units: integerOption({
    default: 64,
    min: 1,
    max: 4096,
    description: 'Units of the first dense layer.',
  }),
  length: integerOption({
    default: 320,
    min: 1,
    max: 1e5,
    description: 'Points of every track.',
  }),
  channels: integerOption({
    default: 2,
    min: 1,
    max: 64,
    description: 'Numbers per point: the coordinates.',
  }),
  classes: classesOption(4),
  seed: seedOption,
};

/** What {@link kowalek} is chosen by. */
export type KowalekOptions = OptionsOf<typeof options>;

/**
 * The convolutional network of Kowalek, Loch-Olszewska & Szwabiński 2019 (Phys. Rev. E 100, 032410):
 * Batch – [Conv – Batch – ReLU] × N – Dense – ReLU – Dense – Batch – SoftMax, without pooling. Their random search
 * ended at N = 6; kernels, maps and units, which it drew at random, are options.
 *
 * Input [batch, length, channels], output [batch, classes]. Throws {@link OptionError}.
 *
 * @example
 * kowalek({ convolutions: 2, length: 100 }).countParams();
 */
export function kowalek(given: Partial<KowalekOptions> = {}): LayersModel {
  return kowalekDescription.build(given);
}

function draw(o: KowalekOptions): LayersModel {
  const { conv, norm, activate, dense } = parts(o.seed);

  const track = inputOf('track', [o.length, o.channels]);
  let x = norm('norm0', track);
  for (let i = 1; i <= o.convolutions; i++) {
    x = norm(`norm${i}`, conv(`conv${i}`, x, o.filters, o.kernelSize));
    x = activate(`act${i}`, x, 'relu');
  }
  x = layers.flatten({ name: 'flatten' }).apply(x) as SymbolicTensor;
  x = dense('dense1', x, o.units, 'relu');
  x = norm('norm.head', dense('dense2', x, o.classes, 'linear'));
  x = layers.softmax({ name: 'softmax' }).apply(x) as SymbolicTensor;
  return model({ name: 'kowalek', inputs: track, outputs: x });
}

export const kowalekDescription = defineNetwork({
  name: 'kowalek',
  paper: 'Kowalek, Loch-Olszewska & Szwabiński 2019, Phys. Rev. E 100, 032410',
  options,
  input: { kind: 'standardized', padded: true },
  optionsFor: ({ encoder, output }) => ({
    length: oneLength('kowalek', encoder),
    channels: encoder.channels,
    classes: classesAlone('kowalek', output),
  }),
  build: draw,
});
