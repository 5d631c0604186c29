import { classicalAnswering } from './classical-answers.ts';
import type { SingleModel } from './model.ts';
import { networkAnswering } from './network-answers.ts';
import type { Member } from './predict-with.ts';

/** Models as they answer on this thread. */
export const membersOf = (models: readonly SingleModel[]): Member[] =>
  models.map((model) => ({
    card: model.card,
    ...(model.kind === 'network'
      ? networkAnswering(model.network, model.encoder)
      : classicalAnswering(model.classifier)),
  }));
