import type { LayersModel } from '@tensorflow/tfjs-layers';
import { defineNetwork } from './define-network.ts';
import {
  type ResidualOptions,
  residualOptions,
  residualOptionsFor,
  residualParts,
} from './residual.ts';

const options = residualOptions({
  dimension: 1,
  depth: 3,
  kernelSize: 5,
  filters: 32,
  filtersMultipleOf: 8,
});

/** What {@link xresnet} is chosen by. */
export type XresnetOptions = ResidualOptions;

/**
 * XResNet of Gajowczyk & Szwabiński 2021 (Entropy 23, 649); the defaults are their final model, 399,556 parameters.
 *
 *     stem     conv k, stride 2, (x₀/8)(c + 1) → conv k, x₀ → conv k, x₀     each with BN and activation
 *     pool     maximum of 3, stride 2
 *     stage i  2 residual blocks of x₀·2^(i−1) maps; the first block of stages 2, 3, … halves the length,
 *              on the identity path by an average over pairs before the 1×1 convolution
 *     head     global pooling [beside additional features], dropout, dense
 *
 * Input `track` [batch, length, channels], or [batch, length, coordinates, channels] for dimension 2, and `features`
 * [batch, features] where asked for; output [batch, classes]. Throws {@link OptionError}.
 *
 * @example
 * xresnet({ filters: 16, classes: 5 }).countParams();
 */
export function xresnet(given: Partial<XresnetOptions> = {}): LayersModel {
  return xresnetDescription.build(given);
}

function draw(o: ResidualOptions): LayersModel {
  const { input, convNormAct, maxPool, block, head } = residualParts(o);
  const { filters: x0, kernelSize: k, channels: c } = o;

  const track = input();
  let x = convNormAct('stem1', track, (x0 / 8) * (c + 1), k, 2);
  x = convNormAct('stem2', x, x0, k, 1);
  x = convNormAct('stem3', x, x0, k, 1);
  x = maxPool(x);
  for (let stage = 1; stage <= o.depth; stage++) {
    const maps = x0 * 2 ** (stage - 1);
    x = block(`stage${stage}.block1`, x, maps, stage === 1 ? 1 : 2, 'average');
    x = block(`stage${stage}.block2`, x, maps, 1, 'average');
  }
  return head(track, x, 'xresnet');
}

export const xresnetDescription = defineNetwork({
  name: 'xresnet',
  paper: 'Gajowczyk & Szwabiński 2021, Entropy 23, 649',
  options,
  input: { kind: 'motion', padded: true, features: true },
  optionsFor: (task) => residualOptionsFor('xresnet', task),
  build: draw,
});
