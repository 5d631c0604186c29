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
 * The weights of each network of a bank, and the list of those of one.
 *
 * Throws {@link ModelError} where they are not, network after network, those of the card, and where one has other weights
 * than the first.
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
  const own = specs.slice(0, each).map((spec) => ({
    ...spec,
    name: spec.name.slice(prefixOf(members[0]).length),
  }));
  let from = 0;
  const weights = members.map((member, m) => {
    const start = from;
    for (const [k, { name, shape, dtype }] of own.entries()) {
      const spec = specs[m * each + k];
      const expected = `${prefixOf(member)}${name}`;
      if (spec.name !== expected) {
        throw new ModelError(`${source}: weight ${quote(spec.name)}: expected ${quote(expected)}`);
      }
      if (spec.dtype !== 'float32' || `${spec.shape}` !== `${shape}` || dtype !== 'float32') {
        throw new ModelError(
          `${source}: weight ${quote(spec.name)} is ${spec.dtype} [${spec.shape}]: expected float32 [${shape}] as in the first network`,
        );
      }
      from += bytesOfWeight(spec);
    }
    // A copy of its own: the bytes of a file may begin anywhere.
    return new Float32Array(bytes.slice(start, from).buffer);
  });
  return { own, weights };
}
