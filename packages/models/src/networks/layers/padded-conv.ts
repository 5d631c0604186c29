import { convolve1d } from '@diffusion/backends';
import {
  type backend_util,
  fused,
  getBackend,
  mul,
  pad,
  type serialization,
  type Tensor,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';

type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;
type Shape = (number | null)[];
type Variable = ReturnType<layers.Layer['addWeight']>;

/** How a kernel starts: He et al. 2015 before a rectifier, Glorot & Bengio 2010 elsewhere. */
export type KernelInitializer = 'heUniform' | 'glorotUniform';

/** What both convolutions are made of. */
export interface PaddedConvArgs extends LayerArgs {
  /** Number of output channels. */
  readonly filters: number;
  /** Width of the kernel, the same along every axis. */
  readonly kernelSize: number;
  /** Default 1. */
  readonly strides?: number;
  readonly kernelInitializer?: KernelInitializer;
  /** Seed of the initial kernel. */
  readonly seed?: number;
  /** What the result goes through, in the same kernel; default `linear`. */
  readonly activation?: 'linear' | 'relu';
  /** Where given, the whole convolution is multiplied by a learned number that starts here. */
  readonly scale?: number;
}

/**
 * A convolution with bias that is padded with ⌊kernelSize/2⌋ zeros on **both** sides, as PyTorch's
 * `Conv(padding=k // 2)`: with strides, tfjs' `same` pads even lengths on the right first and sees other points.
 * The output has ⌊(n + 2⌊k/2⌋ − k)/strides⌋ + 1 points along an axis of n. The bias is added by the convolution's
 * own kernel. Weights have the shapes and names of the stock layers.
 */
abstract class PaddedConv extends layers.Layer {
  protected readonly kernelSize: number;
  protected readonly strides: number;
  protected readonly activation: 'linear' | 'relu';
  readonly #filters: number;
  readonly #initializer: KernelInitializer;
  readonly #seed: number;
  readonly #scale: number | undefined;
  #weights!: { kernel: Variable; bias: Variable; scale?: Variable };

  constructor(args: PaddedConvArgs) {
    super(args);
    this.#filters = args.filters;
    this.kernelSize = args.kernelSize;
    this.strides = args.strides ?? 1;
    this.activation = args.activation ?? 'linear';
    this.#initializer = args.kernelInitializer ?? 'heUniform';
    this.#seed = args.seed ?? 0;
    this.#scale = args.scale;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = inputShape as Shape;
    const taps = shape.slice(1, -1).map(() => this.kernelSize);
    const kernelShape = [...taps, shape[shape.length - 1], this.#filters];
    const random = initializers[this.#initializer]({ seed: this.#seed });
    this.#weights = {
      kernel: this.addWeight('kernel', kernelShape, 'float32', random),
      bias: this.addWeight('bias', [this.#filters], 'float32', initializers.zeros()),
    };
    if (this.#scale !== undefined) {
      const start = initializers.constant({ value: this.#scale });
      this.#weights.scale = this.addWeight('scale', [1], 'float32', start);
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...axes] = inputShape as Shape;
    const padding = 2 * Math.floor(this.kernelSize / 2);
    const length = (n: number | null) =>
      n === null ? null : Math.floor((n + padding - this.kernelSize) / this.strides) + 1;
    return [batch, ...axes.slice(0, -1).map(length), this.#filters];
  }

  /** Kernel and bias with the learned number in them: it costs a product over the kernel, none over the track. */
  protected scaledWeights(): [kernel: Tensor, bias: Tensor1D] {
    const { kernel, bias, scale } = this.#weights;
    if (!scale) return [kernel.read(), bias.read() as Tensor1D];
    return [mul(kernel.read(), scale.read()), mul(bias.read(), scale.read())];
  }

  override getConfig(): serialization.ConfigDict {
    return {
      ...super.getConfig(),
      filters: this.#filters,
      kernelSize: this.kernelSize,
      strides: this.strides,
      activation: this.activation,
      kernelInitializer: this.#initializer,
      seed: this.#seed,
      ...(this.#scale !== undefined && { scale: this.#scale }),
    };
  }
}

/** {@link PaddedConv} along time: [batch, time, channels] → [batch, time′, filters], kernel [k, channels, filters]. */
export class PaddedConv1D extends PaddedConv {
  static className = 'PaddedConv1D';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor3D;
      const [kernel, bias] = this.scaledWeights();
      return convolveAlongTime(x, kernel as Tensor3D, bias, this.strides, this.activation);
    });
  }
}

/** {@link PaddedConv} over pictures: [batch, height, width, channels], kernel [k, k, channels, filters]. */
export class PaddedConv2D extends PaddedConv {
  static className = 'PaddedConv2D';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const side = Math.floor(this.kernelSize / 2);
      const zeros: [number, number][] = [
        [0, 0],
        [side, side],
        [side, side],
        [0, 0],
      ];
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor4D;
      // tfjs-node pads by name only.
      const byName = getBackend() === 'tensorflow';
      const [kernel, bias] = this.scaledWeights();
      return fused.conv2d({
        x: byName ? (pad(x, zeros) as Tensor4D) : x,
        filter: kernel as Tensor4D,
        strides: this.strides,
        pad: byName ? 'valid' : (zeros as backend_util.ExplicitPadding),
        bias,
        activation: this.activation,
      });
    });
  }
}

/** x [batch, time, channels] ∗ kernel [k, channels, filters] + bias, ⌊k/2⌋ zeros on both sides. */
export function convolveAlongTime(
  x: Tensor3D,
  kernel: Tensor3D,
  bias: Tensor1D,
  stride: number,
  activation: 'linear' | 'relu' = 'linear',
): Tensor3D {
  const padding = Math.floor(kernel.shape[0] / 2);
  return convolve1d(x, kernel, { stride, padding, bias, activation });
}
