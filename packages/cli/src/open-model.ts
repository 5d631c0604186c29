import type { SingleModel, TrackModel } from '@diffusion/models';
import { type ClassicalDescription, likelihoodModel, ruleModel } from '@diffusion/models/classical';
import { isImageModel, loadTrackModel } from '@diffusion/models/node';
import { loadPretrained, pretrainedFor, pretrainedModels } from '@diffusion/weights';
import { exists } from './exists.ts';
import { InputError } from './input-error.ts';
import { findModel, nearestModel } from './model-names.ts';
import { settingsFor } from './settings.ts';

type Dimension = 1 | 2 | 3;

/**
 * What `--model` means to `predict`: a model that `train` or `export` wrote to a folder or, where there is no such folder, one
 * that comes trained with the command, or a rule or the exact classifier by its name, for tracks of the dimension that they
 * turn out to have; where it is left out, what comes trained for that dimension ({@link nameTaken}).
 *
 * @param set `--set`: options of a rule or of the exact classifier.
 */
export async function openModel(
  name: string | undefined,
  set?: Record<string, string>,
): Promise<(dim: Dimension) => TrackModel | Promise<TrackModel>> {
  const isThere = name !== undefined && (await exists(name));
  const named = isThere || name === undefined ? undefined : findModel(name);
  if (named?.network || named?.classical.madeBy === 'fitClassical') {
    throw new InputError(
      `model '${name}' is trained first: expected the folder that \`diffusion train --model ${name}\` wrote`,
    );
  }
  if (named) return byName(named.classical, set);
  if (set) {
    throw new InputError("option '--set' is for a rule or the exact classifier, by its name");
  }
  if (name === undefined) return pretrainedOf;
  const pretrained = pretrainedModels.map((each) => each.name);
  const model = await loadTrained(name).catch((error: Error) => {
    // A path is no misspelt name, and what is trained first is not opened by one.
    const nearest = isThere || /[/\\.]/.test(name) ? undefined : nearestModel(name, pretrained);
    const { classical } = (nearest !== undefined && findModel(nearest)) || {};
    const opens = classical
      ? classical.madeBy !== 'fitClassical'
      : pretrained.includes(nearest ?? '');
    if (!opens) throw error;
    throw new InputError(`${error.message}; did you mean the model ${nearest}?`, {
      cause: error,
    });
  });
  return () => model;
}

/** The model in a folder or, where there is no such folder, the one of that name that comes trained. */
async function loadTrained(name: string): Promise<TrackModel> {
  if (await comesTrained(name)) return loadPretrained(name);
  if (await isImageModel(name)) {
    throw new InputError(`${name}: judges images: expected a model that judges tracks`);
  }
  return loadTrackModel(name);
}

/** Whether that is the name of a model that comes trained, and not a folder. */
export const comesTrained = async (name: string): Promise<boolean> =>
  pretrainedModels.some((each) => each.name === name) && !(await exists(name));

/** {@link loadTrained}, of a model by itself. Throws {@link InputError} for several that answer as one. */
export async function loadSingle(name: string): Promise<SingleModel> {
  const model = await loadTrained(name);
  if (model.kind !== 'ensemble') return model;
  const { length } = model.models;
  model.dispose();
  throw new InputError(`${name}: is an ensemble of ${length} models: expected a model by itself`);
}

/** What the model that {@link openModel} opened is called: as it was asked for or, where it was not, as it comes trained. */
export const nameTaken = (asked: string | undefined, dim: Dimension): string | undefined =>
  asked ?? pretrainedFor(dim)?.name;

/** Says on stderr, when the work is done, which model was taken where none was asked for. */
export function tellTaken(asked: string | undefined, dim: Dimension): void {
  const name = nameTaken(undefined, dim);
  if (asked !== undefined || name === undefined) return;
  process.stderr.write(
    `judged by ${name}, which comes trained for ${dim}D tracks (--model takes another)\n`,
  );
}

/** What comes trained for a dimension. Throws {@link InputError} where nothing does. */
function pretrainedOf(dim: Dimension): Promise<TrackModel> {
  const found = pretrainedFor(dim);
  if (found) return loadPretrained(found.name);
  const names = pretrainedModels.map((each) => each.name).join(', ') || 'none';
  throw new InputError(
    `option '--model' is missing: no trained model of the motion of ${dim}D tracks comes with this command (there are: ${names})`,
  );
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
