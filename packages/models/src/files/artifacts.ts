import type { Feature } from '@diffusion/features';
import { checkOptions } from '@diffusion/tracks/messages';
import { parseJson } from '@diffusion/tracks/parsing';
import { io, serialization } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { openBank } from '../bank/bank-model.ts';
import { networkBank } from '../bank/network-bank.ts';
import { type BankCard, type NetworkCard, parseCard } from '../card.ts';
import { classicalModel } from '../classical/classical-model.ts';
import { type ClassifierJSON, classifierFromJSON } from '../classical/classifier.ts';
import { disposeNetwork } from '../dispose-network.ts';
import type { EncoderDefinition } from '../encode/define-encoder.ts';
import { type Encoder, encoders, encoder as makeEncoder } from '../encode/encoder.ts';
import type { EncoderSpecification } from '../encode/specification.ts';
import { withOwnFeatures } from '../encode/standard-features.ts';
import { ModelError } from '../errors.ts';
import { parseImageCard } from '../images/image-card.ts';
import { type ImageModel, imageModel } from '../images/image-model.ts';
import type { LayerClass, NetworkDescription } from '../networks/define-network.ts';
import { registerLayers } from '../networks/layers/register.ts';
import { featuresOfCard } from '../own-features.ts';
import type { BankModel, ClassicalModel, NetworkModel, SingleModel } from '../predict/model.ts';
import { trackModel } from '../track-model.ts';
import { bankSpecs, bankWeights, inOrderOf, splitBank } from './bank-weights.ts';
import { checkTopology } from './check-topology.ts';
import { bytesOfWeight, checkFinite, checkSum, sha256, weightSpecs } from './check-weights.ts';
import { type HubFileName, hubParts, type NetworkParts } from './hub-parts.ts';
import { MissingFile } from './missing-file.ts';

/** The names of the files a model may consist of; the card is the last to be written. */
export const modelFileNames = [
  'model.json',
  'weights.bin',
  'classifier.json',
  'card.json',
] as const;
export type ModelFileName = (typeof modelFileNames)[number];

/**
 * A model as files: `card.json` and, for a network, tfjs' standard layout (`model.json`, `weights.bin`), for a classical
 * classifier `classifier.json`.
 */
export type ModelFiles = Readonly<Partial<Record<ModelFileName, Uint8Array>>>;

/** A model as files in either layout, the other one being that of Hugging Face: `config.json` and `model.safetensors`. */
export type LoadedFiles = Readonly<Partial<Record<ModelFileName | HubFileName, Uint8Array>>>;

/** What is saved of a {@link SingleModel}: its card, and its network, its bank or its classifier. */
export type SavedModel =
  | Pick<NetworkModel, 'card' | 'network'>
  | Pick<BankModel, 'card' | 'bank'>
  | Pick<ClassicalModel, 'card' | 'classifier'>;

/** What is saved of an {@link ImageModel}. */
export type SavedImageModel = Pick<ImageModel, 'card' | 'network'>;

/** What files cannot tell: code of one's own that a model was made with. */
export interface LoadOptions {
  /** Encoders of one's own, one of which the model may have been trained with. */
  readonly encoders?: readonly EncoderDefinition[];
  /** Networks of one's own: their layers become known. */
  readonly networks?: readonly NetworkDescription[];
  /** Layers of one's own that a network is made of. */
  readonly layers?: readonly LayerClass[];
  /** The encoder itself, of a model that was made with one that has no name. */
  readonly encoder?: Encoder;
  /** Features of one's own that the model sees. */
  readonly features?: readonly Feature[];
}

/**
 * A model as the bytes of its files.
 *
 * @example
 * const files = await modelFiles(model);
 * Object.keys(files); // ['model.json', 'weights.bin', 'card.json']
 */
export async function modelFiles(model: SavedModel | SavedImageModel): Promise<ModelFiles> {
  if ('classifier' in model) {
    const { classifier, card } = model;
    return { 'classifier.json': asJson(classifier.toJSON()), 'card.json': asJson(card) };
  }
  const { generatedBy, modelTopology, specs, weights } = await savedParts(model);
  const checksum = await sha256(weights);
  const topology = {
    format: 'layers-model',
    generatedBy,
    convertedBy: null,
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
  };
  return {
    'model.json': asJson(topology),
    'weights.bin': weights,
    'card.json': asJson({ ...model.card, weights: checksum && { sha256: checksum } }),
  };
}

/** A value as a file of JSON. */
export const asJson = (value: unknown) =>
  new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);

/** The parts of a network or of a bank, and what made them. */
export async function savedParts(
  model: Exclude<SavedModel, Pick<ClassicalModel, 'card' | 'classifier'>> | SavedImageModel,
): Promise<NetworkParts & { readonly generatedBy?: string }> {
  const bank = 'bank' in model ? model.bank : undefined;
  const network = bank ? bank.network : (model as Pick<NetworkModel, 'network'>).network;
  if (!network) throw new ModelError('the model has neither a network nor a classifier to save');
  const artifacts = await new Promise<io.ModelArtifacts>((resolve, reject) => {
    network
      .save(
        io.withSaveHandler(async (saved) => {
          resolve(saved);
          return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
        }),
      )
      .catch(reject);
  });
  const specs = artifacts.weightSpecs ?? [];
  return {
    generatedBy: artifacts.generatedBy,
    modelTopology: artifacts.modelTopology as object,
    specs: bank ? bankSpecs(bank, specs) : specs,
    weights: bank
      ? bankWeights(bank)
      : new Uint8Array(io.CompositeArrayBuffer.join(artifacts.weightData)),
  };
}

/**
 * A model from the bytes of its files, those of {@link modelFiles} or of `hubFiles`.
 *
 * Throws {@link ModelError} that names the file that is missing, corrupt, foreign or does not fit the others, and for an
 * option that there is not.
 *
 * @param source where the files come from, for messages.
 */
export function modelFromFiles(
  files: LoadedFiles,
  source: string,
  options: LoadOptions = {},
): Promise<SingleModel> {
  const read = async (name: ModelFileName | HubFileName) => {
    const bytes = files[name];
    if (!bytes) throw new MissingFile(`${source}: ${name} is missing`);
    return bytes;
  };
  return openModel(read, source, options);
}

/**
 * A model from wherever its files are read from, the card first: `card.json`, or `config.json` where there is none.
 *
 * @param read the bytes of a file; throws {@link MissingFile} where there is none.
 */
export async function openModel(
  read: (name: ModelFileName | HubFileName) => Promise<Uint8Array>,
  source: string,
  options: LoadOptions = {},
): Promise<SingleModel> {
  checkOptions<LoadOptions>('loading a model', options, KNOWN, ModelError);
  const json = async (name: ModelFileName) => parsedJson(await read(name), `${source}/${name}`);
  let cardBytes: Uint8Array;
  try {
    cardBytes = await read('card.json');
  } catch (missing) {
    // A card that is there and cannot be read is of the model that was meant.
    if (!(missing instanceof MissingFile)) throw missing;
    const config = await read('config.json').catch((error) => {
      throw error instanceof MissingFile ? missing : error;
    });
    return openHubModel(config, read, source, options);
  }
  const card = parseCard(parsedJson(cardBytes, `${source}/card.json`), `${source}/card.json`);
  if ('classifier' in card) {
    const classifier = (await json('classifier.json')) as ClassifierJSON;
    const seen = featuresOfCard(card.classifier.features, options.features ?? [], source);
    try {
      return classicalModel(classifierFromJSON(classifier, seen), card);
    } catch (cause) {
      throw new ModelError(`${source}/classifier.json: ${(cause as Error).message}`, { cause });
    }
  }
  const topology = await json('model.json');
  const parts = await checkedParts(topology, await read('weights.bin'), card, source);
  return openParts(parts, card, source, 'model.json', options);
}

/** A model of images from wherever its files are read from, the card first. */
export async function openImageModel(
  read: (name: ModelFileName) => Promise<Uint8Array>,
  source: string,
  options: Pick<LoadOptions, 'networks' | 'layers'> = {},
): Promise<ImageModel> {
  checkOptions('loading a model', options, { networks: true, layers: true }, ModelError);
  const described = `${source}/card.json`;
  const card = parseImageCard(parsedJson(await read('card.json'), described), described);
  const topology = parsedJson(await read('model.json'), `${source}/model.json`);
  const parts = await checkedParts(topology, await read('weights.bin'), card, source);
  const network = await builtNetwork(parts, card, source, 'model.json', options);
  try {
    return imageModel(network, card);
  } catch (cause) {
    network.dispose();
    throw new ModelError(`${source}: ${(cause as Error).message}`, { cause });
  }
}

/** A model in the layout of Hugging Face. */
async function openHubModel(
  bytes: Uint8Array,
  read: (name: HubFileName) => Promise<Uint8Array>,
  source: string,
  options: LoadOptions,
): Promise<SingleModel> {
  const described = `${source}/config.json`;
  const config = parseCard(parsedJson(bytes, described), described);
  if ('classifier' in config) {
    throw new ModelError(`${described}: is of a classical model: expected a network's`);
  }
  const { card, parts } = await hubParts(config, await read('model.safetensors'), source);
  checkTopology(parts.modelTopology, described);
  checkFinite(parts.weights, parts.specs, `${source}/model.safetensors`);
  return openParts(parts, card, source, 'config.json', options);
}

/**
 * A network or a bank from its parts.
 *
 * @param described the file that says how its layers are joined, for messages.
 */
async function openParts(
  parts: NetworkParts,
  card: NetworkCard | BankCard,
  source: string,
  described: 'model.json' | 'config.json',
  options: LoadOptions,
): Promise<SingleModel> {
  if ('bank' in card) return openBankParts(parts, card, source, described);
  const seen = withOwnFeatures(card.encoder, options.features ?? [], source);
  const { encoder = namedEncoder(seen, options.encoders, source) } = options;
  const network = await builtNetwork(parts, card, source, described, options);
  try {
    return trackModel(network, { ...card, encoder: seen }, encoder);
  } catch (cause) {
    network.dispose();
    if (cause instanceof ModelError) throw cause;
    throw new ModelError(`${source}: ${(cause as Error).message}`, { cause });
  }
}

const KNOWN = {
  encoders: true,
  networks: true,
  layers: true,
  encoder: true,
  features: true,
} as const;

/** The encoder of a card, built in or one of one's own. */
function namedEncoder(
  specification: EncoderSpecification,
  own: readonly EncoderDefinition[] = [],
  source: string,
): Encoder {
  // A card may say more than is asked of those who write a specification.
  const { kind, dim, length, features, options } = specification;
  if (kind === 'own') {
    throw new ModelError(`${source}: made with an encoder of its own: expected options.encoder`);
  }
  if (![...encoders, ...own].some(({ name }) => name === kind)) {
    throw new ModelError(
      `${source}: the model was trained with the encoder '${kind}', which is not built in: give it as encoders: [...]`,
    );
  }
  return makeEncoder(
    { kind, dim, length, ...(features && { features }), ...(options && { options }) },
    own,
  );
}

/** A bank from its parts: the network of the first of its members, and the weights of all. */
async function openBankParts(
  { modelTopology, specs, weights: bytes }: NetworkParts,
  card: BankCard,
  source: string,
  described: string,
): Promise<BankModel> {
  const { own, weights } = splitBank(card.bank.networks, specs, bytes, `${source}/${described}`);
  const first = { modelTopology, specs: own, weights: new Uint8Array(weights[0].buffer) };
  const network = await builtNetwork(first, card, source, described, {});
  try {
    const order = network.weights.map(({ originalName }) => originalName);
    // In model.json the order says which bytes are whose: another one is no sorting of somebody else's.
    if (described === 'model.json' && own.some(({ name }, i) => name !== order[i])) {
      throw new ModelError(`${described} lists the weights in another order than the network has`);
    }
    const sorted = inOrderOf(order, own, weights);
    const members = card.bank.networks.map((member, i) => ({ ...member, weights: sorted[i] }));
    return openBank(networkBank(network, members), card);
  } catch (cause) {
    disposeNetwork(network);
    if (cause instanceof ModelError) {
      throw new ModelError(`${source}: ${cause.message}`, { cause });
    }
    throw cause;
  }
}

/** What `model.json` says of a network, and that `weights.bin` holds what it lists. */
async function checkedParts(
  json: unknown,
  bytes: Uint8Array,
  { weights }: Pick<NetworkCard, 'weights'>,
  source: string,
): Promise<NetworkParts> {
  const model = json as { modelTopology?: object; weightsManifest?: unknown } | null;
  if (!model?.modelTopology || !Array.isArray(model.weightsManifest)) {
    throw new ModelError(
      `${source}/model.json: not a tfjs layers model (no modelTopology or no weightsManifest)`,
    );
  }
  checkTopology(model.modelTopology, `${source}/model.json`);
  const specs = weightSpecs(
    model.weightsManifest.flatMap((group: { weights?: unknown } | null) => group?.weights ?? null),
    `${source}/model.json`,
  );
  const expected = specs.reduce((bytes, spec) => bytes + bytesOfWeight(spec), 0);
  if (bytes.byteLength !== expected) {
    throw new ModelError(
      `${source}/weights.bin: ${bytes.byteLength} bytes, model.json lists ${expected}`,
    );
  }
  checkFinite(bytes, specs, `${source}/weights.bin`);
  await checkSum(bytes, weights?.sha256, `${source}/weights.bin`, 'card.json');
  return { modelTopology: model.modelTopology, specs, weights: bytes };
}

async function builtNetwork(
  { modelTopology, specs, weights }: NetworkParts,
  { network: { name } }: Pick<NetworkCard, 'network'>,
  source: string,
  described: string,
  { networks = [], layers = [] }: LoadOptions,
): Promise<LayersModel> {
  const weightData = weights.buffer.slice(
    weights.byteOffset,
    weights.byteOffset + weights.byteLength,
  ) as ArrayBuffer;
  registerLayers();
  const own = [...layers, ...networks.flatMap((network) => network.layers ?? [])];
  for (const layer of own) serialization.registerClass(layer as never);
  try {
    return await loadLayersModel(io.fromMemory({ modelTopology, weightSpecs: specs, weightData }));
  } catch (cause) {
    const [message] = (cause as Error).message.split('\n');
    if (/^No backend found/.test(message)) {
      throw new ModelError(
        `${source}: tfjs has no backend yet: expected \`await useBackend()\` of @diffusion/backends before a network is loaded`,
        { cause },
      );
    }
    const built = cause instanceof TypeError ? 'describes no network that can be built' : message;
    const [, layer] = /^Unknown layer: (.+?)\. This may be due to/.exec(message) ?? [];
    throw new ModelError(
      layer
        ? `${source}: the network '${name}' has the layer '${layer}', which is not built in: give it as layers: [...], or the network as networks: [...]`
        : `${source}/${described}: ${built}`,
      { cause },
    );
  }
}

/** Throws {@link ModelError} where the weights are not those that the card was written with. */
function parsedJson(bytes: Uint8Array, source: string): unknown {
  try {
    return parseJson(new TextDecoder().decode(bytes), source, 'a file of a saved model');
  } catch (cause) {
    throw new ModelError((cause as Error).message, { cause });
  }
}
