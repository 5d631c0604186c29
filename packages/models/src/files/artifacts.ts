import { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { type ModelCard, parseCard } from '../card.ts';
import { ModelError } from '../errors.ts';
import { registerLayers } from '../networks/index.ts';
import { type TrackModel, trackModel } from '../track-model.ts';

/** A model as files: tfjs' standard layout (`model.json`, `weights.bin`) and `card.json` beside it. */
export type ModelFiles = Readonly<Record<'model.json' | 'weights.bin' | 'card.json', Uint8Array>>;

/** The names of the files a model is saved as. */
export const modelFileNames = ['model.json', 'weights.bin', 'card.json'] as const;

/**
 * A model as the bytes of its files.
 *
 * @example
 * const files = await modelFiles(model);
 * Object.keys(files); // ['model.json', 'weights.bin', 'card.json']
 */
export async function modelFiles({
  network,
  card,
}: {
  network: LayersModel;
  card: ModelCard;
}): Promise<ModelFiles> {
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
  const weights = io.CompositeArrayBuffer.join(artifacts.weightData);
  const model = {
    format: 'layers-model',
    generatedBy: artifacts.generatedBy,
    convertedBy: null,
    modelTopology: artifacts.modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: artifacts.weightSpecs }],
  };
  const text = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
  return {
    'model.json': text(model),
    'weights.bin': new Uint8Array(weights),
    'card.json': text(card),
  };
}

/**
 * A model from the bytes of its files.
 *
 * Throws {@link ModelError} that names the file that is corrupt, foreign or does not fit the others.
 *
 * @param source where the files come from, for messages.
 */
export async function modelFromFiles(files: ModelFiles, source: string): Promise<TrackModel> {
  const card = parseCard(
    parseJson(files['card.json'], `${source}/card.json`),
    `${source}/card.json`,
  );
  const model = parseJson(files['model.json'], `${source}/model.json`) as {
    modelTopology?: object;
    weightsManifest?: { weights: io.WeightsManifestEntry[] }[];
  };
  if (!model?.modelTopology || !Array.isArray(model.weightsManifest)) {
    throw new ModelError(
      `${source}/model.json: not a tfjs layers model (no modelTopology or no weightsManifest)`,
    );
  }
  const weightSpecs = model.weightsManifest.flatMap(({ weights }) => weights);
  const expected = weightSpecs.reduce((bytes, spec) => bytes + bytesOf(spec), 0);
  const bytes = files['weights.bin'];
  if (bytes.byteLength !== expected) {
    throw new ModelError(
      `${source}/weights.bin: ${bytes.byteLength} bytes, model.json lists ${expected}`,
    );
  }
  const weightData = bytes.buffer.slice(
    bytes.byteOffset,
    bytes.byteOffset + bytes.byteLength,
  ) as ArrayBuffer;
  registerLayers();
  let network: LayersModel;
  try {
    network = await loadLayersModel(
      io.fromMemory({ modelTopology: model.modelTopology, weightSpecs, weightData }),
    );
  } catch (cause) {
    throw new ModelError(`${source}/model.json: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
    });
  }
  return trackModel(network, card);
}

function parseJson(bytes: Uint8Array, source: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ModelError(`${source}: not JSON (${(cause as Error).message})`, { cause });
  }
}

function bytesOf({ shape, dtype }: io.WeightsManifestEntry): number {
  const width = dtype === 'bool' ? 1 : 4;
  return shape.reduce((product, n) => product * n, width);
}
