import { csvTable } from '@diffusion/tracks';
import { readyRecipe } from '@diffusion/train/node';
import type { Item, Row } from '../item.ts';
import { nothingTrained } from '../nothing-trained.ts';
import { lengthsOf, TRACKS, tracksPart } from './tracks.ts';

/** Tables that need no training: they are read off the data set and the recipe. */

/** The ranges of Table 1: smallest and largest. */
const RANGES = [
  ['D', 'diffusion coefficient (µm²/s)', 0.1, 20],
  ['length', 'length of a trajectory', 30, 600],
  ['B', 'boundedness', 1, 6],
  ['R', 'active motion to diffusion ratio', 1, 17],
  ['alpha', 'anomalous exponent', 0.3, 0.7],
  ['Q', 'signal to noise ratio', 1, 9],
] as const;

export const table1: Item = {
  source: 'gajowczyk2021',
  item: 'table-1',
  title: 'Table 1: parameters of the simulation',
  about:
    'The smallest and the largest value of each parameter among the 20,000 tracks of the preset gajowczyk2021, Δt = 1/30 s.',
  unspecified: [
    'The laws of the parameters are not named beyond "randomly chosen": here uniform, whole numbers for the length.',
  ],
  scales: nothingTrained,
  stages: () => [[tracksPart]],
  async assemble({ text }) {
    const { header, rows } = csvTable(await text(TRACKS, 'labels.csv'), 'labels.csv');
    const label = header.indexOf('label');
    const lengths = await lengthsOf(text);
    return {
      rows: RANGES.flatMap(([column, meaning, low, high]): Row[] => {
        const k = header.indexOf(column);
        const values =
          column === 'length'
            ? lengths
            : rows
                .filter((row) => row[k] !== '' && (column !== 'alpha' || row[label] === 'FBM'))
                .map((row) => Number(row[k]));
        const least = values.reduce((a, b) => Math.min(a, b), Infinity);
        const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
        return [
          { name: meaning, measure: 'smallest', paper: low, ours: least, unit: 'plain' },
          { name: meaning, measure: 'largest', paper: high, ours: most, unit: 'plain' },
        ];
      }),
      notes: ['A sample does not reach the ends of a range quite.'],
    };
  },
};

export const table2: Item = {
  source: 'gajowczyk2021',
  item: 'table-2',
  title: 'Table 2: partition of the data set',
  about: 'Training, validation and test set, stratified by class.',
  unspecified: [],
  scales: nothingTrained,
  stages: () => [],
  async assemble() {
    const { data } = (await readyRecipe('gajowczyk2021-xresnet-1d')) as unknown as {
      data: { tracksPerEpoch: number; validation: number; test: number };
    };
    return {
      rows: (
        [
          ['training', 14_000, data.tracksPerEpoch],
          ['validation', 3000, data.validation],
          ['test', 3000, data.test],
        ] as const
      ).flatMap(([name, paper, ours]): Row[] => [
        { name, measure: 'tracks', paper, ours, unit: 'whole' },
        { name, measure: 'tracks of each class', paper: paper / 4, ours: ours / 4, unit: 'whole' },
      ]),
    };
  },
};

export const table14: Item = {
  source: 'gajowczyk2021',
  item: 'table-14',
  title: 'Table 14: details of the optimal architecture',
  about: 'What the recipe gajowczyk2021-xresnet-1d says, beside the table.',
  unspecified: [
    '"Filtering: no" is not described; "activation threshold: yes" is said to estimate "the threshold value, above which the neurons become active", not how: neither is here.',
  ],
  scales: nothingTrained,
  stages: () => [],
  async assemble() {
    const recipe = (await readyRecipe('gajowczyk2021-xresnet-1d')) as unknown as {
      network: { name: string; options: { depth: number; kernelSize: number; filters: number } };
      batchSize: number;
      learningRate: number;
      loss: { classes: string };
    };
    const { network, batchSize, learningRate, loss } = recipe;
    return {
      rows: [
        { name: 'depth', measure: 'stages', paper: 3, ours: network.options.depth, unit: 'whole' },
        {
          name: 'feature map number',
          measure: 'x₀',
          paper: 32,
          ours: network.options.filters,
          unit: 'whole',
        },
        {
          name: 'convolution kernel',
          measure: '1 × k',
          paper: 5,
          ours: network.options.kernelSize,
          unit: 'whole',
        },
        { name: 'batch size', measure: 'tracks', paper: 512, ours: batchSize, unit: 'whole' },
        {
          name: 'learning rate',
          measure: 'Adam',
          paper: 0.0003,
          ours: learningRate,
          unit: 'plain',
        },
      ],
      tables: [
        {
          columns: ['feature', 'paper', 'ours'],
          rows: [
            ['XResNet', 'yes', network.name],
            ['dimension', '1D', 'flattened track'],
            ['additional attributes', 'no', 'none'],
            ['autocorrelation', 'no', 'none'],
            ['filtering', 'no', 'not described, not there'],
            ['cost function', 'MSE', loss.classes],
            ['activation function', 'ReLU', 'relu'],
            ['activation threshold', 'yes', 'not said how, not there'],
          ],
        },
      ],
    };
  },
};
