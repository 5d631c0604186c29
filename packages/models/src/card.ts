import { quote } from '@diffusion/tracks/messages';
import type { CardCalibration } from './calibration/card-calibration.ts';
import { checkCalibration } from './calibration/check-calibration.ts';
import { CardChecks } from './card-checks.ts';
import type { Domain } from './domain/domain.ts';
import type { EncoderSpecification } from './encode/specification.ts';
import { ModelError } from './errors.ts';
import { isImageCard } from './images/is-image-card.ts';
import type { JsonObject } from './json.ts';

/**
 * What a model answers: one of several classes, the anomalous exponent α, or both. With `spread` it also says how far off its α
 * is likely to be, by a number more: the logarithm of a standard deviation. With `points` it answers for every point of a track:
 * one of several classes, α, ln K and whether the motion changes there.
 */
export type Output =
  | { readonly kind: 'classes'; readonly classes: readonly string[] }
  | { readonly kind: 'exponent'; readonly spread?: boolean }
  | { readonly kind: 'both'; readonly classes: readonly string[]; readonly spread?: boolean }
  | {
      readonly kind: 'points';
      readonly classes: readonly string[];
      /** What was known of α and ln K of a point before its track was seen: how training tracks have them. */
      readonly prior?: PointPrior;
      /** From what probability on there are changes, chosen on tracks like those of the training; that of `pickChanges` if left out. */
      readonly changes?: ChangeThresholds;
    };

/** Probabilities near a point, summed, from which on there is a change. */
export interface ChangeThresholds {
  /** Of any change. */
  readonly threshold: number;
  /** Of the likeliest change of a track, without which it has none: what keeps tracks that do not change in one piece. */
  readonly first: number;
}

/** Of α, and of ln K over the square of the unit of the track, over the points that move. */
export interface PointPrior {
  readonly alpha: PriorLaw;
  readonly diffusion: PriorLaw;
}

export interface PriorLaw {
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
  /**
   * What spreads of segments are multiplied by: the errors of segments whose ends are known over them, in the mean over tracks like
   * those of the training; 1 if left out.
   */
  readonly spreadFactor?: number;
}

/** Whether an output has the spread of its exponent. */
export const hasSpread = (output: Output): boolean =>
  (output.kind === 'exponent' || output.kind === 'both') && output.spread === true;

interface Card {
  readonly format: 'diffusion-model';
  readonly version: 1;
  /** The architecture and its options, as the registry knows them; of a classical model its kind and options. */
  readonly network: { readonly name: string; readonly options: JsonObject };
  readonly output: Output;
  readonly domain: Domain;
  /** What is done to the probabilities of the classes, and from what on a class belongs to the set of a track. */
  readonly calibration?: CardCalibration;
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
  /** What `weights.bin` must be; absent where the platform that saved the model could not tell. */
  readonly weights?: { readonly sha256: string };
}

/** The card of a classical classifier or a rule: what is saved beside `classifier.json`. */
export interface ClassicalCard extends Card {
  /** What it sees of a track: features by name, of `@diffusion/features` or one's own; the track itself where there are none. */
  readonly classifier: { readonly features: readonly string[] };
}

/** One of the networks of a bank. */
export interface BankMember {
  /** Points of the tracks that it was trained on. */
  readonly length: number;
  /** From 1: networks of one length, whose answers are averaged. */
  readonly fold: number;
  /** What its card says was measured of it. */
  readonly metrics?: Readonly<Record<string, number | null>>;
}

/** The card of a bank, of one network or more for each of several lengths. */
export interface BankCard extends NetworkCard {
  readonly bank: {
    /** In the order of their weights. */
    readonly networks: readonly BankMember[];
    /** What exponents are multiplied by. */
    readonly correction: number;
  };
}

/** Everything beside the weights: saved as `card.json`, enough to use the model and to train it again. */
export type ModelCard = NetworkCard | BankCard | ClassicalCard;

/**
 * The card in a parsed `card.json`.
 *
 * Throws {@link ModelError} that names the field that is missing or wrong.
 */
export function parseCard(json: unknown, source: string): ModelCard {
  const card = json as Partial<BankCard & ClassicalCard> | null;
  if ((card as { format?: unknown } | null)?.format === 'diffusion-ensemble') {
    throw new ModelError(`${source}: is the card of an ensemble: expected loadEnsemble to load it`);
  }
  if (isImageCard(card)) {
    throw new ModelError(
      `${source}: is the card of a model that judges images: expected one that judges tracks, or loadImageModel`,
    );
  }
  if (typeof card !== 'object' || card === null || card.format !== 'diffusion-model') {
    throw new ModelError(`${source}: not a model card (expected "format": "diffusion-model")`);
  }
  if (card.version !== 1) {
    throw new ModelError(
      `${source}: version is ${quote(card.version)}: this release reads version 1`,
    );
  }
  const check = new CardChecks(source);
  const { name, options } = check.record('network', card.network);
  check.text('network.name', name);
  check.record('network.options', options);
  if (card.classifier) {
    check.names('classifier.features', check.record('classifier', card.classifier).features);
  } else {
    checkEncoder(check, check.record('encoder', card.encoder));
    if (card.bank !== undefined) checkBank(check, check.record('bank', card.bank));
  }
  checkDomain(check, check.record('domain', card.domain));
  const { kind, classes, spread, prior, changes } = check.record('output', card.output);
  if (kind === 'classes' || kind === 'both' || kind === 'points')
    check.names('output.classes', classes, 2);
  else if (kind !== 'exponent')
    check.fail('output.kind', kind, 'classes, exponent, both or points');
  if (spread !== undefined && typeof spread !== 'boolean') {
    check.fail('output.spread', spread, 'true or false');
  }
  if (prior !== undefined) {
    const { alpha, diffusion } = check.record('output.prior', prior);
    for (const [name, law] of Object.entries({ alpha, diffusion })) {
      const { mean, deviation, spreadFactor = 1 } = check.record(`output.prior.${name}`, law);
      check.numbers(`output.prior.${name}`, { mean, deviation, spreadFactor });
    }
  }
  if (changes !== undefined) {
    const { threshold, first } = check.record('output.changes', changes);
    check.numbers('output.changes', { threshold, first });
  }
  if (card.calibration !== undefined) {
    checkCalibration(check, check.record('calibration', card.calibration), classes);
  }
  if (card.weights) check.text('weights.sha256', check.record('weights', card.weights).sha256);
  return card as ModelCard;
}

function checkEncoder(check: CardChecks, encoder: Readonly<Record<string, unknown>>): void {
  const { kind, dim, length, features = [] } = encoder;
  check.text('encoder.kind', kind);
  if (!isDimension(dim)) check.fail('encoder.dim', dim, '1, 2 or 3');
  if (length !== null && !(Number.isSafeInteger(length) && (length as number) > 0)) {
    check.fail('encoder.length', length, 'a number of points or null');
  }
  if (!Array.isArray(features)) check.fail('encoder.features', features, 'a list');
  for (const [i, feature] of features.entries()) {
    const { name, mean, deviation } = check.record(`encoder.features[${i}]`, feature);
    check.text(`encoder.features[${i}].name`, name);
    check.numbers(`encoder.features[${i}]`, { mean, deviation });
  }
}

function checkBank(check: CardChecks, bank: Readonly<Record<string, unknown>>): void {
  const { networks, correction } = bank;
  if (!Array.isArray(networks) || networks.length === 0) {
    check.fail('bank.networks', networks, 'a list of one or more networks');
  }
  const seen = new Set<string>();
  for (const [i, network] of networks.entries()) {
    const field = `bank.networks[${i}]`;
    const { length, fold } = check.record(field, network);
    for (const [name, value] of Object.entries({ length, fold })) {
      if (!(Number.isSafeInteger(value) && (value as number) >= 1)) {
        check.fail(`${field}.${name}`, value, 'an integer of at least 1');
      }
    }
    const key = `${length} ${fold}`;
    if (seen.has(key)) check.fail(field, network, 'another length or fold than those before');
    seen.add(key);
  }
  if (!(check.number('bank.correction', correction) > 0)) {
    check.fail('bank.correction', correction, 'a positive number');
  }
}

function checkDomain(check: CardChecks, domain: Readonly<Record<string, unknown>>): void {
  const { dim, minLength, maxLength, maxMissing, minMotion, ranges } = domain;
  check.numbers('domain', { dim, minLength, maxLength, maxMissing, minMotion: minMotion ?? 0 });
  if (!isDimension(dim)) check.fail('domain.dim', dim, '1, 2 or 3');
  if (!Array.isArray(ranges)) check.fail('domain.ranges', ranges, 'a list of ranges');
  for (const [i, range] of ranges.entries()) {
    const field = `domain.ranges[${i}]`;
    const { from, to, low, high } = check.record(field, range);
    check.numbers(field, { from, to });
    const highest = check.numbers(`${field}.high`, high);
    for (const name of Object.keys(check.numbers(`${field}.low`, low))) {
      if (!Object.hasOwn(highest, name)) check.number(`${field}.high.${name}`, undefined);
    }
  }
}

const isDimension = (dim: unknown): boolean => dim === 1 || dim === 2 || dim === 3;
