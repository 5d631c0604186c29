import { exp } from './pinned/exp.ts';
import { ln } from './pinned/ln.ts';

/** Tables of a ziggurat of 256 layers of equal area (Marsaglia & Tsang 2000; Doornik 2005). */
export interface Ziggurat {
  /** Where the tail begins. */
  readonly tail: number;
  /** Width of layer i over 2³¹ (normal) or 2³² (exponential): turns an integer of the generator into a variate. */
  readonly width: Float64Array;
  /** Below this magnitude of the integer the point lies under the curve for certain; rounded down. */
  readonly inside: Float64Array;
  /** Density (times a constant) at the right edge of layer i; `height[256]` is the top. */
  readonly height: Float64Array;
}

function build(
  tail: number,
  area: number,
  scale: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Ziggurat {
  const edge = new Float64Array(257);
  const height = new Float64Array(257);
  edge[0] = area / density(tail);
  edge[1] = tail;
  for (let i = 2; i < 256; i++) edge[i] = inverse(density(edge[i - 1]) + area / edge[i - 1]);
  edge[256] = 0;
  for (let i = 1; i <= 256; i++) height[i] = density(edge[i]);
  const width = new Float64Array(256);
  const inside = new Float64Array(256);
  for (let i = 0; i < 256; i++) {
    width[i] = edge[i] / scale;
    inside[i] = Math.floor((edge[i + 1] / edge[i]) * scale);
  }
  return { tail, width, inside, height };
}

/** Right half of exp(−x²/2), for integers of 31 bits and a sign. */
export const normalZiggurat: Ziggurat = /* @__PURE__ */ build(
  3.654152885361009,
  0.00492867323399,
  2147483648,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * ln(y)),
);

/** exp(−x), for integers of 32 bits. */
export const exponentialZiggurat: Ziggurat = /* @__PURE__ */ build(
  7.69711747013105,
  0.003949659822581557,
  4294967296,
  (x) => exp(-x),
  (y) => -ln(y),
);
