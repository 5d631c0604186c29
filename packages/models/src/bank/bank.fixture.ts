import type { NetworkCard, Output } from '../card.ts';
import { openDomain } from '../domain/domain.ts';
import { encoder } from '../encode/encoder.ts';
import { chosenOptions } from '../networks/chosen-options.ts';
import type { NetworkModel } from '../predict/model.ts';
import { networkByName } from '../registry.ts';
import { trackModel } from '../track-model.ts';

/** Answers of the networks of a bank. */
export const outputs = {
  classes: { kind: 'classes', classes: ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'] },
  exponent: { kind: 'exponent' },
  spread: { kind: 'exponent', spread: true },
} as const satisfies Record<string, Output>;

/** A small WADNet as `fit` gives it, untrained. */
export function smallWadnet({
  seed,
  dim = 1,
  output = outputs.classes,
}: {
  readonly seed: number;
  readonly dim?: 1 | 2 | 3;
  readonly output?: Output;
}): NetworkModel {
  const encode = encoder({ kind: 'standardized', dim, length: null });
  const wadnet = networkByName('wadnet');
  const given = { filters: 4, units: 6, depth: 4 };
  const options = chosenOptions(wadnet, given, { encoder: encode, output }, seed);
  const card: NetworkCard = {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'wadnet', options },
    output,
    encoder: encode.specification,
    domain: { ...openDomain(dim), minMotion: null },
    recipe: { seed },
    metrics: { validationScore: seed / 10 },
    versions: {},
  };
  return trackModel(wadnet.build(options), card);
}
