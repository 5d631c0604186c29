import type { Domain } from './domain/domain.ts';
import type { EncoderSpecification } from './encode/encoder.ts';
import { ModelError } from './errors.ts';
import type { JsonObject } from './json.ts';

/** What a model answers: one of several classes, the anomalous exponent α, or both. */
export type Output =
  | { readonly kind: 'classes'; readonly classes: readonly string[] }
  | { readonly kind: 'exponent' }
  | { readonly kind: 'both'; readonly classes: readonly string[] };

interface Card {
  readonly format: 'diffusion-model';
  readonly version: 1;
  /** The architecture and its options, as the registry knows them; of a classical model its kind and options. */
  readonly network: { readonly name: string; readonly options: JsonObject };
  readonly output: Output;
  readonly domain: Domain;
  /** The whole training recipe, seed included. */
  readonly recipe: JsonObject;
  /** What was measured on tracks that training has not seen. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Versions of what made the model. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The card of a network: what is saved beside its weights. */
export interface NetworkCard extends Card {
  readonly encoder: EncoderSpecification;
}

/** The card of a classical classifier or a rule: what is saved beside `classifier.json`. */
export interface ClassicalCard extends Card {
  /** What it sees of a track: features by name, of `@diffusion/features` or one's own; the track itself where there are none. */
  readonly classifier: { readonly features: readonly string[] };
}

/** Everything beside the weights: saved as `card.json`, enough to use the model and to train it again. */
export type ModelCard = NetworkCard | ClassicalCard;

/**
 * The card in a parsed `card.json`.
 *
 * Throws {@link ModelError} that names the field that is missing or wrong.
 */
export function parseCard(json: unknown, source: string): ModelCard {
  const card = json as Partial<NetworkCard & ClassicalCard> | null;
  if (typeof card !== 'object' || card === null || card.format !== 'diffusion-model') {
    throw new ModelError(`${source}: not a model card (expected "format": "diffusion-model")`);
  }
  if (card.version !== 1)
    throw new ModelError(`${source}: version is ${card.version}: this release reads version 1`);
  const sees = card.classifier ? 'classifier' : 'encoder';
  for (const field of ['network', sees, 'output', 'domain'] as const) {
    if (typeof card[field] !== 'object' || card[field] === null) {
      throw new ModelError(`${source}: field "${field}" is missing`);
    }
  }
  const { dim, minLength, maxLength, maxMissing, minMotion, ranges } = card.domain as Domain;
  const numbers = { dim, minLength, maxLength, maxMissing, minMotion: minMotion ?? 0 };
  for (const [name, value] of Object.entries(numbers)) {
    if (typeof value !== 'number') {
      throw new ModelError(`${source}: field "domain.${name}" is ${value}: expected a number`);
    }
  }
  if (!Array.isArray(ranges) || !ranges.every((range) => range?.low && range.high)) {
    throw new ModelError(`${source}: field "domain.ranges" is not a list of ranges`);
  }
  const output = card.output as Output;
  if (output.kind === 'classes' || output.kind === 'both') {
    if (!Array.isArray(output.classes) || output.classes.length < 2) {
      throw new ModelError(
        `${source}: field "output.classes" is not a list of two or more classes`,
      );
    }
  } else if (output.kind !== 'exponent') {
    throw new ModelError(
      `${source}: field "output.kind" is none of 'classes', 'exponent' and 'both'`,
    );
  }
  return card as ModelCard;
}
