import type { Item } from '../item.ts';
import {
  openOfTrainings,
  scalesOf,
  scalesOfPictures,
  type Variant,
  validationCount,
  variantRows,
  variantStages,
} from './training.ts';

/** A table of the paper that compares trainings. */
const table = (
  number: number,
  title: string,
  about: string,
  variants: readonly Variant[],
  minutes: number,
  full: number,
): Item => ({
  source: 'gajowczyk2021',
  item: `table-${number}`,
  title: `Table ${number}: ${title}`,
  about,
  unspecified: openOfTrainings,
  scales: number < 6 ? scalesOfPictures(minutes, full) : scalesOf(minutes, full),
  stages: variantStages(variants),
  assemble: variantRows(variants, validationCount(number < 6)),
});

/** The network that Tables 7 to 13 start from: XResNet, 1 × 5 kernels, x₀ = 32. */
const chosen = {
  part: 'gajowczyk2021-xresnet-1d',
  parameters: 399_556,
  training: 90.0,
  validation: 92.0,
  bestEpoch: 9,
} as const;

const wide = (kernelSize: number) => ({ network: { options: { kernelSize, filters: 64 } } });
const picture = 'gajowczyk2021-xresnet-2d';

/** XResNets on the picture with 3 × 3 kernels, which two tables each have. */
const fourStages = {
  parameters: 11_220_420,
  training: 92.19,
  validation: 90.67,
  bestEpoch: 21,
  epochSeconds: 48,
  part: 'gajowczyk2021-xresnet18-2d',
  recipe: 'gajowczyk2021-xresnet18-2d',
} as const;
const threeStages = {
  parameters: 2_823_108,
  training: 91.32,
  validation: 91.1,
  bestEpoch: 25,
  epochSeconds: 33,
  part: 'gajowczyk2021-xresnet-2d',
  recipe: picture,
} as const;

/** Tables 3 to 13, one change of the network or its training each. */
export const trainingTables: readonly Item[] = [
  table(
    3,
    'impact of the XResNet modifications',
    'ResNet18 and XResNet18 on the track as a picture of one channel, 3 × 3 kernels, four stages, x₀ = 64.',
    [
      {
        name: 'ResNet',
        parameters: 11_177_092,
        training: 93.16,
        validation: 90.33,
        bestEpoch: 12,
        epochSeconds: 40,
        part: 'gajowczyk2021-resnet18-2d',
        recipe: 'gajowczyk2021-resnet18-2d',
      },
      { name: 'XResNet', ...fourStages },
    ],
    4,
    6000,
  ),
  table(
    4,
    'depth',
    'XResNet on the picture with four, three and two stages.',
    [
      { name: 'depth 4', ...fourStages },
      { name: 'depth 3', ...threeStages },
      {
        name: 'depth 2',
        parameters: 721_604,
        training: 90.26,
        validation: 90.8,
        bestEpoch: 38,
        epochSeconds: 28,
        part: 'gajowczyk2021-depth-2',
        recipe: picture,
        change: { network: { options: { depth: 2 } } },
      },
    ],
    4,
    6000,
  ),
  table(
    5,
    'size of the 2D convolution kernels',
    'XResNet of three stages on the picture, kernels of 1 × 1 and 3 × 3.',
    [
      {
        name: '1 × 1',
        parameters: 357_188,
        training: 75.95,
        validation: 76.93,
        bestEpoch: 24,
        epochSeconds: 9,
        part: 'gajowczyk2021-kernel-1',
        recipe: picture,
        change: { network: { options: { kernelSize: 1 } } },
      },
      { name: '3 × 3', ...threeStages },
    ],
    3,
    3000,
  ),
  table(
    6,
    'size of the 1D convolution kernels',
    'The track flattened to one vector, XResNet of three stages, x₀ = 64, kernels of 1 × 3 to 1 × 11.',
    (
      [
        [3, 973_668, 92.69, 91.23, 25, 39],
        [5, 1_590_148, 92.77, 92.17, 30, 24],
        [7, 2_206_628, 90.91, 91.6, 14, 28],
        [9, 2_823_108, 93.59, 91.17, 20, 30],
        [11, 3_439_588, 92.71, 91.7, 15, 32],
      ] as const
    ).map(([kernel, parameters, training, validation, bestEpoch, epochSeconds]) => ({
      name: `1 × ${kernel}`,
      ...{ parameters, training, validation, bestEpoch, epochSeconds },
      part: `gajowczyk2021-wide-${kernel}`,
      change: wide(kernel),
    })),
    9,
    1500,
  ),
  table(
    7,
    'feature maps',
    'XResNet of three stages with 1 × 5 kernels; xᵢ = x₀ 2^(i−1) maps in stage i.',
    [
      {
        name: 'x₀ = 64',
        parameters: 1_590_148,
        training: 92.77,
        validation: 92.17,
        bestEpoch: 30,
        epochSeconds: 24,
        part: 'gajowczyk2021-wide-5',
        change: wide(5),
      },
      { name: 'x₀ = 32', ...chosen, epochSeconds: 16 },
      {
        name: 'x₀ = 16',
        parameters: 100_900,
        training: 92.29,
        validation: 91.1,
        bestEpoch: 25,
        epochSeconds: 15,
        part: 'gajowczyk2021-narrow',
        change: { network: { options: { filters: 16 } } },
      },
    ],
    4,
    500,
  ),
  table(
    8,
    'additional attributes',
    'Asymmetry, efficiency, fractal dimension and the mean squared displacement at lag 20 go to the head beside the pooled maps.',
    [
      { name: 'none', ...chosen },
      ...(
        [
          ['asymmetry', ['asymmetry'], 399_560, 89.96, 91.03, 15],
          ['efficiency', ['efficiency'], 399_560, 91.34, 91.9, 61],
          ['fractal dimension', ['fractalDimension'], 399_560, 91.2, 91.17, 23],
          ['TAMSD', ['msdLag20'], 399_560, 90.54, 91.03, 34],
          [
            'all',
            ['asymmetry', 'efficiency', 'fractalDimension', 'msdLag20'],
            399_572,
            83.82,
            83.97,
            12,
          ],
        ] as const
      ).map(([name, features, parameters, training, validation, bestEpoch]) => ({
        ...{ name, parameters, training, validation, bestEpoch },
        part: `gajowczyk2021-with-${name.replace(' ', '-').toLowerCase()}`,
        change: { encoder: { features } },
      })),
    ],
    4,
    900,
  ),
  table(
    9,
    'autocorrelation as further channels',
    'The autocorrelations at lags 8, 16 and 24 are stacked with the flattened track.',
    [
      { name: 'no', ...chosen },
      {
        name: 'yes',
        parameters: 401_872,
        training: 91.55,
        validation: 91.93,
        bestEpoch: 19,
        part: 'gajowczyk2021-autocorrelation',
        recipe: 'gajowczyk2021-autocorrelation',
      },
    ],
    2,
    300,
  ),
  table(
    10,
    'selective backprop',
    'Learning from the worst tracks of a batch alone: those with 98 % of its loss, or half of them.',
    [
      { name: 'none', ...chosen, epochSeconds: 16 },
      {
        name: '98 % of cost',
        parameters: 399_556,
        training: 81.81,
        validation: 90.67,
        bestEpoch: 14,
        epochSeconds: 11,
        part: 'gajowczyk2021-loss-share',
        change: { selection: { kind: 'loss-share', share: 0.98 } },
      },
      {
        name: '50 % of cost',
        parameters: 399_556,
        training: 80.57,
        validation: 90.97,
        bestEpoch: 19,
        epochSeconds: 10,
        part: 'gajowczyk2021-worst-half',
        change: { selection: { kind: 'worst', share: 0.5 } },
      },
    ],
    3,
    450,
  ),
  table(
    11,
    'cost function',
    'Mean squared error and cross-entropy on the softmax.',
    [
      {
        name: 'cross-entropy',
        training: 91.91,
        validation: 91.97,
        bestEpoch: 26,
        part: 'gajowczyk2021-cross-entropy',
        change: { loss: { classes: 'cross-entropy' } },
      },
      { name: 'MSE', ...chosen },
    ],
    2,
    300,
  ),
  table(
    12,
    'activation function',
    'The function after each batch normalisation.',
    [
      ...(
        [
          ['sigmoid', 'sigmoid', 87.65, 85.13, 10],
          ['leaky ReLU', 'leakyRelu', 91.5, 91.53, 24],
          ['ELU', 'elu', 85.15, 87.2, 3],
        ] as const
      ).map(([name, activation, training, validation, bestEpoch]) => ({
        ...{ name, training, validation, bestEpoch },
        part: `gajowczyk2021-${activation.toLowerCase()}`,
        change: { network: { options: { activation } } },
      })),
      { name: 'ReLU', ...chosen },
    ],
    4,
    600,
  ),
  table(
    13,
    'batch size',
    'Tracks per step; the learning rate stays.',
    [
      {
        name: '256',
        training: 89.15,
        validation: 91.63,
        bestEpoch: 7,
        part: 'gajowczyk2021-batch-256',
        change: { batchSize: 256 },
      },
      { name: '512', ...chosen },
      {
        name: '1024',
        training: 94.75,
        validation: 91.37,
        bestEpoch: 23,
        part: 'gajowczyk2021-batch-1024',
        change: { batchSize: 1024 },
      },
    ],
    3,
    450,
  ),
];
