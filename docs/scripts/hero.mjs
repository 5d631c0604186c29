import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulate } from '../../packages/simulate/dist/index.js';

/**
 * Draws the picture of the first page of the site, docs/hero.svg, after a build:
 *   node scripts/hero.mjs
 */
const scene = { count: 1, length: 160, dim: 2, sigma: 0.03 };
const kinds = [
  { name: 'free', colour: '#009e73', at: [95, 88], size: 150, model: 'brownian', D: 0.2, seed: 4 },
  {
    name: 'directed',
    colour: '#cc79a7',
    at: [285, 88],
    size: 150,
    model: 'directed',
    D: 0.05,
    speed: 0.15,
    seed: 3,
  },
  {
    name: 'confined',
    colour: '#d55e00',
    at: [95, 300],
    size: 100,
    model: 'confined',
    D: 0.2,
    radius: 1.1,
    seed: 2,
  },
  {
    name: 'immobile',
    colour: '#3a86c8',
    at: [285, 300],
    size: 50,
    model: 'immobile',
    sigma: 0.09,
    seed: 1,
  },
];

const drawn = kinds.map(({ name, colour, at, size, ...motion }) => {
  const { positions } = simulate({ ...scene, ...motion });
  const axis = (k) => positions.filter((_, i) => i % 2 === k);
  const ends = [0, 1].map((k) => [Math.min(...axis(k)), Math.max(...axis(k))]);
  const middle = ends.map(([low, high]) => (low + high) / 2);
  const scale = size / Math.max(...ends.map(([low, high]) => high - low));
  const points = Array.from({ length: scene.length }, (_, i) =>
    [0, 1].map((k) => (at[k] + scale * (positions[2 * i + k] - middle[k])).toFixed(1)).join(),
  );
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>
<text x="${at[0]}" y="${at[1] + size / 2 + 24}" fill="${colour}">${name}</text>`;
});
writeFileSync(
  join(import.meta.dirname, '../hero.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 400" font-family="sans-serif" font-size="17" text-anchor="middle">
${drawn.join('\n')}
</svg>
`,
);
