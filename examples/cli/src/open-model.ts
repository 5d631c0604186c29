import type { TrackModel } from '@diffusion/models';
import { type ClassicalDescription, likelihoodModel, ruleModel } from '@diffusion/models/classical';
import { loadTrackModel } from '@diffusion/models/node';
import { exists } from './exists.ts';
import { InputError } from './input-error.ts';
import { findModel, nearestModel } from './model-names.ts';
import { settingsFor } from './settings.ts';

type Dimension = 1 | 2 | 3;

/**
 * What `--model` means to `predict`: a model that `train` wrote to a folder or, where there is no such folder, a rule or
 * the exact classifier by its name, for tracks of the dimension that they turn out to have.
 *
 * @param set `--set`: options of a rule or of the exact classifier.
 */
export async function openModel(
  name: string,
  set?: Record<string, string>,
): Promise<(dim: Dimension) => TrackModel> {
  const isThere = await exists(name);
  const named = isThere ? undefined : findModel(name);
  if (named?.network || named?.classical.madeBy === 'fitClassical') {
    throw new InputError(
      `model '${name}' is trained first: expected the folder that \`diffusion train --model ${name}\` wrote`,
    );
  }
  if (named) return byName(named.classical, set);
  if (set) {
    throw new InputError("option '--set' is for a rule or the exact classifier, by its name");
  }
  const model = await loadTrackModel(name).catch((error: Error) => {
    // A path is no misspelt name, and what is trained first is not opened by one.
    const nearest = isThere || /[/\\.]/.test(name) ? undefined : nearestModel(name);
    const meant = nearest === undefined ? undefined : findModel(nearest)?.classical;
    if (!meant || meant.madeBy === 'fitClassical') throw error;
    throw new InputError(`${error.message}; did you mean the model ${nearest}?`, {
      cause: error,
    });
  });
  return () => model;
}

/** Its options are checked before any track is read. */
function byName(
  { name, madeBy, options }: ClassicalDescription,
  set: Record<string, string> = {},
): (dim: Dimension) => TrackModel {
  const settings = settingsFor(options, set);
  const make = (dim: Dimension): TrackModel =>
    madeBy === 'likelihoodModel'
      ? likelihoodModel({ ...settings, dim })
      : ruleModel({ ...settings, kind: name, dim } as Parameters<typeof ruleModel>[0]);
  make(2);
  return make;
}
