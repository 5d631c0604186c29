import { readyRecipe } from '@diffusion/train/node';
import type { Item, Part, RecipeJson, Row, Scale, ScaleStory } from '../item.ts';
import { override } from '../override.ts';
import { bestEpoch, ofPercent, type PrintedTraining, shareInterval } from '../printed.ts';

/** What the paper does not say of any of its trainings. */
export const openOfTrainings = [
  'How many epochs were trained: here 70 at full scale (the latest best epoch of its tables is 61), and the weights of the best of them.',
  '"Filtering: no" of Table 14 is not described; "activation threshold: yes" is said to estimate "the threshold value, above which the neurons become active", not how: neither is here.',
  'What the flattened track is divided by, if anything: at full scale nothing, at small scale the deviation of its steps.',
];

const asThePaper = (of: string, minutes: number): ScaleStory => ({
  says: `${of} as the paper's: 14,000 tracks, 3,000 for validation, batches of 512, Adam at 0.0003; 70 epochs, the best of them.`,
  minutes,
});

/** What is done at each scale, of so many trainings. */
export const scalesOf = (
  minutes: number,
  full: number,
  of = 'trainings',
): Record<Scale, ScaleStory> => ({
  small: {
    says: `${of} of 5 epochs on 1,280 of the 14,000 tracks, one cycle to 0.001 with batches of a sixteenth of the paper's, ${SEEN} tracks for validation: that all of them learn; the paper's numbers cannot show, and the order of rows need not.`,
    minutes,
  },
  full: asThePaper(of, full),
});

/** What is done at each scale of the final model, which is taken further. */
export const scalesOfFinal = (minutes: number): Record<Scale, ScaleStory> => ({
  small: {
    says: "one training of 8 epochs on as many tracks as the paper's (14,000, 3,000 for validation, 3,000 for the test), one cycle to 0.001 with batches of 64.",
    minutes,
  },
  full: asThePaper('a training', 150),
});

/** What is done at each scale of the networks on pictures, which do several times the work. */
export const scalesOfPictures = (minutes: number, full: number): Record<Scale, ScaleStory> => ({
  small: {
    says: `trainings of 4 epochs on 960 of the 14,000 tracks, one cycle to 0.001 with batches of 32, ${SEEN_PICTURES} tracks for validation: that they learn, and their parameters; the paper's accuracies cannot show, and the order of rows need not.`,
    minutes,
  },
  full: asThePaper('trainings', full),
});

/** Tracks for validation at small scale. */
const SEEN = 500;
const SEEN_PICTURES = 300;
/** Tracks for validation of a table's trainings. */
export const validationCount = (pictures: boolean): Readonly<Record<Scale, number>> => ({
  small: pictures ? SEEN_PICTURES : SEEN,
  full: 3000,
});

/** The model of the paper's conclusion. */
export const MODEL = 'gajowczyk2021-xresnet-1d';

/** A training of a comparison: as the paper's, or a part of it. */
export async function trainingPart(
  name: string,
  scale: Scale,
  change: RecipeJson = {},
  recipe = MODEL,
): Promise<Part> {
  const wanted = override(await recipeOf(recipe), change);
  return {
    name,
    recipe:
      scale === 'full'
        ? override(wanted, { epochs: 70 })
        : override(lessOf(wanted, 16), recipe.endsWith('2d') ? ofPictures : ofVectors),
  };
}

/** The training of the final model: that of the comparisons at full scale, a longer one at small scale. */
export async function finalPart(scale: Scale): Promise<Part> {
  if (scale === 'full') return trainingPart(MODEL, scale);
  return { name: MODEL, recipe: override(lessOf(await recipeOf(MODEL), 8), { epochs: 8 }) };
}

const recipeOf = async (name: string) => ({ ...(await readyRecipe(name)) }) as RecipeJson;

/** See {@link scalesOf}. */
const ofVectors = {
  epochs: 5,
  data: { tracksPerEpoch: 1280, validation: SEEN, test: SEEN },
};
/** See {@link scalesOfPictures}. */
const ofPictures = {
  epochs: 4,
  data: { tracksPerEpoch: 960, validation: SEEN_PICTURES, test: 100 },
};

/** More steps from fewer tracks: batches of a part of the paper's, and one cycle. */
const lessOf = (recipe: RecipeJson, part: number): RecipeJson =>
  override(recipe, {
    batchSize: Math.round(Number(recipe.batchSize) / part),
    learningRate: 0.001,
    schedule: { name: 'one-cycle' },
    encoder: { options: { scale: 'steps' } },
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

/** Why numbers of comparisons at small scale are below those of the paper. */
export const fewer =
  'Ours saw at most 6,400 tracks in training, the best epochs of the paper 42,000 (3 epochs) to 854,000 (61): that is why they lie below. From epoch to epoch the validation jumps by some ten points, probably as batches of so few tracks of very different extent give batch normalisation noisy averages.';

/** The numbers of the paper beside those of the trainings. */
export const variantRows =
  (variants: readonly Variant[], count: Readonly<Record<Scale, number>>): Item['assemble'] =>
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
          ...shareInterval(ours, count[scale]),
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
      ...(scale === 'full' ? [] : [fewer]),
      'The accuracy in training is the mean over the best epoch, in which the network still learns; times are of other machines, and at small scale of fewer tracks.',
    ],
  });
