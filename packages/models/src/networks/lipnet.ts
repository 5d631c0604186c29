import {
  initializers,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { ModelError } from '../errors.ts';
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
import { inputOf, parts } from './parts.ts';

const options = {
  variant: choiceOption({
    default: '4',
    choices: ['1', '2', '4', '4c', '6'],
    description: 'The number of convolutions; 4c is fully convolutional.',
  }),
  size: integerOption({
    default: null,
    min: 8,
    max: 1024,
    nullable: true,
    description: 'Pixels along each side; any means 28, for 6 it means 32, for 4c any size.',
  }),
  channels: integerOption({
    default: 1,
    min: 1,
    max: 64,
    description: 'Channels of the picture.',
  }),
  filters: integerOption({
    default: 32,
    min: 1,
    max: 1024,
    description: 'Maps of each convolution.',
  }),
  units: integerOption({
    default: 128,
    min: 1,
    max: 4096,
    description: 'Units of the dense layer before the output.',
  }),
  classes: classesOption(3),
  dropout: dropoutOption(0.25, 'Share of the values dropped after each block.'),
  seed: seedOption,
};

/** Convolutions in each block. */
const blocks = { 1: [1], 2: [1, 1], 4: [2, 2], '4c': [2, 2], 6: [2, 2, 2] } as const;

/** What {@link lipnet} is chosen by. */
export type LipnetOptions = OptionsOf<typeof options>;

/**
 * LipNet of Gryshkevych 2016 for pictures of liposomes: blocks of 3×3 convolutions (32 maps, ReLU, same), each with
 * pooling 2 and dropout, a dense layer (ReLU), softmax. LipNet-1 is one block of one convolution, LipNet-2 two of
 * one, LipNet-4 two of two, LipNet-6 three of two at 32×32 pixels. LipNet-4c has a convolution with stride 2 for each
 * pooling and a 1×1 convolution to the classes, averaged over the picture, for the dense layers: any size fits. The
 * thesis states neither the dropout nor the units of the dense layer.
 *
 * Input [batch, size, size, channels], output [batch, classes]. Throws {@link OptionError}.
 *
 * @example
 * lipnet({ variant: '4c', classes: 3 }).countParams();
 */
export function lipnet(given: Partial<LipnetOptions> = {}): LayersModel {
  return lipnetDescription.build(given);
}

function draw(o: LipnetOptions): LayersModel {
  const { dropout, dense } = parts(o.seed);
  const convolutional = o.variant === '4c';
  const usual = convolutional ? null : o.variant === '6' ? 32 : 28;
  const size = o.size ?? usual;

  const conv = (name: string, x: SymbolicTensor, strides: 1 | 2 = 1) =>
    layers
      .conv2d({
        name,
        filters: o.filters,
        kernelSize: 3,
        strides,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: initializers.heUniform({ seed: layerSeed(o.seed, name) }),
      })
      .apply(x) as SymbolicTensor;
  const pool = (name: string, x: SymbolicTensor) =>
    layers.maxPooling2d({ name, poolSize: 2, strides: 2 }).apply(x) as SymbolicTensor;

  const picture = inputOf('picture', [size, size, o.channels]);
  let x = picture;
  blocks[o.variant].forEach((convolutions, b) => {
    const block = `block${b + 1}`;
    for (let i = 1; i <= convolutions; i++) x = conv(`${block}.conv${i}`, x);
    x = convolutional ? conv(`${block}.stride`, x, 2) : pool(`${block}.pool`, x);
    x = dropout(`${block}.dropout`, x, o.dropout);
  });
  if (convolutional) {
    const kernelInitializer = initializers.glorotUniform({ seed: layerSeed(o.seed, 'head') });
    x = layers
      .conv2d({ name: 'head', filters: o.classes, kernelSize: 1, kernelInitializer })
      .apply(x) as SymbolicTensor;
    x = layers
      .globalAveragePooling2d({ name: 'mean', dataFormat: 'channelsLast' })
      .apply(x) as SymbolicTensor;
    x = layers.softmax({ name: 'softmax' }).apply(x) as SymbolicTensor;
  } else {
    x = layers.flatten({ name: 'flatten' }).apply(x) as SymbolicTensor;
    x = dense('head', dense('dense', x, o.units, 'relu'), o.classes, 'softmax');
  }
  return model({ name: `lipnet-${o.variant}`, inputs: picture, outputs: x });
}

export const lipnetDescription = defineNetwork({
  name: 'lipnet',
  paper: 'Gryshkevych 2016, thesis',
  options,
  optionsFor: () => {
    throw new ModelError('lipnet takes pictures: it cannot learn from tracks');
  },
  build: draw,
});
