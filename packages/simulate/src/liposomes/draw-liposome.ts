import { exp } from '@diffusion/random';
import { fractalPerlin, perlin } from './perlin.ts';

/** What one liposome looks like. Lengths in pixels, intensities from 0 (dark) to 1. */
export interface Liposome {
  readonly size: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly radius: number;
  /** Relative amplitude of the outline's deviation from a circle. */
  readonly distortion: number;
  /** Membranes from the outside in: distance from the outline, and how dark each is. */
  readonly membranes: readonly { readonly depth: number; readonly darkness: number }[];
  /** How much darker the lumen is than the background. */
  readonly filling: number;
  /** Amplitude of the background's texture, of its fine part, and of the noise of single pixels. */
  readonly texture: number;
  readonly grain: number;
  /** Chooses the noise fields. */
  readonly key: number;
}

/** Background of a stained grid, and width of a membrane (deviation of its profile) in pixels. */
const BACKGROUND = 0.62;
const MEMBRANE = 0.9;

/**
 * Draws a liposome as an electron micrograph shows it: dark membranes along a circle whose radius and whose
 * inside are disturbed by Perlin noise, over a background of Perlin noise. Writes size × size intensities
 * from 0 to 1, and to `mask` 1 for the pixels inside the outline. `noise` has a standard normal for every
 * pixel.
 */
export function drawLiposome(
  liposome: Liposome,
  noise: Float64Array,
  pixels: Float32Array,
  mask: Uint8Array,
): void {
  const { size, centreX, centreY, radius, distortion, membranes, filling, texture, grain, key } =
    liposome;
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at++) {
      const x = column + 0.5 - centreX;
      const y = row + 0.5 - centreY;
      const distance = Math.sqrt(x * x + y * y);
      const [cos, sin] = distance === 0 ? [1, 0] : [x / distance, y / distance];
      // Noise along the unit circle closes on itself: the outline has no seam.
      const outline = radius * (1 + distortion * fractalPerlin(key, 1.3 * cos, 1.3 * sin, 2));
      const depth = outline - distance;
      const far = fractalPerlin(key ^ 0x1234567, (6 * column) / size, (6 * row) / size, 4);
      let intensity = BACKGROUND + texture * far + grain * noise[at];
      // The edge of the lumen is as soft as a membrane.
      if (depth > 0) intensity -= filling * (1 - exp(-0.5 * depth * depth));
      for (const membrane of membranes) {
        const away = (depth - membrane.depth) / MEMBRANE;
        if (away > 6 || away < -6) continue;
        // Along the membrane the stain varies.
        const stain = 1 + 0.5 * perlin(key ^ 0x7654321, 2 * cos, 2 * sin + membrane.depth);
        intensity -= membrane.darkness * stain * exp(-0.5 * away * away);
      }
      pixels[at] = Math.min(1, Math.max(0, intensity));
      mask[at] = depth > 0 ? 1 : 0;
    }
  }
}
