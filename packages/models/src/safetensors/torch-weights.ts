import { add, type Tensor, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { type NamedTensor, SafetensorsError } from './safetensors.ts';

type Layer = layers.Layer;

/** Where a weight of ours lies in a PyTorch state dict, and how its axes go there and back. */
interface Place {
  readonly name: string;
  /** PyTorch's second bias of an LSTM, which ours is the sum with. */
  readonly second?: string;
  readonly there: number[] | undefined;
  readonly back: number[] | undefined;
}

/**
 * The weights of a model as the state dict of the PyTorch module whose submodules have the names of the layers:
 * `stage1.block1.conv1/kernel` [k, in, out] becomes `stage1.block1.conv1.weight` [out, in, k], and so on for dense
 * layers, batch and layer normalisation (`weight`, `bias`, `running_mean`, `running_var`) and LSTMs (`weight_ih_l0`, …;
 * the order of the gates is the same; `bias_hh_l0` is 0). A dense layer behind a flattened track sees points before
 * channels; PyTorch flattens channels before points.
 *
 * @example
 * writeSafetensors(torchWeights(xresnet()));
 */
export function torchWeights(model: LayersModel): Record<string, NamedTensor> {
  const tensors: Record<string, NamedTensor> = {};
  for (const layer of model.layers) {
    const values = layer.getWeights();
    for (const [i, place] of placesOf(layer).entries()) {
      tidy(() => {
        const moved = place.there ? transpose(values[i], place.there) : values[i];
        tensors[place.name] = { shape: moved.shape, values: moved.dataSync() as Float32Array };
      });
      if (place.second) {
        const { shape, values } = tensors[place.name];
        tensors[place.second] = { shape, values: new Float32Array(values.length) };
      }
    }
  }
  return tensors;
}

/**
 * Sets the weights of a model from such a state dict.
 *
 * Throws {@link SafetensorsError} when a tensor is missing, is left over (`num_batches_tracked` is passed over) or has
 * another shape; the model is then as it was.
 *
 * @example
 * const model = xresnet();
 * loadTorchWeights(model, readSafetensors(bytes));
 */
export function loadTorchWeights(
  model: LayersModel,
  tensors: Readonly<Record<string, NamedTensor>>,
): void {
  const left = new Set(Object.keys(tensors).filter((name) => !/\.num_batches_tracked$/.test(name)));
  const take = (name: string): Tensor => {
    const found = tensors[name];
    if (!found)
      throw new SafetensorsError(`weights: there is no tensor "${name}" for ${model.name}`);
    left.delete(name);
    return tensor(found.values, [...found.shape]);
  };
  tidy(() => {
    const loaded = model.layers.map((layer) => {
      const own = layer.getWeights();
      return placesOf(layer).map((place, i) => {
        let value = take(place.name);
        if (place.second) value = add(value, take(place.second));
        const rank = place.back?.length ?? value.rank;
        const moved = place.back && value.rank === rank ? transpose(value, place.back) : value;
        if (moved.shape.join() !== own[i].shape.join()) {
          const there = place.there?.map((axis) => own[i].shape[axis]) ?? own[i].shape;
          throw new SafetensorsError(
            `weights: tensor "${place.name}" has shape [${value.shape}]: ${model.name} expects [${there}]`,
          );
        }
        return moved;
      });
    });
    if (left.size > 0) {
      throw new SafetensorsError(
        `weights: ${model.name} has no place for tensor "${[...left][0]}"`,
      );
    }
    model.layers.forEach((layer, i) => {
      if (loaded[i].length > 0) layer.setWeights(loaded[i]);
    });
  });
}

/** A place for each weight of a layer, in the order of `getWeights`. */
function placesOf(layer: Layer): Place[] {
  const ownNames = layer.weights.map((w) => w.originalName.split('/').pop() as string);
  const recurrent = ownNames.includes('recurrent_kernel');
  return layer.weights.map((weight, i) => {
    const own = ownNames[i];
    const name = (recurrent ? recurrentNames : names)[own];
    if (!name) throw new SafetensorsError(`weights: ${layer.name}/${own} has no place in PyTorch`);
    const rank = weight.shape.length;
    const axes = Array.from({ length: rank }, (_, axis) => axis);
    const turned = own.endsWith('kernel');
    return {
      name: `${layer.name}.${name}`,
      ...(recurrent && own === 'bias' && { second: `${layer.name}.bias_hh_l0` }),
      there: turned ? [rank - 1, rank - 2, ...axes.slice(0, -2)] : undefined,
      back: turned ? [...axes.slice(2), 1, 0] : undefined,
    };
  });
}

const names: Record<string, string> = {
  kernel: 'weight',
  bias: 'bias',
  gamma: 'weight',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
  scale: 'scale',
};

const recurrentNames: Record<string, string> = {
  kernel: 'weight_ih_l0',
  recurrent_kernel: 'weight_hh_l0',
  bias: 'bias_ih_l0',
};
