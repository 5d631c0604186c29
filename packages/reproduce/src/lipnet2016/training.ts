import { readyImageRecipe } from '@diffusion/train/node';
import type { Item, Part, RecipeJson, Row, Scale, ScaleStory } from '../item.ts';
import { override } from '../override.ts';
import type { PrintedTraining } from '../printed.ts';

/** LipNet in five folds on artificial liposomes. */

export type Problem = 'lamellarity' | 'encapsulation';
export const problems = ['lamellarity', 'encapsulation'] as const;

/** The micrographs of the thesis are not public. */
export const openOfImages = [
  'The micrographs are not public: drawn liposomes with the class shares of Tables 1 and 2, whose ambiguity of 0.25 was set by the rates of the support vector machine (docs/images-results.md). What is measured says that methods do what they are for, nothing of micrographs.',
  'Dropout, units of the dense layer, amount of label smoothing and learning rate: 0.25, 128, 0.05 and 0.001 here.',
];

const COUNTS = { lamellarity: 14_169, encapsulation: 24_918 } as const;
/** Images on which networks are compared at small scale. */
export const COMPARED_COUNT = 1500;
export const countOf = (problem: Problem, scale: Scale, small = COMPARED_COUNT) =>
  scale === 'full' ? COUNTS[problem] : small;

/** What is done at each scale: on how many images, and how often. */
const scalesOf = (
  minutes: number,
  full: number,
  images: string,
  often: Readonly<Record<Scale, string>>,
): Record<Scale, ScaleStory> => ({
  small: {
    says: `on ${images}, ${often.small}`,
    minutes,
  },
  full: { says: `on as many drawn images as the thesis has, ${often.full}`, minutes: full },
});

const bothProblems = 'drawn images in place of 14,169 and 24,918';

/** Of networks in five folds. */
export const imageScales = (minutes: number, full: number, images = '1,500') =>
  scalesOf(minutes, full, `${images} ${bothProblems}`, {
    small:
      'five folds, 3 epochs; counts of confusion matrices are scaled to the numbers of the thesis.',
    full: 'five folds, 30 epochs or what early stopping finds.',
  });

/** Of the support vector machine, which has no epochs. */
export const machineScales = scalesOf(1, 5, `6,000 ${bothProblems}`, {
  small: 'five folds.',
  full: 'five folds.',
});

/** Of one network for lamellarity on all of the images. */
export const shownScales = scalesOf(1, 60, '1,500 drawn images in place of 14,169', {
  small: 'one training of 3 epochs.',
  full: 'one training of 30 epochs or what early stopping finds.',
});

/** A training in five folds, with what is changed of the recipe of a LipNet. */
export async function foldsPart(
  name: string,
  problem: Problem,
  scale: Scale,
  change: RecipeJson = {},
  recipe = 'lipnet-4',
): Promise<Part> {
  const ready = { ...(await readyImageRecipe(recipe)) } as unknown as RecipeJson;
  const ours = {
    data: { liposomes: { problem, ambiguity: 0.25 }, count: countOf(problem, scale) },
    folds: { count: 5 },
  };
  const small = { epochs: 3, stopping: undefined };
  return {
    name: `${name}-${problem}`,
    recipe: override(ready, ours, change, scale === 'full' ? {} : small),
  };
}

export const foldsOf = (json: (part: string) => unknown, name: string, problem: Problem) =>
  (json(`${name}-${problem}`) as PrintedTraining).folds!;

/** Cells of a confusion matrix as the thesis has it, rows and columns in its order. */
export interface Printed {
  readonly problem: Problem;
  readonly classes: readonly string[];
  readonly cells: readonly (readonly number[])[];
  /** Shares of the rows, or counts. */
  readonly of: 'shares' | 'counts';
}

/** The cells of a matrix beside ours, which is of any order; counts are scaled to the number of all. */
export function cellRows(
  printed: Printed,
  classes: readonly string[],
  shares: readonly (readonly number[])[],
  deviations?: readonly (readonly number[])[],
): Row[] {
  const folds = 5;
  return printed.classes.flatMap((actual, i) =>
    printed.classes.map((predicted, j): Row => {
      const [a, b] = [classes.indexOf(actual), classes.indexOf(predicted)];
      const total = printed.of === 'counts' ? printed.cells[i].reduce((sum, x) => sum + x, 0) : 1;
      const ours = shares[a][b] * total;
      // Student's over five folds; folds that all agree say nothing of how sure it is.
      const half = deviations ? (2.776 / Math.sqrt(folds)) * deviations[a][b] * total : 0;
      return {
        name: actual,
        measure: `taken for ${predicted}`,
        paper: printed.cells[i][j],
        ours,
        ...(half > 0 && { low: Math.max(0, ours - half), high: Math.min(total, ours + half) }),
        unit: printed.of === 'counts' ? 'whole' : 'plain',
      };
    }),
  );
}

export const base = {
  source: 'lipnet2016',
  unspecified: openOfImages,
} as const satisfies Partial<Item>;
