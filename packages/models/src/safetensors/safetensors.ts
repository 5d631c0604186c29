/** Numbers with a shape, row-major. */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A file that is not in the safetensors format, or weights that do not fit a model; the message is one line. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * The tensors of a safetensors file (https://huggingface.co/docs/safetensors) by name, as float32: F32 with the same
 * bits, F64, F16, BF16 and I64 converted.
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
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const read = readers[dtype];
    if (!read) throw new SafetensorsError(`safetensors: tensor "${name}" has dtype ${dtype}`);
    const [from, to] = data_offsets.map((offset) => 8 + size + offset);
    const count = shape.reduce((a, b) => a * b, 1);
    if (to > bytes.length || to - from !== count * read.bytes) {
      throw new SafetensorsError(
        `safetensors: tensor "${name}" of ${count} ${dtype} lies in bytes ${from} to ${to} of ${bytes.length}`,
      );
    }
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = read.at(view, from + i * read.bytes);
    tensors[name] = { shape, values };
  }
  return tensors;
}

/**
 * A safetensors file of float32 tensors.
 *
 * @example
 * await writeFile('weights.safetensors', writeSafetensors(torchWeights(model)));
 */
export function writeSafetensors(tensors: Readonly<Record<string, NamedTensor>>): Uint8Array {
  const header: Record<string, Entry> = {};
  let end = 0;
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + 4 * values.length] };
    end += 4 * values.length;
  }
  const json = JSON.stringify(header);
  const text = new TextEncoder().encode(
    json + ' '.repeat(-new TextEncoder().encode(json).length & 7),
  );
  const bytes = new Uint8Array(8 + text.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  for (const [name, { values }] of Object.entries(tensors)) {
    const from = 8 + text.length + header[name].data_offsets[0];
    for (let i = 0; i < values.length; i++) view.setFloat32(from + 4 * i, values[i], true);
  }
  return bytes;
}

function parseHeader(text: string): Record<string, Entry> {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SafetensorsError('safetensors: the header is not JSON', { cause: error });
  }
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

/** IEEE 754 half precision: 1 sign, 5 exponent and 10 fraction bits. */
function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
