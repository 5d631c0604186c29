import { openBank } from '../bank/bank-model.ts';
import { classicalModel } from '../classical/classical-model.ts';
import type { SingleModel } from '../predict/model.ts';
import { trackModel } from '../track-model.ts';
import type { CardCalibration } from './card-calibration.ts';

/** The same model with another calibration in its card, or with none. */
export function withCalibration<Model extends SingleModel>(
  model: Model,
  calibration: CardCalibration | undefined,
): Model {
  return remade(model, calibration) as Model;
}

function remade(model: SingleModel, calibration: CardCalibration | undefined): SingleModel {
  const given = calibration && { calibration };
  if (model.kind === 'network') {
    const { calibration: _, ...card } = model.card;
    return trackModel(model.network, { ...card, ...given }, model.encoder);
  }
  if (model.kind === 'bank') {
    const { calibration: _, ...card } = model.card;
    return openBank(model.bank, { ...card, ...given });
  }
  const { calibration: _, ...card } = model.card;
  return classicalModel(model.classifier, { ...card, ...given });
}
