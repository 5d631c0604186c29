import { mix } from '../networks/layer-seed.ts';

/** Whole numbers from 0 to below `limit`, the same sequence for the same seed and key everywhere. */
export function randomStream(seed: number, key = 0): (limit: number) => number {
  const start = mix(mix(seed) ^ mix(key + 1));
  let count = 0;
  return (limit) => Math.floor((mix(start + Math.imul(++count, 0x9e3779b9)) / 2 ** 32) * limit);
}

/** 0 … count − 1 in an order that follows from the stream (Fisher & Yates). */
export function shuffled(count: number, random: (limit: number) => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
