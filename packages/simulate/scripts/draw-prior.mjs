// Draws docs/motion-prior.svg: tracks of every class of the preset motion, each in a square of its own.
//   node packages/simulate/scripts/draw-prior.mjs        (after a build)
import { writeFileSync } from 'node:fs';
import { motion } from '@diffusion/simulate';

const COLUMNS = 6;
const [SIDE, GAP, LEFT, CAPTION] = [104, 10, 92, 26];
const COLOURS = {
  immobile: '#595959',
  confined: '#0072b2',
  brownian: '#009e73',
  directed: '#d55e00',
  subdiffusive: '#cc79a7',
  other: '#7a5195',
};
const options = { dim: 2, count: 1000, seed: 1, length: { min: 60, max: 250 } };
const round = (x) => Math.round(x * 10) / 10;
const { classes } = motion(options);
const parts = [];
for (const [row, label] of classes.entries()) {
  const ranges = { q: { min: 0.5, max: 30 } };
  const tracks = motion({ ...options, classes: [label], ranges }).generate(0, COLUMNS);
  const top = row * (SIDE + CAPTION + GAP);
  parts.push(`<text x="4" y="${top + SIDE / 2}" font-weight="bold">${label}</text>`);
  for (let i = 0; i < COLUMNS; i++) {
    const left = LEFT + i * (SIDE + GAP);
    parts.push(panel(tracks, i, left, top, COLOURS[label]));
    const { codes, dictionary } = tracks.trackColumns.law;
    const law = dictionary[codes[i]];
    const Q = tracks.trackColumns.Q[i];
    const words = [`N ${tracks.lengthOf(i)}`, ...(Q > 0 ? [`Q ${Q.toPrecision(2)}`] : [])];
    const name = law === label ? [] : [law];
    for (const [line, text] of [words.join(', '), ...name].entries()) {
      parts.push(
        `<text x="${left}" y="${top + SIDE + 11 + 11 * line}" font-size="9.5">${text}</text>`,
      );
    }
  }
}
const width = LEFT + COLUMNS * (SIDE + GAP);
const height = classes.length * (SIDE + CAPTION + GAP);
writeFileSync(
  new URL('../../../docs/motion-prior.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#222">
<rect width="${width}" height="${height}" fill="#fff"/>
${parts.join('\n')}
</svg>
`,
);

/** A track in its square; a gap breaks the line, and the bar is four times the error. */
function panel(tracks, i, left, top, colour) {
  const { positions: x, frames, length } = tracks.at(i);
  const points = Array.from({ length }, (_, k) => [x[2 * k], x[2 * k + 1]]);
  const range = (d) => {
    const values = points.map((p) => p[d]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [xs, ys] = [range(0), range(1)];
  const scale = (SIDE - 12) / Math.max(xs[1] - xs[0], ys[1] - ys[0], 1e-12);
  const at = ([px, py]) => [
    round(left + SIDE / 2 + (px - (xs[0] + xs[1]) / 2) * scale),
    round(top + SIDE / 2 - (py - (ys[0] + ys[1]) / 2) * scale),
  ];
  const runs = [];
  for (let k = 0; k < length; k++) {
    if (k === 0 || frames[k] !== frames[k - 1] + 1) runs.push([]);
    runs.at(-1).push(at(points[k]).join(','));
  }
  const lines = runs.map((run) =>
    run.length === 1
      ? `<circle cx="${run[0].split(',')[0]}" cy="${run[0].split(',')[1]}" r="0.8" fill="${colour}"/>`
      : `<polyline fill="none" stroke="${colour}" stroke-width="0.8" stroke-linejoin="round" points="${run.join(' ')}"/>`,
  );
  const bar = Math.min(SIDE - 12, 4 * tracks.trackColumns.sigma[i] * scale);
  const y = top + SIDE - 3;
  return [
    `<rect x="${left}" y="${top}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#ddd"/>`,
    ...lines,
    `<line x1="${left + 4}" y1="${y}" x2="${round(left + 4 + bar)}" y2="${y}" stroke="#222" stroke-width="2"/>`,
  ].join('\n');
}
