/**
 * A seed of its own for each named layer of a network: FNV-1a over the name, mixed with the network's seed by the
 * finaliser of MurmurHash3. The network's seed is any safe integer. The result is an integer from 0 to 2³¹ − 1, the same on every machine; a layer keeps its
 * weights when another is added beside it.
 *
 * @example
 * layerSeed(7, 'stem1.conv') !== layerSeed(7, 'stem2.conv'); // true
 */
export function layerSeed(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return mix(hash ^ foldSeed(seed)) >>> 1;
}

/** 32 bits of a safe integer; those of a seed below 2³² are its own. */
function foldSeed(seed: number): number {
  const high = Math.floor(seed / 2 ** 32);
  return high === 0 ? mix(seed) : mix(mix(seed) ^ mix(high));
}

/** A bijection of 32-bit integers in which every input bit changes about half of the output bits. */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
