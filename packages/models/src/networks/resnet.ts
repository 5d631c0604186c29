import type { LayersModel } from '@tensorflow/tfjs-layers';
import { defineNetwork } from './define-network.ts';
import {
  type ResidualOptions,
  residualOptions,
  residualOptionsFor,
  residualParts,
} from './residual.ts';

const options = residualOptions({
  dimension: 2,
  depth: 4,
  kernelSize: 3,
  filters: 64,
  filtersMultipleOf: 1,
});

/** What {@link resnet} is chosen by. */
export type ResnetOptions = ResidualOptions;

/**
 * ResNet as Gajowczyk & Szwabiński 2021 (Entropy 23, 649) start from it; the defaults are ResNet18, 11,177,092
 * parameters.
 *
 *     stem     conv 7, stride 2, x₀, BN, activation
 *     pool     maximum of 3, stride 2
 *     stage i  2 residual blocks of x₀·2^(i−1) maps; the first block of stages 2, 3, … has stride 2,
 *              on the identity path in the 1×1 convolution
 *     head     global pooling [beside additional features], dropout, dense
 *
 * Input `track` [batch, length, coordinates, channels], or [batch, length, channels] for dimension 1, and `features`
 * [batch, features] where asked for; output [batch, classes]. Throws {@link OptionError}.
 *
 * @example
 * resnet({ filters: 16 }).countParams();
 */
export function resnet(given: Partial<ResnetOptions> = {}): LayersModel {
  return resnetDescription.build(given);
}

function draw(o: ResidualOptions): LayersModel {
  const { input, convNormAct, maxPool, block, head } = residualParts(o);

  const track = input();
  let x = convNormAct('stem1', track, o.filters, 7, 2);
  x = maxPool(x);
  for (let stage = 1; stage <= o.depth; stage++) {
    const maps = o.filters * 2 ** (stage - 1);
    x = block(`stage${stage}.block1`, x, maps, stage === 1 ? 1 : 2, 'conv');
    x = block(`stage${stage}.block2`, x, maps, 1, 'conv');
  }
  return head(track, x, 'resnet');
}

export const resnetDescription = defineNetwork({
  name: 'resnet',
  paper: 'Gajowczyk & Szwabiński 2021, Entropy 23, 649 (He et al. 2016)',
  options,
  input: { kind: 'motion', padded: true, features: true },
  optionsFor: (task) => residualOptionsFor('resnet', task),
  build: draw,
});
