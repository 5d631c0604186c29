import type { BankCard, BankMember, NetworkCard } from '../card.ts';
import { joinDomains } from '../domain/join-domains.ts';
import { encoder } from '../encode/encoder.ts';
import { ModelError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { checkShapes } from '../networks/check-shapes.ts';
import type { BankModel, NetworkModel } from '../predict/model.ts';
import { predictWith } from '../predict/predict-with.ts';
import { networkByName } from '../registry.ts';
import { showModel } from '../show-model.ts';
import { bankAnswering } from './bank-answers.ts';
import { flatWeights, type NetworkBank, networkBank } from './network-bank.ts';

/** A trained network and the points of the tracks that it was trained on. */
export interface BankNetwork {
  readonly length: number;
  readonly model: Pick<NetworkModel, 'card' | 'network'>;
}

/** What {@link bankModel} is told beside its networks. */
export interface BankOptions {
  /** What exponents are multiplied by before they are cut to [0.05, 2]; 1 if left out. */
  readonly correction?: number;
  /** How the bank was made, for the card; that of the first network if left out. */
  readonly recipe?: JsonObject;
  readonly metrics?: BankCard['metrics'];
}

/**
 * A bank of networks as one model (Li, Yao & Huang 2021): `wadnet`s that were trained on tracks of one length each judge
 * tracks of every length from the shortest on. A track is cropped to the nearest shorter length from its beginning and from
 * its end, each crop is made standard by itself, in double precision, and the answer follows from the mean of the two
 * feature vectors. Networks of one length, the folds of a cross-validation, are numbered in the order in which they are
 * given, and their answers averaged; the others need not be as many. A length may have had any number of points behind it:
 * what is longer than twice the longest length is seen at its ends alone.
 *
 * Weights are copied: the models may be disposed of.
 *
 * Throws {@link ModelError} where there is no network, for one that is no `wadnet` fed with standardised positions of any
 * length, and where they differ in what they are or answer.
 *
 * @example
 * const bank = bankModel([{ length: 30, model: small }, { length: 100, model: foldA }, { length: 100, model: foldB }]);
 * await saveModel('bank', bank);
 * (await bank.predict(tracks)).labels;
 */
export function bankModel(networks: readonly BankNetwork[], options: BankOptions = {}): BankModel {
  if (networks.length === 0) {
    throw new ModelError('networks is empty: expected one or more, each with its length');
  }
  const [{ model: first }] = networks;
  const folds = new Map<number, number>();
  const members = networks.map(({ length, model: { card, network } }, i) => {
    if (!(Number.isSafeInteger(length) && length >= 1)) {
      throw new ModelError(`networks[${i}].length is ${length}: expected an integer of at least 1`);
    }
    checkLike(card, first.card, i);
    const fold = (folds.get(length) ?? 0) + 1;
    folds.set(length, fold);
    return { length, fold, metrics: card.metrics, weights: flatWeights(network) };
  });
  const { correction = 1, recipe = first.card.recipe, metrics = {} } = options;
  if (!(correction > 0 && correction < Number.POSITIVE_INFINITY)) {
    throw new ModelError(`correction is ${correction}: expected a positive number`);
  }
  // What one of them was calibrated to is not met by all together.
  const { weights: _, calibration: __, ...card } = first.card;
  // Each network had a seed of its own.
  const { seed: ___, ...chosen } = card.network.options;
  const { name } = card.network;
  return openBank(networkBank(networkByName(name).build(chosen), members), {
    ...card,
    network: { name, options: chosen },
    domain: {
      ...joinDomains(networks.map(({ model }) => model.card.domain)),
      minLength: Math.min(...folds.keys()),
    },
    recipe,
    metrics,
    bank: { networks: members.map(withoutWeights), correction },
  });
}

const withoutWeights = ({ length, fold, metrics }: BankMember): BankMember => ({
  length,
  fold,
  metrics,
});

/** A bank joined with its card. */
export function openBank(bank: NetworkBank, card: BankCard): BankModel {
  const encode = encoder(card.encoder);
  const { output } = card;
  const { network } = bank;
  checkShapes({ name: card.network.name, network, encoder: encode, output });
  const asked = { bank, encoder: encode, output, correction: card.bank.correction };
  const member = { card, ...bankAnswering(asked) };
  return showModel({
    kind: 'bank',
    card,
    bank,
    dispose: () => bank.dispose(),
    predict: (tracks, options) => predictWith([member], tracks, options),
  });
}

/** Throws where a network cannot stand in a bank beside the first. */
function checkLike(card: NetworkCard, first: NetworkCard, i: number): void {
  const { network, encoder: seen } = card;
  if (network.name !== 'wadnet' || seen.kind !== 'standardized' || seen.length !== null) {
    throw new ModelError(
      `networks[${i}] is '${network.name}' on '${seen.kind}' of ${seen.length ?? 'any'} points: expected wadnet on standardized positions of any length (null)`,
    );
  }
  const told = ({ network: { options }, output, encoder: { dim } }: NetworkCard) => {
    const { seed: _, ...others } = options;
    return JSON.stringify([others, output, dim]);
  };
  if (told(card) !== told(first)) {
    throw new ModelError(`networks[${i}] is ${told(card)}: expected ${told(first)} as networks[0]`);
  }
}
