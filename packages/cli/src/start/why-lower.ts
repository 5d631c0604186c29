import type { NetworkModel } from '@diffusion/models';
import { deriveSeed } from '@diffusion/random';
import {
  augmentTracks,
  type EpochResult,
  type NetworkRecipe,
  type RecipeTracks,
  validate,
} from '@diffusion/train';

/**
 * Why the accuracy of a training lies below that of its validation, as far as it does: what is measured by validating on
 * tracks that are changed as training changes them, and what follows from the recipe. A paragraph, or undefined where it does
 * not lie below.
 */
export async function whyTrainingIsLower(
  recipe: NetworkRecipe,
  { validation, augmentation, output }: RecipeTracks,
  { network, encoder }: NetworkModel,
  history: readonly EpochResult[],
): Promise<string | undefined> {
  const last = history[history.length - 1];
  const { score, validationScore } = last;
  if (validation === undefined || validationScore === undefined || score >= validationScore) {
    return undefined;
  }
  const reasons: string[] = [];
  const { cutShare, gapShare } = augmentation;
  if (cutShare > 0 || gapShare > 0) {
    const seed = deriveSeed(recipe.seed, 'validation');
    const changed = augmentTracks(validation, augmentation, seed, 0);
    const { score: there } = await validate(network, encoder, output, changed);
    reasons.push(
      `its tracks are cut to a stretch (${share(cutShare)}) or lose frames (${share(gapShare)}), which makes them harder (validation tracks changed so: ${there.toFixed(3)})`,
    );
  }
  const { dropout } = (recipe.network.options ?? {}) as { dropout?: number };
  if (dropout !== 0) reasons.push('units are dropped out while it learns');
  if (recipe.averaging) reasons.push('the moving average of its weights is what is validated');
  reasons.push('it is the mean over an epoch in which the network still learnt');
  return `The training's accuracy, ${score.toFixed(3)}, lies below the validation's, ${validationScore.toFixed(3)}: ${reasons.join('; ')}.`;
}

const share = (part: number): string => `${Math.round(100 * part)} %`;
