import type { io } from '@tensorflow/tfjs-core';
import { type NetworkCard, parseCard } from '../card.ts';
import { ModelError } from '../errors.ts';
import { HALF_MAX, type NamedTensor, writeSafetensors } from '../safetensors/safetensors.ts';
import { asJson, type SavedModel, savedParts } from './artifacts.ts';
import { bytesOfWeight, sha256 } from './check-weights.ts';
import type { HubConfig, HubFileName } from './hub-parts.ts';
import { type HubReadmeOptions, hubReadme } from './hub-readme.ts';

/** How {@link hubFiles} writes a model. */
export interface HubFilesOptions extends HubReadmeOptions {
  /**
   * Kernels in half precision: half the bytes, a relative error of 2⁻¹¹ of each number. What is small (biases, scales,
   * running means) and what half precision does not reach stay as they are.
   */
  readonly half?: boolean;
}

/**
 * A model as plain files in the layout of Hugging Face: `model.safetensors`, `config.json`, which is the card with the
 * topology of the network and the SHA-256 of the weights, and a `README.md` with a card in YAML that says what the model
 * answers, what it was trained on and what was measured. `loadModel`, `loadModelFromUrl` and the others load these as they
 * load those of {@link modelFiles}.
 *
 * Throws {@link ModelError} for a classical model, which has no tensors.
 *
 * @param model a network, or a bank of them.
 *
 * @example
 * const files = await hubFiles(model, { name: 'my-cells', license: 'cc-by-4.0', half: true });
 * Object.keys(files); // ['README.md', 'model.safetensors', 'config.json']
 */
export async function hubFiles(
  model: SavedModel,
  { half = false, ...readme }: HubFilesOptions,
): Promise<Readonly<Record<HubFileName, Uint8Array>>> {
  if ('classifier' in model) {
    throw new ModelError(
      `the model is a ${model.card.network.name}, which has no tensors: expected a network, or a bank of them`,
    );
  }
  const { modelTopology, specs, weights: bytes } = await savedParts(model);
  const tensors = tensorsOf(bytes, specs);
  const weights = writeSafetensors(tensors, {
    dtype: (_, tensor) => (half && isKernel(tensor) ? 'F16' : 'F32'),
  });
  const checksum = await sha256(weights);
  if (checksum === undefined) {
    throw new ModelError('there is no SHA-256 here: expected Node, or a page that came encrypted');
  }
  const { recipe, calibration } = model.card;
  const card = {
    ...model.card,
    recipe: withoutFolders(recipe),
    ...(calibration && { calibration: withoutFolders(calibration) }),
  } as NetworkCard;
  const config: HubConfig = {
    ...card,
    weights: { file: 'model.safetensors', sha256: checksum },
    topology: modelTopology,
  };
  // What could not be loaded again is not written.
  parseCard(config, 'the model');
  const numbers = Object.values(tensors).reduce((sum, { values }) => sum + values.length, 0);
  return {
    'README.md': new TextEncoder().encode(
      hubReadme(card, { ...readme, numbers, bytes: weights.length }),
    ),
    'model.safetensors': weights,
    'config.json': asJson(config),
  };
}

/** A path from the root of a disk, of whatever system, or the address of a file. */
const FROM_ROOT = /^(?:file:|\/|[A-Za-z]:[\\/]|\\\\)/;

/** The same with the last part alone of every such path: where the folders of a machine lie is nobody else's business. */
function withoutFolders(value: unknown): unknown {
  if (typeof value === 'string') {
    const last = value.split(/[\\/]/).findLast((part) => part !== '');
    return FROM_ROOT.test(value) ? last : value;
  }
  if (Array.isArray(value)) return value.map(withoutFolders);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withoutFolders(each)]),
  );
}

function tensorsOf(
  bytes: Uint8Array,
  specs: readonly io.WeightsManifestEntry[],
): Record<string, NamedTensor> {
  let from = 0;
  return Object.fromEntries(
    specs.map((spec) => {
      if (spec.dtype !== 'float32') {
        throw new ModelError(`weight '${spec.name}' is ${spec.dtype}: expected float32`);
      }
      const to = from + bytesOfWeight(spec);
      const values = new Float32Array(bytes.slice(from, to).buffer);
      from = to;
      return [spec.name, { shape: spec.shape, values }];
    }),
  );
}

/** What is large, and within the reach of half precision. */
const isKernel = ({ shape, values }: NamedTensor): boolean =>
  shape.length > 1 && values.every((value) => Math.abs(value) <= HALF_MAX);
