import { quote } from '@diffusion/tracks/messages';
import type { io } from '@tensorflow/tfjs-core';
import type { NetworkCard } from '../card.ts';
import { ModelError } from '../errors.ts';
import { readSafetensors } from '../safetensors/safetensors.ts';
import { checkSum, sha256 } from './check-weights.ts';

/** The names of the files of a model in the layout of Hugging Face; the configuration is the last to be written. */
export const hubFileNames = ['README.md', 'model.safetensors', 'config.json'] as const;
export type HubFileName = (typeof hubFileNames)[number];

/**
 * `config.json`: the card of the model, how its layers are joined (tfjs' topology), and what `model.safetensors` must be.
 */
export type HubConfig = NetworkCard & {
  readonly topology: object;
  readonly weights: { readonly file: 'model.safetensors'; readonly sha256: string };
};

/** A network as its parts, from whatever files. */
export interface NetworkParts {
  readonly modelTopology: object;
  readonly specs: io.WeightsManifestEntry[];
  /** Float32 numbers in the order of `specs`. */
  readonly weights: Uint8Array;
}

/**
 * The parts of a network in the layout of Hugging Face, and its card as `card.json` would have it.
 *
 * Throws {@link ModelError} where the weights are not those that the configuration was written with, or are no tensors.
 *
 * @param config whose card has been checked.
 */
export async function hubParts(
  config: NetworkCard,
  bytes: Uint8Array,
  source: string,
): Promise<{ card: NetworkCard; parts: NetworkParts }> {
  const { topology, weights: expected, ...card } = config as HubConfig;
  if (typeof topology !== 'object' || topology === null) {
    throw new ModelError(
      `${source}/config.json: topology is ${quote(topology)}: expected the layers of the network`,
    );
  }
  const file = `${source}/model.safetensors`;
  await checkSum(bytes, expected?.sha256, file, 'config.json');
  const tensors = Object.entries(tensorsIn(bytes, file));
  const specs = tensors.map(
    ([name, { shape }]): io.WeightsManifestEntry => ({
      name,
      shape: [...shape],
      dtype: 'float32',
    }),
  );
  const weights = new Uint8Array(
    tensors.reduce((sum, [, { values }]) => sum + 4 * values.length, 0),
  );
  let from = 0;
  for (const [, { values }] of tensors) {
    weights.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), from);
    from += values.byteLength;
  }
  const checksum = await sha256(weights);
  return {
    card: { ...card, ...(checksum && { weights: { sha256: checksum } }) },
    parts: { modelTopology: topology, specs, weights },
  };
}

function tensorsIn(bytes: Uint8Array, source: string) {
  try {
    return readSafetensors(bytes);
  } catch (cause) {
    throw new ModelError(`${source}: ${(cause as Error).message}`, { cause });
  }
}
