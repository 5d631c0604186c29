import type { Domain } from './domain/domain.ts';
import type { EncoderSpecification } from './encode/encoder.ts';
import { ModelError } from './errors.ts';

/** What a model answers: one of several classes, or the anomalous exponent α. */
export type Output =
  | { readonly kind: 'classes'; readonly classes: readonly string[] }
  | { readonly kind: 'exponent' };

/** Everything beside the weights: saved as `card.json`, enough to use the model and to train it again. */
export interface ModelCard {
  readonly format: 'diffusion-model';
  readonly version: 1;
  /** The architecture and its options, as the registry knows them. */
  readonly network: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
  readonly output: Output;
  readonly encoder: EncoderSpecification;
  readonly domain: Domain;
  /** The whole training recipe, seed included. */
  readonly recipe: Readonly<Record<string, unknown>>;
  /** What was measured on tracks that training has not seen. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Versions of what made the model. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The card in a parsed `card.json`.
 *
 * Throws {@link ModelError} that names the field that is missing or wrong.
 */
export function parseCard(json: unknown, source: string): ModelCard {
  const card = json as Partial<ModelCard> | null;
  if (typeof card !== 'object' || card === null || card.format !== 'diffusion-model') {
    throw new ModelError(`${source}: not a model card (expected "format": "diffusion-model")`);
  }
  if (card.version !== 1)
    throw new ModelError(`${source}: version is ${card.version}: this release reads version 1`);
  for (const field of ['network', 'output', 'encoder', 'domain'] as const) {
    if (typeof card[field] !== 'object' || card[field] === null) {
      throw new ModelError(`${source}: field "${field}" is missing`);
    }
  }
  const output = card.output as Output;
  if (output.kind === 'classes') {
    if (!Array.isArray(output.classes) || output.classes.length < 2) {
      throw new ModelError(
        `${source}: field "output.classes" is not a list of two or more classes`,
      );
    }
  } else if (output.kind !== 'exponent') {
    throw new ModelError(`${source}: field "output.kind" is neither 'classes' nor 'exponent'`);
  }
  return card as ModelCard;
}
