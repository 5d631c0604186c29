import { averageConfusion, confusionMatrix } from '@diffusion/eval';
import { imageFeatureRows } from '@diffusion/features';
import { deriveSeed } from '@diffusion/random';
import { liposomes } from '@diffusion/simulate';
import { foldOfImages, svmOfFold } from './svm-fold.ts';
import type { Problem } from './training.ts';

/** What {@link svmFolds} gives: means over five folds. */
export interface SvmFolds {
  readonly classes: readonly string[];
  readonly shares: readonly (readonly number[])[];
  readonly deviations: readonly (readonly number[])[];
  readonly each: number[][][];
}

/**
 * The support vector machine of section 8.4 on the features of the images, classes weighed by N / (K nₖ), in five stratified folds.
 */
export function svmFolds(problem: Problem, count: number, seed = 1): SvmFolds {
  const set = liposomes({
    problem,
    count,
    ambiguity: 0.25,
    size: 28,
    seed: deriveSeed(seed, 'training'),
  });
  const images = set.generate();
  const { codes } = images.labels!;
  const { rows } = imageFeatureRows(images);
  const folds = 5;
  const classes = set.classes.length;
  const foldOf = foldOfImages(codes, classes, folds, seed);
  const each = Array.from({ length: folds }, (_, fold) => {
    const test = [...foldOf.keys()].filter((i) => foldOf[i] === fold);
    const model = svmOfFold(rows, codes, classes, foldOf, fold, seed);
    const { codes: predicted } = model.predict(test.map((i) => rows[i]));
    return confusionMatrix({ actual: test.map((i) => codes[i]), predicted, classes });
  });
  const { shares, deviations } = averageConfusion(each);
  return { classes: set.classes, shares, deviations, each };
}
