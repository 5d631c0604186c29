import { nameOf, seenLine } from '@diffusion/expect/report';
import { type LoadedFiles, modelFromFiles, type SingleModel } from '@diffusion/models';
import { loadPretrained, pretrainedFor } from '@diffusion/weights';
import type { ModelInfo } from '../engine/engine-types.ts';
import { backend } from './backend.ts';

/** A model that is used, by itself or of files that were trained here or dropped. */
export interface UsedModel {
  readonly model: SingleModel;
  readonly name: string;
}

/** Files of a model of one's own, and what it is called. */
export interface OwnFiles {
  readonly name: string;
  readonly files: LoadedFiles;
  /** What it was trained by, where that was here. */
  readonly recipe?: object;
}

let held: { key: unknown; used: Promise<UsedModel> } | undefined;

/** The model that comes trained for a dimension, or one of files; kept until another is asked for. */
export async function modelFor(dim: number, own: OwnFiles | undefined): Promise<UsedModel> {
  const key = own?.files ?? dim;
  if (held?.key !== key) {
    const before = held?.used;
    held = { key, used: load(dim, own) };
    before?.then(({ model }) => model.dispose()).catch(() => {});
  }
  try {
    return await held.used;
  } catch (error) {
    held = undefined;
    throw error;
  }
}

async function load(dim: number, own: OwnFiles | undefined): Promise<UsedModel> {
  await backend();
  if (own) return { model: await modelFromFiles(own.files, own.name), name: own.name };
  const found = pretrainedFor(dim);
  if (!found) throw new Error(`no model of ${dim}D tracks comes trained`);
  return { model: await loadPretrained(found.name), name: found.name };
}

/** What there is to say of it. */
export function infoOf({ model, name }: UsedModel): ModelInfo {
  const { output } = model.card;
  return {
    name: nameOf(model, name),
    seen: seenLine(model),
    classes: output.kind === 'exponent' ? [] : output.classes,
  };
}
