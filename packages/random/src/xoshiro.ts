import { exp } from './pinned/exp.ts';
import { ln } from './pinned/ln.ts';
import type { Random } from './random.ts';
import { exponentialZiggurat, normalZiggurat } from './ziggurat.ts';

const { width: NORMAL_WIDTH, height: NORMAL_HEIGHT } = normalZiggurat;
const NORMAL_INSIDE = /* @__PURE__ */ Int32Array.from(normalZiggurat.inside);
const { width: EXP_WIDTH, inside: EXP_INSIDE, height: EXP_HEIGHT } = exponentialZiggurat;
/** Length of the array that a generator works in. */
export const STATE_WORDS = 8;
const TWO_M24 = 5.9604644775390625e-8;
const TWO_M53 = 1.1102230246251565e-16;

/**
 * xoshiro128++ 1.0 (Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS
 * 47:36): 128 bits of state, period 2¹²⁸ − 1, only 32-bit integer additions, shifts and exclusive ors. A
 * normal takes the 32 bits of one output for its place in a layer of the ziggurat, and 8 bits for the layer:
 * one output chooses the layers of four normals. An exponential takes two outputs: 8 bits for the layer, 56
 * for the place.
 */
export class Xoshiro128 implements Random {
  /**
   * Four words of state; the layers of the next normals, 8 bits each, and how many; layer and place of a
   * rare case.
   */
  readonly #state: Int32Array;

  /** {@link STATE_WORDS} words, which are kept, not copied: four of state, not all zero, then zeros. */
  constructor(state: Int32Array) {
    this.#state = state;
  }

  int32(): number {
    const state = this.#state;
    const s0 = state[0];
    let s3 = state[3];
    const sum = (s0 + s3) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    const s2 = state[2] ^ s0;
    s3 ^= state[1];
    state[0] = s0 ^ s3;
    state[2] = s2 ^ (state[1] << 9);
    state[1] ^= s2;
    state[3] = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  uniform(): number {
    const high = this.int32() >>> 5;
    const low = this.int32() >>> 6;
    return (high * 67108864 + low) * TWO_M53;
  }

  normal(): number {
    const state = this.#state;
    for (;;) {
      if (state[5] === 0) {
        state[4] = this.int32();
        state[5] = 4;
      }
      const layer = state[4] & 255;
      state[4] >>= 8;
      state[5]--;
      const bits = this.int32();
      const x = (bits + 0.5) * NORMAL_WIDTH[layer];
      if ((bits ^ (bits >> 31)) < NORMAL_INSIDE[layer]) return x;
      const edge = normalEdge(this, layer, x);
      if (!Number.isNaN(edge)) return edge;
    }
  }

  exponential(): number {
    let shift = 0;
    for (;;) {
      const a = this.int32();
      const b = this.int32();
      const layer = b & 255;
      const place = (a >>> 0) + ((b >>> 8) + 0.5) * TWO_M24;
      const x = place * EXP_WIDTH[layer];
      if (place < EXP_INSIDE[layer]) return shift + x;
      if (layer === 0) {
        // Beyond its beginning the tail of an exponential is an exponential again.
        shift += exponentialZiggurat.tail;
        continue;
      }
      const low = EXP_HEIGHT[layer];
      const high = EXP_HEIGHT[layer + 1];
      if (low + this.uniform() * (high - low) < exp(-x)) return shift + x;
    }
  }

  integerBelow(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= 4294967296)) {
      throw new RangeError(`n is ${n}: expected an integer from 1 to 4294967296`);
    }
    const limit = 4294967296 - (4294967296 % n);
    for (;;) {
      const bits = this.int32() >>> 0;
      if (bits < limit) return bits % n;
    }
  }

  fillNormal(out: Float64Array, from = 0, to = out.length): void {
    const state = this.#state;
    let i = from;
    while (i < to) {
      i = fillUntilEdge(state, out, i, to);
      if (i === to) return;
      const layer = state[6];
      const edge = normalEdge(this, layer, (state[7] + 0.5) * NORMAL_WIDTH[layer]);
      if (!Number.isNaN(edge)) out[i++] = edge;
    }
  }
}

/**
 * Writes normals up to out[to − 1], or up to the first one that is not under the curve for certain: its layer
 * and place are left in the state then. A loop without the rare case keeps the state in registers. Returns
 * where it stopped.
 */
function fillUntilEdge(state: Int32Array, out: Float64Array, from: number, to: number): number {
  let s0 = state[0];
  let s1 = state[1];
  let s2 = state[2];
  let s3 = state[3];
  let layers = state[4];
  let left = state[5];
  let i = from;
  while (i < to) {
    if (left === 0) {
      const sum = (s0 + s3) | 0;
      layers = (((sum << 7) | (sum >>> 25)) + s0) | 0;
      left = 4;
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    const layer = layers & 255;
    layers >>= 8;
    left--;
    const sum = (s0 + s3) | 0;
    const bits = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    // Without the half: bits, or −1 − bits where it is negative.
    if ((bits ^ (bits >> 31)) >= NORMAL_INSIDE[layer]) {
      state[6] = layer;
      state[7] = bits;
      break;
    }
    out[i++] = (bits + 0.5) * NORMAL_WIDTH[layer];
  }
  state[0] = s0;
  state[1] = s1;
  state[2] = s2;
  state[3] = s3;
  state[4] = layers;
  state[5] = left;
  return i;
}

/** The rare case: the tail, or the wedge of a layer; NaN when the point lies above the curve. */
function normalEdge(random: Random, layer: number, x: number): number {
  if (layer === 0) {
    const r = normalZiggurat.tail;
    for (;;) {
      const beyond = -ln(1 - random.uniform()) / r;
      const y = -ln(1 - random.uniform());
      if (y + y > beyond * beyond) return x < 0 ? -(r + beyond) : r + beyond;
    }
  }
  const low = NORMAL_HEIGHT[layer];
  const high = NORMAL_HEIGHT[layer + 1];
  return low + random.uniform() * (high - low) < exp(-0.5 * x * x) ? x : NaN;
}
