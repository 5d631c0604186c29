import { extname } from 'node:path';
import { learningRatePlot, trainingSections } from '@diffusion/eval';
import { renderReport, renderSvg } from '@diffusion/eval/render';
import type { NetworkModel } from '@diffusion/models';
import { writeAtomically } from '@diffusion/tracks/node';
import { findRecipeLearningRate, type LearningRates, type NetworkRecipe } from '@diffusion/train';
import { checkOutput } from '../check-output.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { progressBar } from '../progress.ts';
import { labelledOf, tracksOf } from './train-recipe.ts';
import { factsOf, titleOf } from './training-report.ts';

/** What {@link findRate} is told beside the recipe. */
export interface FindRateOptions {
  /** The model that the recipe begins with. */
  readonly start?: NetworkModel;
  readonly workers: number;
}

/** Refuses a name of a picture or a page that says neither, before the work. */
export async function checkRateReport(path: string, inputs: readonly string[]): Promise<void> {
  if (!['.html', '.svg'].includes(extname(path).toLowerCase())) {
    throw new InputError(`${path}: expected a name in .html or .svg`);
  }
  await checkOutput(path, { inputs });
}

/** Tries learning rates on the network of a recipe, of its first fold where it has folds, with a progress bar at a terminal. */
export async function findRate(
  recipe: NetworkRecipe,
  { start, workers }: FindRateOptions,
): Promise<LearningRates> {
  const { folds, data } = recipe;
  const one = {
    ...recipe,
    // Nothing is tested, and simulated tracks are made apart.
    ...('dataSets' in data && { data: { ...data, test: 0 } }),
    ...(folds && { folds: { ...folds, only: folds.only ?? 1 } }),
  };
  const tracks = await tracksOf(one, await labelledOf(one), start);
  const bar = progressBar('learning rates {value}/{total} {bar} {left}', 100, { width: 8 });
  try {
    return await findRecipeLearningRate(one, {
      tracks,
      ...(start && { start }),
      workers,
      signal: interruption.signal,
      onStep: (step) => bar.update(step),
    });
  } finally {
    bar.stop();
  }
}

/** What was found, in words. */
export function rateLines({ rates, losses, suggestion }: LearningRates): string[] {
  const [from, to] = [rates[0], rates[rates.length - 1]];
  const tried = `${rates.length} rates from ${from.toPrecision(2)} to ${to.toPrecision(2)}, a batch each`;
  const least = losses.indexOf(Math.min(...losses));
  return suggestion === undefined
    ? [`no learning rate: the loss falls at none of ${tried}`]
    : [
        `learning rate ${suggestion.toPrecision(2)}: the loss falls fastest there, of ${tried}; it is least at ${rates[least].toPrecision(2)}`,
      ];
}

/** Writes the loss against the rate as a picture, or as a page with the recipe. */
export async function writeRateReport(
  path: string,
  recipe: NetworkRecipe,
  found: LearningRates,
): Promise<void> {
  if (found.rates.length < 2) {
    throw new InputError(
      `${path}: the loss is no number after one batch: expected two rates or more for a picture`,
    );
  }
  const spec = learningRatePlot(found);
  const isPicture = extname(path).toLowerCase() === '.svg';
  const text = isPicture
    ? await renderSvg(spec)
    : await renderReport({
        title: `Learning rate of ${titleOf(recipe)}`,
        text: rateLines(found),
        sections: [
          {
            heading: 'Loss against the learning rate',
            pieces: [
              {
                alt: 'the smoothed loss as a line over the logarithm of the learning rate, and the loss of each batch as points',
                caption:
                  'The range test of Smith (2017): the rate rises from batch to batch. The line is a running mean of the loss.',
                spec,
              },
            ],
          },
          ...trainingSections({ recipe: factsOf(recipe) }),
        ],
      });
  await writeAtomically(path, text, { signal: interruption.signal });
}
