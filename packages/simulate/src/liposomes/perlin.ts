import { cosTurns, sinTurns } from '@diffusion/random';

const { floor, imul } = Math;

/** Directions of the gradients: 64, evenly around the circle. */
const DIRECTIONS = 64;
const GRADIENTS = /* @__PURE__ */ Float64Array.from({ length: 2 * DIRECTIONS }, (_, k) =>
  k % 2 === 0 ? cosTurns((k >> 1) / DIRECTIONS) : sinTurns((k >> 1) / DIRECTIONS),
);

/**
 * Perlin's gradient noise (1985, with the smoother step of 2002) at (x, y): smooth, 0 at integer points,
 * between about −0.7 and 0.7, with features of size 1. Another key gives another field.
 */
export function perlin(key: number, x: number, y: number): number {
  const i = floor(x);
  const j = floor(y);
  const u = x - i;
  const v = y - j;
  const s = u * u * u * (u * (u * 6 - 15) + 10);
  const t = v * v * v * (v * (v * 6 - 15) + 10);
  const top = corner(key, i, j, u, v) * (1 - s) + corner(key, i + 1, j, u - 1, v) * s;
  const bottom =
    corner(key, i, j + 1, u, v - 1) * (1 - s) + corner(key, i + 1, j + 1, u - 1, v - 1) * s;
  return top * (1 - t) + bottom * t;
}

/** Sum of `octaves` fields, each of half the size and half the height of the one before. */
export function fractalPerlin(key: number, x: number, y: number, octaves: number): number {
  let sum = 0;
  let height = 1;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += height * perlin((key + octave * 0x9e3779b9) | 0, x * scale, y * scale);
    height *= 0.5;
    scale *= 2;
  }
  return sum;
}

function corner(key: number, i: number, j: number, u: number, v: number): number {
  let h = imul(i, 0x27d4eb2d) ^ imul(j, 0x165667b1) ^ key;
  h = imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = imul(h ^ (h >>> 12), 0x297a2d39);
  const k = 2 * ((h ^ (h >>> 15)) & (DIRECTIONS - 1));
  return GRADIENTS[k] * u + GRADIENTS[k + 1] * v;
}
