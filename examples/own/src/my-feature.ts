import { defineFeature } from '@diffusion/features';

/**
 * The fold anisotropy of Hansen et al. 2020 (Nat. Chem. Biol. 16, 257), as a logarithm: how much more often a particle
 * turns back than it goes on. It is about 0 for Brownian motion, above 0 for one that is held back by a wall, a trap or
 * viscoelasticity (or by the localisation error), below 0 for one that is driven. The halves keep it finite where a track
 * has no such turn, and pull it to 0 where it has few.
 */
export const foldAnisotropy = defineFeature({
  name: 'foldAnisotropy',
  meaning: 'How much more often steps turn back than go on.',
  formula: 'ln((n₁₈₀ + ½)/(n₀ + ½)), turns of more than 150° and of less than 30°',
  range: 'any; undefined if no step has a turn',
  minPoints: 3,
  dims: [2],
  source: 'Hansen et al. 2020',
  compute({ axes: [x, y], length }) {
    const edge = Math.cos(Math.PI / 6);
    let turns = 0;
    let back = 0.5;
    let on = 0.5;
    for (let i = 1; i + 1 < length; i++) {
      const [ux, uy, vx, vy] = [x[i] - x[i - 1], y[i] - y[i - 1], x[i + 1] - x[i], y[i + 1] - y[i]];
      const cosine = (ux * vx + uy * vy) / Math.sqrt((ux * ux + uy * uy) * (vx * vx + vy * vy));
      if (cosine > edge) on++;
      if (cosine < -edge) back++;
      if (!Number.isNaN(cosine)) turns++;
    }
    return turns > 0 ? Math.log(back / on) : Number.NaN;
  },
});
