import type { Ensemble } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks } from '@diffusion/tracks/messages';
import { checkGiven } from './check-given.ts';
import { encoderFor } from './encoder-for.ts';
import { TrainError } from './errors.ts';
import { FIT_OPTIONS, type FitOptions, fit } from './fit.ts';
import { foldsOf } from './folds.ts';
import { foldsInTurn } from './folds-in-turn.ts';
import { chosenNetwork } from './network-choice.ts';
import { repeatedTracks } from './repeated-tracks.ts';
import type { TrackSource } from './source.ts';
import type { EpochResult } from './training-state.ts';

/** What {@link fitFolds} is told: as {@link fit}, but for the tracks, which are labelled and in memory. */
export interface FitFoldsOptions extends Omit<FitOptions, 'source' | 'validation' | 'resume'> {
  readonly tracks: Tracks;
  /** Number of folds, 2 at least. */
  readonly folds: number;
  /** A column per track, such as `file`: tracks that have the same there stay in one fold. */
  readonly group?: string;
  /** Makes the source of a fold's training tracks; {@link repeatedTracks} when absent. */
  readonly foldSource?: (tracks: Tracks, seed: number) => TrackSource;
  /** Told of each fold (from 1) when its network is trained. */
  readonly onFold?: (fold: number, result: EpochResult) => void;
}

/** What {@link fitFolds} gives. */
export interface Folds {
  /** The networks of all folds as one; its `models` are in the order of the folds. */
  readonly model: Ensemble;
  /** The learning curve of each fold; the validation results of its last line are of the fold's own tracks. */
  readonly histories: readonly (readonly EpochResult[])[];
}

/**
 * K-fold cross-validation: tracks are parted into K folds with the same shares of the labels, and K networks are
 * trained, each on all folds but one and validated on that one. The ensemble of them averages their answers, so that
 * every track has been of use to all networks but one; the validation results say what a single network does on tracks
 * it has not seen. Fold k has a seed of its own for its weights and its order, derived from the recipe's.
 *
 * Throws {@link TrainError} for an option that there is not, for less than two folds, and for more than the tracks of the rarest label can fill.
 *
 * @example
 * const { model, histories } = await fitFolds({ tracks, folds: 5, network, encoder, output, recipe, data });
 * histories.map((history) => history.at(-1).validationScore);
 * (await model.predict(others)).labels;
 */
export async function fitFolds(given: FitFoldsOptions): Promise<Folds> {
  checkOptions<FitFoldsOptions>('fitFolds', given, KNOWN, TrainError);
  checkGiven(given, ['network', 'encoder', 'output', 'recipe']);
  const { tracks, folds, group, foldSource = repeatedTracks, onFold, ...options } = given;
  checkTracks(tracks, TrainError);
  const { recipe, data } = options;
  const parts = foldsOf(tracks, { folds, seed: recipe.seed, group });
  // Features that have yet to be measured are measured on the tracks of each fold.
  const encoder =
    'kind' in options.encoder
      ? options.encoder
      : encoderFor(options.encoder, chosenNetwork(options).network, options.encoders ?? [], {
          dim: tracks.dim,
          longest: longestOf(tracks),
          sample: () => tracks,
        });
  const { model, folds: fitted } = await foldsInTurn(
    parts.length,
    (fold) => {
      const { training, validation, seed } = parts[fold - 1];
      return fit({
        ...options,
        encoder,
        source: foldSource(training, seed),
        validation,
        recipe: { ...recipe, seed },
        data: { ...data, fold, folds, splitSeed: recipe.seed },
      });
    },
    (fold, { history }) => onFold?.(fold, history[history.length - 1]),
  );
  return { model, histories: fitted.map(({ history }) => history) };
}

const { source: _, validation: __, resume: ___, ...OF_FIT } = FIT_OPTIONS;
const KNOWN = {
  ...OF_FIT,
  tracks: true,
  folds: true,
  group: true,
  foldSource: true,
  onFold: true,
} as const;

/** Points of the longest track. */
const longestOf = (tracks: Tracks): number =>
  tracks.offsets.reduce((most, to, i, all) => (i === 0 ? 0 : Math.max(most, to - all[i - 1])), 0);
