import { readyRecipe } from '@diffusion/train/node';
import type { Part, RecipeJson, Scale, ScaleStory } from '../item.ts';
import { override } from '../override.ts';

/** The bank of networks of a task, trained, and what it says of a test set of every length. */

export const openOfBank = [
  'The length 110 is inferred: Table 1 prints 105 and 250 twice, which leaves 42 lengths for 43.',
  'How many epochs at most: 50 here at full scale, as plateaus end it.',
  'The bins of the figures are not stated: lengths to 50, to 100 and then by 100 points, exponents by 0.1 here.',
  'Dropout is not in its text: 0.1 here, before and after the recurrent layers.',
];

export const bankScales: Record<Scale, ScaleStory> = {
  small: {
    says: '1D, networks for lengths 10, 50, 100 and 300 instead of 43, one fold of five, 6,000 tracks each (the paper: 1.5 to 5 million) in 4 epochs, 2,000 test tracks of 10 to 999 points: curves show their shape, no more.',
    minutes: 15,
  },
  full: {
    says: '1D, all 43 lengths in five folds, 1 million tracks each, 10,000 test tracks: weeks on two cores; sweep it.',
    minutes: 40_000,
  },
};

type Task = 1 | 2;

export const bankName = (task: Task) => `wadnet2021-task${task}-bank`;

/** The training of the bank. */
export async function bankPart(task: Task, scale: Scale): Promise<Part> {
  const recipe = { ...(await readyRecipe(bankName(task))) } as unknown as RecipeJson;
  const small = {
    folds: undefined,
    lengths: [10, 50, 100, 300],
    epochs: 4,
    batchSize: 64,
    data: { tracksPerEpoch: 6000, validation: 1000, test: 1000 },
  };
  return { name: bankName(task), recipe: scale === 'full' ? recipe : override(recipe, small) };
}

/** The bank, a test set, its predictions, and the evaluation by length, noise, exponent and model. */
export async function bankStages(task: Task, scale: Scale): Promise<Part[][]> {
  const count = scale === 'full' ? '10000' : '2000';
  const set = `wadnet2021-task${task}-test`;
  return [
    [
      await bankPart(task, scale),
      {
        name: set,
        command: [
          'dataset',
          '--preset',
          'andi2020',
          '--task',
          String(task),
          '--dim',
          '1',
          '--count',
          count,
          '--seed',
          '77',
          '--output',
          '{output}',
        ],
      },
    ],
    [
      {
        name: `wadnet2021-task${task}-predictions`,
        command: [
          'predict',
          `{part:${set}}/task${task}.txt`,
          '--model',
          `{part:${bankName(task)}}`,
          '--output',
          '{output}/predictions.csv',
        ],
      },
    ],
    [
      {
        name: evaluated(task),
        command: [
          'evaluate',
          '--predictions',
          `{part:wadnet2021-task${task}-predictions}/predictions.csv`,
          '--reference',
          `{part:${set}}/meta${task}.csv`,
          '--by',
          'length,snr,alpha,model',
        ],
      },
    ],
  ];
}

export const evaluated = (task: Task) => `wadnet2021-task${task}-evaluated`;

/** A network for one length, one fold of five. */
export async function singlePart(task: Task, length: number, scale: Scale): Promise<Part> {
  const recipe = { ...(await readyRecipe(`wadnet2021-task${task}-300`)) } as unknown as RecipeJson;
  const data = { dataSets: [{ preset: 'andi2020', task, dim: 1, length }] };
  const full = { folds: undefined, data: { ...data, validation: 10_000 } };
  const small = {
    folds: undefined,
    epochs: 4,
    batchSize: 64,
    data: { ...data, tracksPerEpoch: 6000, validation: 1000, test: 1000 },
  };
  return {
    name: singleName(task, length),
    recipe: override(recipe, scale === 'full' ? full : small),
  };
}

export const singleName = (task: Task, length: number) => `wadnet2021-task${task}-${length}`;
