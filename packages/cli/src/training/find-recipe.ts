import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearestName } from '@diffusion/tracks/messages';
import { committedPath } from '@diffusion/tracks/node';
import {
  readyImageRecipe,
  readyImageRecipes,
  readyRecipe,
  readyRecipes,
} from '@diffusion/train/node';
import { exists } from '../exists.ts';
import { InputError } from '../input-error.ts';
import { readJson } from '../read-text.ts';

/** A recipe as it stands in a file or in a card: parsed, but not checked. */
export interface FoundRecipe {
  readonly json: Readonly<Record<string, unknown>>;
  /** What it is from, for messages. */
  readonly source: string;
  /** Address of the file that paths in it are relative to. */
  readonly base?: URL;
}

/**
 * What `--recipe` means: a file, which may be the card of a saved model, the folder of one, or a recipe that comes with
 * the packages by its name.
 */
export async function findRecipe(name: string): Promise<FoundRecipe> {
  const found = await stat(name).catch(() => undefined);
  if (!found) {
    const ofImages = await readyImageRecipes();
    if (ofImages.includes(name)) {
      return { json: { ...(await readyImageRecipe(name)) }, source: `recipe ${name}` };
    }
    const ready = await readyRecipes();
    if (ready.includes(name)) {
      return { json: { ...(await readyRecipe(name)) }, source: `recipe ${name}` };
    }
    const nearest = /[/\\.]/.test(name) ? undefined : nearestName(name, [...ready, ...ofImages]);
    throw new InputError(
      `option '--recipe' is ${name}: there is no such file or folder, and no recipe of that name comes with this command${nearest === undefined ? '' : `; did you mean ${nearest}?`} (\`diffusion recipes\` lists them)`,
    );
  }
  const card = found.isDirectory() && (await cardIn(name));
  const path = card ? await committedPath(name, card) : name;
  const source = card ? join(name, card) : name;
  const json = await readJson(path, 'a recipe, or the card of a saved model');
  return { json: inCard(json, source), source, base: pathToFileURL(source) };
}

/** The name of the card in the folder of a model: that of an exported one is its configuration. */
async function cardIn(folder: string): Promise<string> {
  if (await exists(await committedPath(folder, 'card.json'))) return 'card.json';
  const config = await committedPath(folder, 'config.json');
  return (await exists(config)) ? 'config.json' : 'card.json';
}

/** The recipe itself, or that of a card. */
function inCard(json: unknown, source: string): Readonly<Record<string, unknown>> {
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isRecord(json)) throw new InputError(`${source}: expected a recipe, an object`);
  if (!['diffusion-model', 'diffusion-ensemble'].includes(String(json.format))) return json;
  const { recipe } = json;
  if (isRecord(recipe) && recipe.format === 'diffusion-recipe') return recipe;
  throw new InputError(
    `${source}: the card has no whole recipe, as this model was made by other means: expected one that \`diffusion train\` made`,
  );
}
