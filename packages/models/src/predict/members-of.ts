import { bankAnswering } from '../bank/bank-answers.ts';
import { encoder } from '../encode/encoder.ts';
import type { Answering } from './answering.ts';
import { classicalAnswering } from './classical-answers.ts';
import type { SingleModel } from './model.ts';
import { networkAnswering } from './network-answers.ts';
import type { Member } from './predict-with.ts';

/** Models as they answer on this thread. */
export const membersOf = (models: readonly SingleModel[]): Member[] =>
  models.map((model) => ({ card: model.card, ...answeringOf(model) }));

function answeringOf(model: SingleModel): Answering {
  if (model.kind === 'network') return networkAnswering(model.network, model.encoder);
  if (model.kind === 'classical') return classicalAnswering(model.classifier);
  const { bank, card } = model;
  const { correction } = card.bank;
  return bankAnswering({ bank, encoder: encoder(card.encoder), output: card.output, correction });
}
