import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { EvaluationError } from '../../errors.ts';
import { layerActivations } from './layer-activations.ts';

type Layer = layers.Layer;

/** Options of {@link deconvolve}. */
export interface DeconvolveOptions {
  /** The convolution that is looked into. */
  readonly layer: string;
  /** One of its maps; the one with the largest activation unless told. */
  readonly map?: number;
  /** Whether only the largest activation of the map is followed, and not all of it: true unless told. */
  readonly largest?: boolean;
}

/** What of a picture a map of a network answered to. */
export interface Deconvolved {
  readonly map: number;
  /** The largest activation of the map. */
  readonly activation: number;
  /** height × width × channels, as the picture. */
  readonly values: Float32Array;
}

/**
 * Deconvolutional reconstruction (Zeiler & Fergus 2014): a map of a convolution is sent back to the picture, through each layer in
 * turn: pooling puts a number where its maximum was (switches), a rectifier keeps what is positive, a convolution is
 * transposed. Where strides stand in the place of pooling (all-convolutional networks, Springenberg et al. 2015) there are
 * no switches, and the transposed convolution has the stride. The result shows to what of this picture the map
 * answered; what it shows is not weighed by what the network makes of the map.
 *
 * Throws {@link EvaluationError} for a layer or map that is not there, and where a layer on the way is none of convolution, max pooling and dropout.
 *
 * @param picture [1, height, width, channels]
 *
 * @example
 * const { values } = deconvolve(lipnet, picture, { layer: 'block2.conv2' });
 */
export function deconvolve(
  network: LayersModel,
  picture: tf.Tensor,
  { layer, map, largest = true }: DeconvolveOptions,
): Deconvolved {
  const way = wayTo(network, layer);
  const sizes = layerActivations(
    network,
    [picture],
    way.map(({ name }) => name),
  );
  const top = sizes[sizes.length - 1];
  const [height, width, maps] = top.shape;
  if (map !== undefined && !(Number.isInteger(map) && map >= 0 && map < maps)) {
    throw new EvaluationError(`map is ${map}: expected 0 to ${maps - 1}`);
  }
  const place = placeOfLargest(top.values, maps, map);
  const chosen = map ?? place % maps;
  const signal = new Float32Array(top.values.length);
  if (largest) signal[place] = top.values[place];
  else for (let p = chosen; p < signal.length; p += maps) signal[p] = top.values[p];
  let back: tf.Tensor4D = tf.tensor4d(signal, [1, height, width, maps]);
  for (let k = way.length - 1; k > 0; k--) {
    const below = sizes[k - 1];
    const next = through(way[k], back, below.values, below.shape as [number, number, number]);
    back.dispose();
    back = next;
  }
  const values = Float32Array.from(back.dataSync());
  back.dispose();
  return { map: chosen, activation: top.values[place], values };
}

/** Layers from the input to one of them, each with one input. */
function wayTo(network: LayersModel, name: string): Layer[] {
  let layer = network.layers.find((each) => each.name === name);
  if (!layer) {
    const known = network.layers
      .filter((each) => isConvolution(each))
      .map((each) => each.name)
      .join(', ');
    throw new EvaluationError(`layer '${name}' is not there: expected one of ${known}`);
  }
  if (!isConvolution(layer)) {
    throw new EvaluationError(
      `layer '${name}' is a ${layer.getClassName()}: expected a convolution`,
    );
  }
  const way: Layer[] = [];
  while (layer) {
    way.unshift(layer);
    if (layer.getClassName() === 'InputLayer') return way;
    const input = layer.input as SymbolicTensor | SymbolicTensor[];
    if (Array.isArray(input)) break;
    layer = input.sourceLayer;
  }
  throw new EvaluationError(
    `layer '${way[0].name}' has several inputs: expected a chain of layers`,
  );
}

const isConvolution = (layer: Layer): boolean =>
  layer.getClassName() === 'Conv2D' || layer.getClassName() === 'PaddedConv2D';

/** Where the largest number is, of one map or of all. */
function placeOfLargest(values: Float32Array, maps: number, map: number | undefined): number {
  let best = map ?? 0;
  for (let p = best; p < values.length; p += map === undefined ? 1 : maps) {
    if (values[p] > values[best]) best = p;
  }
  return best;
}

/** One layer backwards. `below` is what came into it on the way up. */
function through(
  layer: Layer,
  signal: tf.Tensor4D,
  below: Float32Array,
  shape: readonly [number, number, number],
): tf.Tensor4D {
  switch (layer.getClassName()) {
    case 'Conv2D':
    case 'PaddedConv2D':
      return transposed(layer, signal, shape);
    case 'MaxPooling2D':
      return unpooled(layer, signal, below, shape);
    case 'Dropout':
    case 'KeyedDropout':
      return tf.clone(signal);
    default:
      throw new EvaluationError(
        `layer '${layer.name}' is a ${layer.getClassName()}: expected convolutions, max pooling and dropout alone`,
      );
  }
}

function transposed(
  layer: Layer,
  signal: tf.Tensor4D,
  [height, width, channels]: readonly [number, number, number],
): tf.Tensor4D {
  const config = layer.getConfig() as { strides: number | [number, number]; padding?: string };
  const strides: [number, number] = Array.isArray(config.strides)
    ? config.strides
    : [config.strides, config.strides];
  return tf.tidy(() => {
    // What is negative here has been cut by the rectifier of the layer on the way up.
    const positive = tf.relu(signal);
    const kernel = layer.getWeights()[0] as tf.Tensor4D;
    const side = Math.floor(kernel.shape[0] / 2);
    const padding =
      config.padding === undefined
        ? ([
            [0, 0],
            [side, side],
            [side, side],
            [0, 0],
          ] as tf.backend_util.ExplicitPadding)
        : (config.padding as 'same' | 'valid');
    return tf.conv2dTranspose(positive, kernel, [1, height, width, channels], strides, padding);
  });
}

function unpooled(
  layer: Layer,
  signal: tf.Tensor4D,
  below: Float32Array,
  [height, width, maps]: readonly [number, number, number],
): tf.Tensor4D {
  const config = layer.getConfig() as {
    poolSize: [number, number];
    strides: [number, number];
    padding?: string;
  };
  const [pool, strides] = [config.poolSize, config.strides];
  const [, rows, columns] = signal.shape;
  /** Rows or columns of padding before the first pixel. */
  const before = (axis: 0 | 1, size: number, windows: number) =>
    config.padding === 'same'
      ? Math.floor(Math.max(0, (windows - 1) * strides[axis] + pool[axis] - size) / 2)
      : 0;
  const [above, left] = [before(0, height, rows), before(1, width, columns)];
  const values = signal.dataSync();
  const out = new Float32Array(height * width * maps);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      for (let m = 0; m < maps; m++) {
        let best = -1;
        for (let i = 0; i < pool[0]; i++) {
          const y = r * strides[0] + i - above;
          if (y < 0 || y >= height) continue;
          for (let j = 0; j < pool[1]; j++) {
            const x = c * strides[1] + j - left;
            if (x < 0 || x >= width) continue;
            const place = (y * width + x) * maps + m;
            if (best < 0 || below[place] > below[best]) best = place;
          }
        }
        out[best] += values[(r * columns + c) * maps + m];
      }
    }
  }
  return tf.tensor4d(out, [1, height, width, maps]);
}
