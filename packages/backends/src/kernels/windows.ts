import type * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';

export type ConvInfo = tf.backend_util.Conv2DInfo;
export type Pair = [number, number];

export const align = (bytes: number) => (bytes + 15) & ~15;

/**
 * How windows lie in a sample of [height, width, channels] with a border of zeros: the byte offsets of the windows and of
 * their segments, runs of floats that are contiguous there.
 */
export interface Windows {
  /** Zeros around the sample: above, on the left; whole size with them. */
  top: number;
  left: number;
  paddedHeight: number;
  paddedWidth: number;
  channels: number;
  /** Number of windows down and along, and cells between them. */
  count: Pair;
  stride: Pair;
  /** The first window's cell. */
  first: Pair;
  taps: Pair;
  dilation: Pair;
}

/** Runs of neighbouring floats in a window: whole rows of taps where they touch, else tap by tap. */
function segmentsOf({ taps, dilation, channels, paddedWidth }: Windows) {
  const touching = dilation[1] === 1 || taps[1] === 1;
  const offsets: number[] = [];
  for (let ky = 0; ky < taps[0]; ky++) {
    for (let kx = 0; kx < (touching ? 1 : taps[1]); kx++) {
      offsets.push((ky * dilation[0] * paddedWidth + kx * dilation[1]) * channels * 4);
    }
  }
  return { offsets, length: channels * (touching ? taps[1] : 1) };
}

/** Everything one call hands to the kernels besides the tensors. */
export interface Plan {
  segments: number[];
  length: number;
  windows: Windows;
  hasBorder: boolean;
  borderBytes: number;
  pitch: number;
  origin: number;
}

/** Whether a tile of a transposed product may read up to three floats behind rows of so many (assembly/convolution.ts). */
export const mayOverread = (length: number) => length < 4 || length === 5;

/** @param transposed whether the windows are for a transposed product */
export function planOf(windows: Windows, height: number, width: number, transposed: boolean): Plan {
  const { offsets, length } = segmentsOf(windows);
  const { top, left, paddedHeight, paddedWidth, channels } = windows;
  const same = top === 0 && left === 0 && paddedHeight === height && paddedWidth === width;
  const pitch = paddedWidth * channels * 4;
  return {
    segments: offsets,
    length,
    windows,
    hasBorder: !same || (transposed && mayOverread(length)),
    borderBytes: align(paddedHeight * pitch + 16),
    pitch,
    origin: top * pitch + left * channels * 4,
  };
}

/** The windows of the convolution itself. */
export function forwardWindows(info: ConvInfo): Windows {
  const reach = (out: number, stride: number, taps: number, dilation: number) =>
    stride * (out - 1) + 1 + dilation * (taps - 1);
  const { padInfo, strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  return {
    top: padInfo.top,
    left: padInfo.left,
    paddedHeight: Math.max(
      padInfo.top + info.inHeight,
      reach(info.outHeight, strideHeight, info.filterHeight, dilationHeight),
    ),
    paddedWidth: Math.max(
      padInfo.left + info.inWidth,
      reach(info.outWidth, strideWidth, info.filterWidth, dilationWidth),
    ),
    channels: info.inChannels,
    count: [info.outHeight, info.outWidth],
    stride: [strideHeight, strideWidth],
    first: [0, 0],
    taps: [info.filterHeight, info.filterWidth],
    dilation: [dilationHeight, dilationWidth],
  };
}

/** Writes the offsets of the windows, and of the places of their results, to `at` and after it. */
export function writeRows(
  host: Host,
  at: number,
  plan: Plan,
  out: { first: number; step: Pair },
): void {
  const { count, stride, first, paddedWidth, channels } = plan.windows;
  const total = count[0] * count[1];
  const table = host.integers(at, 2 * total);
  for (let y = 0, m = 0; y < count[0]; y++) {
    const row = (first[0] + y * stride[0]) * paddedWidth + first[1];
    for (let x = 0; x < count[1]; x++, m++) {
      table[m] = (row + x * stride[1]) * channels * 4;
      table[total + m] = out.first + y * out.step[0] + x * out.step[1];
    }
  }
}
