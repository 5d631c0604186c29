import { quote } from '@diffusion/tracks/messages';

/** Numbers with a shape, row-major. */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A file that is not in the safetensors format, or weights that do not fit a model; the message is one line. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

/** What a tensor is written as. */
export type TensorType = 'F32' | 'F16';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * The tensors of a safetensors file (https://huggingface.co/docs/safetensors) by name, in the order of its header, as
 * float32: F32 with the same bits, F64, F16, BF16 and I64 converted.
 *
 * Throws {@link SafetensorsError} where the bytes end early or the header is not one.
 *
 * @example
 * const tensors = readSafetensors(new Uint8Array(await (await fetch(url)).arrayBuffer()));
 */
export function readSafetensors(bytes: Uint8Array): Record<string, NamedTensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length < 8 ? Number.NaN : Number(view.getBigUint64(0, true));
  if (!(8 + size <= bytes.length)) {
    throw new SafetensorsError(
      `safetensors: the header has ${size} bytes: expected at most the ${bytes.length} of the file`,
    );
  }
  const header = parseHeader(new TextDecoder().decode(bytes.subarray(8, 8 + size)));
  const tensors: Record<string, NamedTensor> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets } = checkedEntry(name, entry);
    const read = readers[dtype];
    const [from, to] = data_offsets.map((offset) => 8 + size + offset);
    const count = shape.reduce((a, b) => a * b, 1);
    if (to > bytes.length || to - from !== count * read.bytes) {
      throw new SafetensorsError(
        `safetensors: tensor ${quote(name)} of ${count} ${dtype} lies in bytes ${from} to ${to} of ${bytes.length}`,
      );
    }
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = read.at(view, from + i * read.bytes);
    tensors[name] = { shape, values };
  }
  return tensors;
}

/**
 * A safetensors file of float32 tensors, in their order; any of them in half precision, rounded to the nearest.
 *
 * Throws {@link SafetensorsError} for a number that half precision does not reach: it ends at 65,504, and below 6·10⁻⁸ it is
 * zero.
 *
 * @param options.dtype what a tensor is written as: F32 if left out.
 *
 * @example
 * await writeFile('weights.safetensors', writeSafetensors(torchWeights(model)));
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, NamedTensor>>,
  {
    dtype = () => 'F32',
  }: { readonly dtype?: (name: string, tensor: NamedTensor) => TensorType } = {},
): Uint8Array<ArrayBuffer> {
  const all = Object.entries(tensors).map(([name, tensor]) => {
    const type = dtype(name, tensor);
    return { name, ...tensor, type, bytes: readers[type].bytes };
  });
  // Those of four bytes lie first, so that all lie at multiples of their width.
  const offsets = new Map<string, number>();
  let end = 0;
  for (const { name, values, bytes } of [...all].sort((a, b) => b.bytes - a.bytes)) {
    offsets.set(name, end);
    end += bytes * values.length;
  }
  const header: [string, Entry][] = all.map(({ name, type, shape, values, bytes }) => {
    const from = offsets.get(name)!;
    return [name, { dtype: type, shape, data_offsets: [from, from + bytes * values.length] }];
  });
  const json = JSON.stringify(Object.fromEntries(header));
  const text = new TextEncoder().encode(
    json + ' '.repeat(-new TextEncoder().encode(json).length & 7),
  );
  const file = new Uint8Array(8 + text.length + end);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  for (const { name, values, type } of all) {
    const from = 8 + text.length + offsets.get(name)!;
    for (let i = 0; i < values.length; i++) {
      if (type === 'F32') view.setFloat32(from + 4 * i, values[i], true);
      else view.setUint16(from + 2 * i, toHalf(values[i], name), true);
    }
  }
  return file;
}

function parseHeader(text: string): object {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw new SafetensorsError('safetensors: the header is not JSON', { cause: error });
  }
  if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header;
  throw new SafetensorsError(`safetensors: the header is ${quote(header)}: expected an object`);
}

function checkedEntry(name: string, entry: unknown): Entry {
  const { dtype, shape, data_offsets } = (entry ?? {}) as Partial<Record<keyof Entry, unknown>>;
  if (typeof dtype !== 'string' || !Object.hasOwn(readers, dtype)) {
    throw new SafetensorsError(
      `safetensors: tensor ${quote(name)} has dtype ${quote(dtype)}: expected ${Object.keys(readers).join(', ')}`,
    );
  }
  for (const [field, value] of Object.entries({ shape, data_offsets })) {
    if (Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0)) continue;
    throw new SafetensorsError(
      `safetensors: tensor ${quote(name)} has ${field} ${quote(value)}: expected whole numbers`,
    );
  }
  return { dtype, shape, data_offsets } as Entry;
}

const bits = new DataView(new ArrayBuffer(4));

const readers: Record<string, { bytes: number; at: (view: DataView, offset: number) => number }> = {
  F32: { bytes: 4, at: (view, offset) => view.getFloat32(offset, true) },
  F64: { bytes: 8, at: (view, offset) => view.getFloat64(offset, true) },
  I64: { bytes: 8, at: (view, offset) => Number(view.getBigInt64(offset, true)) },
  BF16: {
    bytes: 2,
    at: (view, offset) => {
      bits.setUint32(0, view.getUint16(offset, true) << 16);
      return bits.getFloat32(0);
    },
  },
  F16: { bytes: 2, at: (view, offset) => fromHalf(view.getUint16(offset, true)) },
};

/** The largest number of half precision. */
export const HALF_MAX = 65504;

/** IEEE 754 half precision: 1 sign, 5 exponent and 10 fraction bits. */
function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The bits of the number of half precision nearest to a float32, the even one of two. */
function toHalf(value: number, name: string): number {
  bits.setFloat32(0, value);
  const word = bits.getUint32(0);
  const sign = (word >>> 16) & 0x8000;
  if (Number.isNaN(value)) return sign | 0x7e00;
  if (!Number.isFinite(value)) return sign | 0x7c00;
  const size = Math.abs(value);
  // In steps of the last place: below 2⁻¹⁴ all have the same one, and a carry leads to the next exponent by itself.
  const exponent = Math.max(((word >>> 23) & 255) - 127, -14);
  const steps = roundToEven(size * 2 ** (10 - exponent));
  const half = ((exponent + 14) << 10) + steps;
  if (half < 0x7c00) return sign | half;
  throw new SafetensorsError(
    `safetensors: tensor ${quote(name)} has ${value}: expected at most ${HALF_MAX} in half precision`,
  );
}

/** The nearest whole number, the even one of two. */
function roundToEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}
