import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { quote } from '@diffusion/tracks/messages';
import {
  committedPath,
  finishReplacing,
  type NewFile,
  readBytes,
  replaceFiles,
} from '@diffusion/tracks/node';
import { parseJson } from '@diffusion/tracks/parsing';
import { ensemble } from '../ensemble.ts';
import { ModelError } from '../errors.ts';
import {
  type LoadOptions,
  modelFileNames,
  modelFiles,
  type SavedImageModel,
  type SavedModel,
} from '../files/artifacts.ts';
import type { JsonObject } from '../json.ts';
import type { Ensemble, SingleModel, TrackModel } from '../predict/model.ts';
import { isEnsembleFile } from './ensemble-files.ts';
import { loadModel, loadModelFrom } from './load-model.ts';

/** What is saved beside the models of an ensemble, as its `card.json`. */
export interface EnsembleCard {
  readonly format: 'diffusion-ensemble';
  readonly version: 1;
  /** What the files of each model begin with. */
  readonly members: readonly string[];
  /** How the models came to be: a recipe with folds, or {} where they have nothing in common. */
  readonly recipe: JsonObject;
  /** What was measured on tracks that the training of none of them has seen, or over the folds. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** The most bytes of a card. */
const MOST_BYTES = 2 ** 24;

/** The most models of one ensemble. */
const MOST_MEMBERS = 1000;

const memberName = /^member-\d+$/;

/**
 * Saves an ensemble as a folder: the files of its models, `member-1.model.json` and so on, and a card that names them. The
 * files of a model or an ensemble that was there are replaced together, or not at all.
 *
 * @param folder made where it does not exist.
 * @param options.recipe how the models came to be, for the card.
 * @throws as {@link saveModel}.
 *
 * @example
 * await saveEnsemble('out/folds', model, { recipe: { ...recipe } });
 */
export async function saveEnsemble(
  folder: string,
  { models }: { readonly models: readonly (SavedModel | SavedImageModel)[] },
  { recipe = {}, metrics = {} }: Partial<Pick<EnsembleCard, 'recipe' | 'metrics'>> = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files: NewFile[] = [];
  const members = models.map((_, i) => `member-${i + 1}`);
  for (const [i, model] of models.entries()) {
    const own = await modelFiles(model);
    for (const name of modelFileNames) {
      if (own[name]) files.push({ name: `${members[i]}.${name}`, chunks: own[name] });
    }
  }
  const card: EnsembleCard = { format: 'diffusion-ensemble', version: 1, members, recipe, metrics };
  files.push({ name: 'card.json', chunks: `${JSON.stringify(card, null, 1)}\n` });
  await finishReplacing(folder);
  const written = new Set(files.map(({ name }) => name));
  const old = (await readdir(folder)).filter(
    (name) => isEnsembleFile(name) || modelFileNames.some((each) => each === name),
  );
  await replaceFiles(folder, files, { removes: old.filter((name) => !written.has(name)) });
}

/**
 * Loads an ensemble from the folder it was saved in.
 *
 * Throws {@link ModelError} that names the file that is missing, corrupt or foreign.
 *
 * @param options as for {@link loadModel}.
 *
 * @example
 * const { labels } = await (await loadEnsemble('out/folds')).predict(tracks);
 */
export async function loadEnsemble(folder: string, options: LoadOptions = {}): Promise<Ensemble> {
  const card = checkCard(await cardIn(folder), join(folder, 'card.json'));
  const models: SingleModel[] = [];
  try {
    for (const member of card.members) {
      models.push(await loadModelFrom(folder, `${member}.`, options));
    }
    return ensemble(models);
  } catch (error) {
    for (const model of models) model.dispose();
    throw error;
  }
}

/**
 * Loads whatever a folder has, a model or an ensemble.
 *
 * @example
 * const model = await loadTrackModel('out/model');
 */
export async function loadTrackModel(
  folder: string,
  options: LoadOptions = {},
): Promise<TrackModel> {
  const card = (await cardIn(folder).catch(() => undefined)) as { format?: unknown } | undefined;
  return card?.format === 'diffusion-ensemble'
    ? loadEnsemble(folder, options)
    : loadModel(folder, options);
}

/** The parsed `card.json` of a folder. Throws {@link ModelError} where there is none, or no JSON. */
export async function cardIn(folder: string, name = 'card.json'): Promise<unknown> {
  const path = join(folder, name);
  try {
    const bytes = await readBytes(await committedPath(folder, name), MOST_BYTES);
    return parseJson(new TextDecoder().decode(bytes), path, 'the card of an ensemble');
  } catch (cause) {
    throw new ModelError((cause as Error).message, { cause });
  }
}

/** The card of an ensemble. Throws {@link ModelError} for another. */
export function checkCard(json: unknown, path: string): EnsembleCard {
  const card = json as Partial<EnsembleCard> | null;
  const fail = (message: string): never => {
    throw new ModelError(`${path}: ${message}`);
  };
  if (typeof card !== 'object' || card?.format !== 'diffusion-ensemble') {
    fail('not the card of an ensemble (expected "format": "diffusion-ensemble")');
  }
  const { version, members } = card as EnsembleCard;
  if (version !== 1) fail(`version is ${quote(version)}: this release reads version 1`);
  const named = Array.isArray(members) && members.length > 0 && members.length <= MOST_MEMBERS;
  // Names alone: a card that came from elsewhere reaches no other folder.
  if (!named || !members.every((name) => typeof name === 'string' && memberName.test(name))) {
    fail(`members is ${quote(members)}: expected a list of member-1, member-2, …`);
  }
  return card as EnsembleCard;
}
