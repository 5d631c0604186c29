import {
  fusedBatchNormalization,
  rectifiedSum as rectifiedSumLayer,
} from '@diffusion/backends/layers';
import { initializers, input, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { layerSeed } from './layer-seed.ts';
import { KeyedDropout } from './layers/keyed-dropout.ts';
import { PaddedConv1D, PaddedConv2D, type PaddedConvArgs } from './layers/padded-conv.ts';

/** Activations that the networks offer. */
export const activations = ['relu', 'leakyRelu', 'elu', 'sigmoid', 'tanh'] as const;
export type Activation = (typeof activations)[number];

/** What the last layer of a classifier may end in. */
export const outputActivations = ['softmax', 'sigmoid', 'linear'] as const;
export type OutputActivation = (typeof outputActivations)[number];

type Node = SymbolicTensor;

/**
 * The pieces that the networks are drawn with: named layers applied to symbolic tensors. Each layer's initial weights
 * have a seed of their own, made from the network's seed and the layer's name. Kernels before a rectifier start after
 * He et al. 2015 (uniform, fan in), the others and dense layers to the outputs after Glorot & Bengio 2010 (uniform);
 * biases start at 0, batch normalisation at 1 and 0 with ε = 10⁻⁵ and momentum 0.9 (PyTorch's 0.1). Names are the
 * paths that the same modules have in PyTorch, so that weights can be carried over by name.
 */
export function parts(seed: number) {
  const seedOf = (name: string) => layerSeed(seed, name);
  return {
    /** Convolution along time ([batch, time, channels]) or over pictures ([batch, height, width, channels]). */
    conv(
      name: string,
      x: Node,
      filters: number,
      kernelSize: number,
      options: Pick<PaddedConvArgs, 'strides' | 'activation' | 'kernelInitializer' | 'scale'> = {},
    ): Node {
      const Conv = x.shape.length === 3 ? PaddedConv1D : PaddedConv2D;
      const layer = new Conv({ name, filters, kernelSize, seed: seedOf(name), ...options });
      return layer.apply(x) as Node;
    },

    /** Batch normalisation over the channels, rectified if wanted. */
    norm(name: string, x: Node, activation: 'linear' | 'relu' = 'linear'): Node {
      const options = { name, epsilon: 1e-5, momentum: 0.9, activation };
      return fusedBatchNormalization(options).apply(x) as Node;
    },

    activate(name: string, x: Node, activation: Activation): Node {
      const layer =
        activation === 'leakyRelu'
          ? layers.leakyReLU({ name, alpha: 0.01 })
          : layers.activation({ name, activation });
      return layer.apply(x) as Node;
    },

    dropout(name: string, x: Node, rate: number): Node {
      if (rate === 0) return x;
      return new KeyedDropout({ name, rate, seed: seedOf(name) }).apply(x) as Node;
    },

    /** Dense layer; a rectified one starts after He, the others after Glorot. */
    dense(
      name: string,
      x: Node,
      units: number,
      activation: OutputActivation | 'relu' | 'tanh',
    ): Node {
      const initializer =
        activation === 'relu' ? initializers.heUniform : initializers.glorotUniform;
      const layer = layers.dense({
        name,
        units,
        activation,
        kernelInitializer: initializer({ seed: seedOf(name) }),
      });
      return layer.apply(x) as Node;
    },
  };
}

/** A named input; null along an axis means any length. */
export function inputOf(name: string, shape: readonly (number | null)[]): Node {
  return input({ name, shape: [...shape] });
}

/** Elementwise sum. */
export function sum(name: string, terms: Node[]): Node {
  return layers.add({ name }).apply(terms) as Node;
}

/** Elementwise sum of two, rectified: what ends a residual block. */
export function rectifiedSum(name: string, terms: [Node, Node]): Node {
  return rectifiedSumLayer({ name }).apply(terms) as Node;
}

/** Features beside features. */
export function beside(name: string, columns: Node[]): Node {
  return columns.length === 1 ? columns[0] : (layers.concatenate({ name }).apply(columns) as Node);
}
