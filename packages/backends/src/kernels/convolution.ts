import * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { panelColumns, panelFloats } from './panels.ts';
import {
  align,
  type ConvInfo,
  forwardWindows,
  type Pair,
  planOf,
  type Windows,
  writeRows,
} from './windows.ts';

/** Bytes of samples that the filter's gradient works on together. */
const GROUP_BYTES = 65536;

/**
 * y = x ∗ filter (+ bias) (cut at zero). [batch, height, width, channels], any stride, dilation and padding.
 */
export function convolutionForward(
  host: Host,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: ConvInfo,
  { bias, relu = false }: { bias?: tf.TensorInfo; relu?: boolean } = {},
): tf.TensorInfo {
  const { outHeight, outWidth, outChannels, batchSize, inHeight, inWidth, inChannels } = info;
  const y = host.output(info.outShape);
  if (tf.util.sizeFromShape(info.outShape) === 0) return y;
  const plan = planOf(forwardWindows(info), inHeight, inWidth, false);
  const taps = info.filterHeight * info.filterWidth * inChannels;
  const count = outHeight * outWidth;
  const tables = align((2 * count + plan.segments.length) * 4);
  const panels = align(panelFloats(taps, outChannels) * 4);
  host.scratch(tables + panels + (plan.hasBorder ? plan.borderBytes : 0), (at) => {
    writeRows(host, at, plan, { first: 0, step: [outWidth * outChannels * 4, outChannels * 4] });
    const segments = at + 8 * count;
    host.integers(segments, plan.segments.length).set(plan.segments);
    host.run.packPanels(
      host.address(filter),
      outChannels,
      1,
      taps,
      outChannels,
      bias ? host.address(bias) : 0,
      at + tables,
      taps,
      0,
    );
    host.run.convolve(
      host.address(x),
      inHeight,
      inWidth * inChannels * 4,
      batchSize,
      plan.hasBorder ? at + tables + panels : 0,
      plan.borderBytes,
      plan.pitch,
      plan.origin,
      at,
      count,
      segments,
      plan.segments.length,
      plan.length,
      at + tables,
      outChannels,
      host.address(y),
      at + 4 * count,
      count * outChannels * 4,
      relu ? 1 : 0,
    );
  });
  return y;
}

/** How one coordinate's inputs of one phase (i + padding ≡ phase modulo stride) gather the output gradients. */
function phaseOf(phase: number, { size, stride, dilation, taps, before }: Record<string, number>) {
  const reaching = Math.max(0, Math.ceil((taps - phase) / stride));
  const firstRow = Math.ceil((before - phase) / stride);
  const lastRow = Math.floor((size - 1 + before - phase) / stride);
  return {
    /** Taps phase, phase + stride, … reach these inputs, the last one first. */
    reaching,
    count: Math.max(0, lastRow - firstRow + 1),
    /** The first of these inputs, and the first output gradient that it needs. */
    input: firstRow * stride + phase - before,
    from: firstRow - dilation * Math.max(0, reaching - 1),
    to: lastRow,
  };
}

/** Gradient of the convolution by its input: per phase of the stride, dy with the taps that reach it, flipped. */
export function convolutionInputGradient(
  host: Host,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: ConvInfo,
): tf.TensorInfo {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, batchSize } = info;
  const dx = host.output(info.inShape);
  if (tf.util.sizeFromShape(info.inShape) === 0) return dx;
  const rows = {
    size: inHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    taps: info.filterHeight,
    before: info.padInfo.top,
  };
  const columns = {
    size: inWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    taps: info.filterWidth,
    before: info.padInfo.left,
  };
  for (let py = 0; py < rows.stride; py++) {
    for (let px = 0; px < columns.stride; px++) {
      const [v, h] = [phaseOf(py, rows), phaseOf(px, columns)];
      const count = v.count * h.count;
      if (count === 0) continue;
      const [top, left] = [Math.max(0, -v.from), Math.max(0, -h.from)];
      const windows: Windows = {
        top,
        left,
        paddedHeight: top + Math.max(outHeight, v.to + 1),
        paddedWidth: left + Math.max(outWidth, h.to + 1),
        channels: outChannels,
        count: [v.count, h.count],
        stride: [1, 1],
        first: [v.from + top, h.from + left],
        taps: [v.reaching, h.reaching],
        dilation: [info.dilationHeight, info.dilationWidth],
      };
      const plan = planOf(windows, outHeight, outWidth, false);
      if (h.reaching === 0) plan.segments.length = 0;
      const taps = v.reaching * h.reaching * outChannels;
      const tables = align((2 * count + plan.segments.length) * 4);
      const panels = align(panelFloats(taps, inChannels) * 4);
      host.scratch(tables + panels + (plan.hasBorder ? plan.borderBytes : 0), (at) => {
        writeRows(host, at, plan, {
          first: (v.input * inWidth + h.input) * inChannels * 4,
          step: [rows.stride * inWidth * inChannels * 4, columns.stride * inChannels * 4],
        });
        const segments = at + 8 * count;
        host.integers(segments, plan.segments.length).set(plan.segments);
        packFlipped(host, filter, info, at + tables, [py, px], windows.taps);
        host.run.convolve(
          host.address(dy),
          outHeight,
          outWidth * outChannels * 4,
          batchSize,
          plan.hasBorder ? at + tables + panels : 0,
          plan.borderBytes,
          plan.pitch,
          plan.origin,
          at,
          count,
          segments,
          plan.segments.length,
          plan.length,
          at + tables,
          inChannels,
          host.address(dx),
          at + 4 * count,
          inHeight * inWidth * inChannels * 4,
          0,
        );
      });
    }
  }
  return dx;
}

/** Packs the taps of one phase, the last one first, each transposed. */
function packFlipped(
  host: Host,
  filter: tf.TensorInfo,
  info: ConvInfo,
  panels: number,
  phase: Pair,
  taps: Pair,
): void {
  const { inChannels, outChannels, filterWidth, strideHeight, strideWidth } = info;
  const total = taps[0] * taps[1] * outChannels;
  const base = host.address(filter);
  if (total === 0) host.run.packPanels(base, 0, 0, 0, inChannels, 0, panels, 0, 0);
  for (let jy = 0, first = 0; jy < taps[0]; jy++) {
    const ky = phase[0] + strideHeight * (taps[0] - 1 - jy);
    for (let jx = 0; jx < taps[1]; jx++, first += outChannels) {
      const kx = phase[1] + strideWidth * (taps[1] - 1 - jx);
      host.run.packPanels(
        base + (ky * filterWidth + kx) * inChannels * outChannels * 4,
        1,
        outChannels,
        outChannels,
        inChannels,
        0,
        panels,
        total,
        first,
      );
    }
  }
}

/** Gradient of the convolution by its filter. */
export function convolutionFilterGradient(
  host: Host,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  info: ConvInfo,
): tf.TensorInfo {
  const { outHeight, outWidth, outChannels, batchSize, inHeight, inWidth, inChannels } = info;
  const dw = host.output(info.filterShape);
  if (tf.util.sizeFromShape(info.filterShape) === 0) return dw;
  const windows = forwardWindows(info);
  const plan = planOf(windows, inHeight, inWidth, true);
  const count = outHeight * outWidth;
  const sampleBytes = plan.borderBytes + count * panelColumns(outChannels) * 4;
  const group = Math.max(1, Math.min(batchSize, Math.floor(GROUP_BYTES / sampleBytes)));
  const tables = align(plan.segments.length * 4);
  const packed = align(panelFloats(group * count, outChannels, false) * 4);
  const border = plan.hasBorder ? group * plan.borderBytes : 0;
  host.scratch(tables + packed + border, (at) => {
    host.integers(at, plan.segments.length).set(plan.segments);
    host.run.correlate(
      host.address(x),
      inHeight,
      inWidth * inChannels * 4,
      batchSize,
      plan.hasBorder ? at + tables + packed : 0,
      plan.borderBytes,
      plan.pitch,
      plan.origin,
      group,
      outHeight,
      windows.stride[0] * plan.pitch,
      outWidth,
      windows.stride[1] * inChannels * 4,
      at,
      plan.segments.length,
      plan.length,
      host.address(dy),
      outChannels,
      at + tables,
      host.address(dw),
      0,
      1,
    );
  });
  return dw;
}
