import { quote } from '@diffusion/tracks/messages';
import type { io } from '@tensorflow/tfjs-core';
import type { NetworkBank } from '../bank/network-bank.ts';
import type { BankMember } from '../card.ts';
import { ModelError } from '../errors.ts';
import { bytesOfWeight } from './check-weights.ts';

/** What the names of a network's weights begin with: `100/2/` of the second of those for 100 points. */
const prefixOf = ({ length, fold }: BankMember): string => `${length}/${fold}/`;

/** The weights of all networks of a bank, one after the other. */
export function bankWeights({ members }: NetworkBank): Uint8Array {
  const bytes = new Uint8Array(members.reduce((sum, { weights }) => sum + weights.byteLength, 0));
  let from = 0;
  for (const { weights } of members) {
    bytes.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength), from);
    from += weights.byteLength;
  }
  return bytes;
}

/** The list of them in `model.json`, of that of one network. */
export const bankSpecs = (
  { members }: NetworkBank,
  specs: readonly io.WeightsManifestEntry[],
): io.WeightsManifestEntry[] =>
  members.flatMap((member) =>
    specs.map((spec) => ({ ...spec, name: `${prefixOf(member)}${spec.name}` })),
  );

/**
 * The weights of each network of a bank, and the list of those of one. They are known by their names: other programs sort
 * the tensors of a file as they like.
 *
 * Throws {@link ModelError} where they are not those of the card's networks, and where one has other weights than the first.
 *
 * @param bytes of all weights, as many as `specs` list.
 */
export function splitBank(
  members: readonly BankMember[],
  specs: readonly io.WeightsManifestEntry[],
  bytes: Uint8Array,
  source: string,
): { own: io.WeightsManifestEntry[]; weights: Float32Array<ArrayBuffer>[] } {
  const each = specs.length / members.length;
  if (!Number.isInteger(each) || each === 0) {
    throw new ModelError(
      `${source}: ${specs.length} weights: expected as many for each of ${members.length} networks of the bank`,
    );
  }
  const places = new Map<string, { spec: io.WeightsManifestEntry; from: number }>();
  let end = 0;
  for (const spec of specs) {
    places.set(spec.name, { spec, from: end });
    end += bytesOfWeight(spec);
  }
  const first = prefixOf(members[0]);
  const own = specs
    .filter(({ name }) => name.startsWith(first))
    .map((spec) => ({ ...spec, name: spec.name.slice(first.length) }));
  const known = new Set(
    members.flatMap((member) => own.map(({ name }) => prefixOf(member) + name)),
  );
  const foreign = specs.find(({ name }) => !known.has(name));
  const size = own.reduce((sum, spec) => sum + bytesOfWeight(spec), 0);
  const weights = members.map((member) => {
    // A copy of its own: the bytes of a file may begin anywhere.
    const copy = new Uint8Array(size);
    let to = 0;
    for (const { name, shape, dtype } of own) {
      const expected = `${prefixOf(member)}${name}`;
      const { spec, from } = places.get(expected) ?? { spec: foreign, from: 0 };
      if (spec?.name !== expected) {
        throw new ModelError(
          `${source}: weight ${quote(spec?.name ?? '')}: expected ${quote(expected)}`,
        );
      }
      if (spec.dtype !== 'float32' || `${spec.shape}` !== `${shape}` || dtype !== 'float32') {
        throw new ModelError(
          `${source}: weight ${quote(spec.name)} is ${spec.dtype} [${spec.shape}]: expected float32 [${shape}] as in the first network`,
        );
      }
      copy.set(bytes.subarray(from, from + bytesOfWeight(spec)), to);
      to += bytesOfWeight(spec);
    }
    return new Float32Array(copy.buffer);
  });
  if (own.length === 0 || foreign) {
    throw new ModelError(
      `${source}: weight ${quote((foreign ?? specs[0]).name)}: expected those of the ${members.length} networks of the bank`,
    );
  }
  return { own, weights };
}

/** The weights of each network in the order that the network has them, from that of a list. */
export function inOrderOf(
  order: readonly string[],
  own: readonly io.WeightsManifestEntry[],
  weights: readonly Float32Array<ArrayBuffer>[],
): Float32Array<ArrayBuffer>[] {
  if (own.every(({ name }, i) => name === order[i])) return [...weights];
  const places = new Map<string, [from: number, to: number]>();
  let end = 0;
  for (const spec of own) {
    const from = end;
    end += bytesOfWeight(spec) / Float32Array.BYTES_PER_ELEMENT;
    places.set(spec.name, [from, end]);
  }
  return weights.map((listed) => {
    const sorted = new Float32Array(listed.length);
    let to = 0;
    for (const name of order) {
      const part = listed.subarray(...(places.get(name) ?? [0, 0]));
      sorted.set(part, to);
      to += part.length;
    }
    return sorted;
  });
}
