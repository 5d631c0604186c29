import { quote } from '@diffusion/tracks/messages';
import type { io } from '@tensorflow/tfjs-core';
import { ModelError } from '../errors.ts';

/** Bytes per number of what weights are made of. */
const WIDTHS: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1 };

/**
 * The list of weights in a `model.json`, or in another file that somebody else may have written.
 *
 * Throws {@link ModelError} for what is no list of names, shapes and types that are each named once.
 */
export function weightSpecs(value: unknown, source: string): io.WeightsManifestEntry[] {
  if (!Array.isArray(value)) {
    throw new ModelError(`${source}: the weights are ${quote(value)}: expected a list`);
  }
  const names = new Set<string>();
  for (const spec of value as (Partial<io.WeightsManifestEntry> | null)[]) {
    const { name, shape, dtype, quantization } = spec ?? {};
    if (typeof name !== 'string') {
      throw new ModelError(`${source}: the name of a weight is ${quote(name)}: expected a text`);
    }
    const fail = (message: string): never => {
      throw new ModelError(`${source}: weight ${quote(name)} ${message}`);
    };
    if (names.has(name)) fail('is listed twice: expected each once');
    names.add(name);
    if (!Array.isArray(shape) || !shape.every((n) => Number.isSafeInteger(n) && n >= 0)) {
      fail(`has the shape ${quote(shape)}: expected a list of whole numbers`);
    }
    if (typeof dtype !== 'string' || !Object.hasOwn(WIDTHS, dtype)) {
      fail(`has the type ${quote(dtype)}: expected ${Object.keys(WIDTHS).join(', ')}`);
    }
    if (quantization !== undefined) fail('is quantized: expected numbers as they are');
  }
  return value as io.WeightsManifestEntry[];
}

/** Bytes of a weight. */
export const bytesOfWeight = ({ shape, dtype }: io.WeightsManifestEntry): number =>
  shape.reduce((product, n) => product * n, WIDTHS[dtype]);

/** Throws {@link ModelError} that names the weight, and the place in it, that is no finite number. */
export function checkFinite(
  bytes: Uint8Array,
  specs: readonly io.WeightsManifestEntry[],
  source: string,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (const spec of specs) {
    const end = at + bytesOfWeight(spec);
    if (spec.dtype === 'float32') {
      for (let from = at; from < end; from += 4) {
        const value = view.getFloat32(from, true);
        if (value - value === 0) continue;
        throw new ModelError(
          `${source}: weight ${quote(spec.name)}[${(from - at) / 4}] is ${value}: expected a finite number`,
        );
      }
    }
    at = end;
  }
}

/**
 * SHA-256 of bytes in hexadecimal; undefined where the platform has none, as in a page that came without encryption.
 *
 * @example
 * await sha256(new Uint8Array()); // 'e3b0c442…'
 */
export async function sha256(bytes: Uint8Array): Promise<string | undefined> {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return undefined;
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
