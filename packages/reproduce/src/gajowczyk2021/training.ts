import { readyRecipe } from '@diffusion/train/node';
import type { Item, Part, RecipeJson, Row, Scale, ScaleStory } from '../item.ts';
import { override } from '../override.ts';
import { bestEpoch, ofPercent, type PrintedTraining, shareInterval } from '../printed.ts';

/** What the paper does not say of any of its trainings. */
export const openOfTrainings = [
  'How many epochs were trained: here 70 at full scale (the latest best epoch of its tables is 61), and the weights of the best of them.',
  '"Filtering: no" and "activation threshold: yes" of Table 14: neither is described; neither is here.',
  'What the flattened track is divided by, if anything: at full scale nothing, at small scale the deviation of its steps.',
];

/** What is done at each scale, of so many trainings. */
export const scalesOf = (
  minutes: number,
  full: number,
  of = 'trainings',
): Record<Scale, ScaleStory> => ({
  small: {
    says: `${of} of 8 epochs on 2,800 of the 14,000 tracks, one cycle to 0.001 with batches of an eighth of the paper's, 1,000 tracks for validation: the order of rows may show, the paper's numbers cannot.`,
    minutes,
  },
  full: {
    says: `${of} as the paper's: 14,000 tracks, 3,000 for validation, batches of 512, Adam at 0.0003; 70 epochs, the best of them.`,
    minutes: full,
  },
});

/** What is done at each scale of the networks on pictures, which do ten times the work. */
export const scalesOfPictures = (minutes: number, full: number): Record<Scale, ScaleStory> => ({
  small: {
    says: 'trainings of 3 epochs on 640 of the 14,000 tracks, one cycle to 0.001 with batches of 64, 300 tracks for validation: that they train, and their parameters; the accuracies say nothing.',
    minutes,
  },
  full: scalesOf(minutes, full).full,
});

/** Cheap trainings: as the paper's, or a part of them. */
export async function trainingPart(
  name: string,
  scale: Scale,
  change: RecipeJson = {},
  recipe = 'gajowczyk2021-xresnet-1d',
): Promise<Part> {
  const ready = { ...(await readyRecipe(recipe)) } as RecipeJson;
  const wanted = override(ready, change);
  const less = recipe.endsWith('2d') ? ofPictures : {};
  return {
    name,
    recipe: scale === 'full' ? override(wanted, { epochs: 70 }) : override(reduced(wanted), less),
  };
}

/** Networks on pictures do ten times the work: see {@link scalesOfPictures}. */
const ofPictures = { epochs: 3, data: { tracksPerEpoch: 640, validation: 300, test: 100 } };

/** The work of small scale: see {@link scalesOf}. */
const reduced = (recipe: RecipeJson): RecipeJson =>
  override(recipe, {
    epochs: 8,
    batchSize: Math.round(Number(recipe.batchSize) / 8),
    learningRate: 0.001,
    schedule: { name: 'one-cycle' },
    encoder: { options: { scale: 'steps' } },
    data: { tracksPerEpoch: 2800, validation: 1000, test: 1000 },
  });

/** A row of Tables 3 to 13: accuracies as the paper prints them, in percent. */
export interface Variant {
  readonly name: string;
  readonly parameters?: number;
  readonly training: number;
  readonly validation: number;
  readonly bestEpoch: number;
  readonly epochSeconds?: number;
  /** Name of its training, which tables share. */
  readonly part: string;
  readonly recipe?: string;
  readonly change?: RecipeJson;
}

/** Rows of a table with the trainings that they need. */
export const variantStages =
  (variants: readonly Variant[]): Item['stages'] =>
  async (scale) => {
    const parts: Part[] = [];
    for (const { part, change, recipe } of variants) {
      parts.push(await trainingPart(part, scale, change, recipe));
    }
    const described = parts.map((part, k): Part => {
      const { name, options } = ('recipe' in part ? part.recipe.network : {}) as {
        name: string;
        options: Record<string, unknown>;
      };
      const encoder = ('recipe' in part ? part.recipe.encoder : {}) as {
        options?: { lags?: number[] };
        features?: string[];
      };
      const settings = {
        ...options,
        ...(encoder.features && { features: encoder.features.length }),
        ...(encoder.options?.lags && { channels: 1 + encoder.options.lags.length }),
        ...(/2d$/.test(variants[k].recipe ?? '') && { dimension: 2 }),
      };
      return {
        name: `${part.name}-described`,
        command: [
          'models',
          'describe',
          name,
          ...Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
        ],
      };
    });
    return [described, parts];
  };

/** The numbers of the paper beside those of the trainings. */
export const variantRows =
  (
    variants: readonly Variant[],
    validationCount: Readonly<Record<Scale, number>>,
  ): Item['assemble'] =>
  ({ scale, json, seconds }) => ({
    rows: variants.flatMap((variant): Row[] => {
      const { name, part, parameters, training, validation } = variant;
      const { history = [] } = json(part) as PrintedTraining;
      const best = bestEpoch(history);
      const ours = best.validationScore ?? Number.NaN;
      return [
        ...(parameters === undefined
          ? []
          : [
              {
                name,
                measure: 'parameters',
                paper: parameters,
                ours: (json(`${part}-described`) as { parameters: number }).parameters,
                unit: 'whole' as const,
              },
            ]),
        {
          name,
          measure: 'accuracy (training)',
          paper: ofPercent(training),
          ours: best.score,
          unit: 'percent',
        },
        {
          name,
          measure: 'accuracy (validation)',
          paper: ofPercent(validation),
          ours,
          ...shareInterval(ours, validationCount[scale]),
          unit: 'percent',
        },
        { name, measure: 'best epoch', paper: variant.bestEpoch, ours: best.epoch, unit: 'whole' },
        ...(variant.epochSeconds === undefined
          ? []
          : [
              {
                name,
                measure: 'time of an epoch (s)',
                paper: variant.epochSeconds,
                ours: seconds(part) / history.length,
                unit: 'seconds' as const,
              },
            ]),
      ];
    }),
    notes: [
      'The accuracy in training is the mean over the best epoch, in which the network still learns; times are of other machines.',
    ],
  });
