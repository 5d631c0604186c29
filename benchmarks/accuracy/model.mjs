import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { trackModel } from '@diffusion/models';
import { loadTrackModel } from '@diffusion/models/node';
import { loadPretrained, pretrainedModels } from '@diffusion/weights';

/**
 * A saved model by its folder, or one that comes with the packages by its name.
 *
 * @returns the model, what it is called, and eight signs that tell its weights from others.
 */
export async function openModel(where) {
  if (!existsSync(where)) {
    const model = await loadPretrained(where);
    const { sha256 } = pretrainedModels.find(({ name }) => name === where);
    return { model, name: where, id: sha256.slice(0, 8) };
  }
  const model = await loadTrackModel(where);
  const weights = ['model.safetensors', 'weights.bin']
    .map((name) => join(where, name))
    .find((file) => existsSync(file));
  const id =
    weights && createHash('sha256').update(readFileSync(weights)).digest('hex').slice(0, 8);
  return { model, name: basename(where), id };
}

/** The model without its domain: it answers for every track. */
export function withoutDomain(model) {
  if (model.kind !== 'network') return model;
  const { card, network, encoder } = model;
  const endless = Number.MAX_SAFE_INTEGER;
  const domain = {
    dim: card.domain.dim,
    minLength: 1,
    maxLength: endless,
    maxMissing: 1,
    minMotion: null,
    ranges: [{ from: 0, to: endless, low: {}, high: {} }],
  };
  return trackModel(network, { ...card, domain }, encoder);
}

/** The classes of a label column as places in a list of names, −1 for others. */
export function codesOf({ codes, dictionary }, classes) {
  const places = dictionary.map((name) => classes.indexOf(name));
  return Int32Array.from(codes, (code) => places[code]);
}
