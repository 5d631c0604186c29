// Draws the pictures of docs/models-of-motion: four tracks of each model, and beside them their mean squared displacements.
//   node packages/simulate/scripts/draw-models.mjs        (after a build)
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { andi2, liposomes, simulate } from '@diffusion/simulate';

const folder = new URL('../../../docs/models-of-motion/', import.meta.url);
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];
const STATES = ['#d55e00', '#cc79a7', '#0072b2', '#009e73'];
const [WIDTH, SIDE, GAP] = [640, 280, 24];
const FRAMES = 300;

const MODELS = {
  immobile: { title: 'immobile, localisation error σ = 1', sigma: 1 },
  brownian: { title: 'brownian, D = 0.5' },
  directed: { title: 'directed, R = 12', R: 12 },
  confined: { title: 'confined, B = 6', B: 6 },
  fbm: { title: 'fbm, α = 1.6 (orange, pink) and 0.4', alpha: [1.6, 0.4] },
  ctrw: { title: 'ctrw, α = 0.7', alpha: 0.7 },
  'levy-walk': { title: 'levy-walk, α = 1.5', alpha: 1.5 },
  attm: { title: 'attm, α = 0.5', alpha: 0.5 },
  sbm: { title: 'sbm, α = 0.3', alpha: 0.3 },
};

const round = (x) => Math.round(x * 10) / 10;
const line = (points, colour, extra = '') =>
  `<polyline fill="none" stroke="${colour}" ${extra} points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}"/>`;
const text = (x, y, content, extra = '') => `<text x="${x}" y="${y}" ${extra}>${content}</text>`;

/** Tracks in a square of equal scales, and a bar for the length. */
function paths(list, colourOf) {
  const all = list.flat();
  const [xs, ys] = [all.map((p) => p[0]), all.map((p) => p[1])];
  const middle = (v) => (Math.min(...v) + Math.max(...v)) / 2;
  const range = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const scale = (SIDE - 20) / range;
  const [cx, cy] = [middle(xs), middle(ys)];
  const place = ([x, y]) => [SIDE / 2 + 10 + (x - cx) * scale, SIDE / 2 + 30 - (y - cy) * scale];
  const bar = 10 ** Math.floor(Math.log10(range / 2));
  return [
    ...list.flatMap((path, k) => colourOf(path.map(place), k)),
    line(
      [
        [14, SIDE + 34],
        [14 + bar * scale, SIDE + 34],
      ],
      '#333',
      'stroke-width="2"',
    ),
    text(14, SIDE + 28, `${bar}`, 'font-size="11"'),
  ].join('\n');
}

/** Time-averaged MSD of each track, thin, and the ensemble's from the first point on, bold, in double logarithmic axes. */
function curves(tracks) {
  const lags = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];
  const own = [...tracks].slice(0, 4).map(({ positions: x }) =>
    lags.map((lag) => {
      let sum = 0;
      for (let at = 2 * lag; at < x.length; at++) sum += (x[at] - x[at - 2 * lag]) ** 2;
      return [lag, sum / (x.length / 2 - lag)];
    }),
  );
  const ensemble = lags.map((lag) => {
    let sum = 0;
    for (const { positions: x } of tracks)
      sum += (x[2 * lag] - x[0]) ** 2 + (x[2 * lag + 1] - x[1]) ** 2;
    return [lag, sum / tracks.count];
  });
  const values = [...own, ensemble]
    .flat()
    .map(([, y]) => y)
    .filter((y) => y > 0);
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const [left, right, top, bottom] = [SIDE + 2 * GAP + 44, WIDTH - 16, 44, SIDE + 8];
  const place = ([lag, y]) => [
    left + (Math.log10(lag) / Math.log10(200)) * (right - left),
    bottom - ((Math.log10(y) - low) / (high - low)) * (bottom - top),
  ];
  const parts = [
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" stroke="#999"/>`,
  ];
  for (let power = low; power <= high; power++) {
    const [, y] = place([1, 10 ** power]);
    parts.push(
      text(
        left - 6,
        y + 4,
        `10<tspan dy="-5" font-size="8">${power}</tspan>`,
        'text-anchor="end" font-size="11"',
      ),
    );
  }
  for (const lag of [1, 10, 100]) {
    parts.push(
      text(place([lag, 1])[0], bottom + 16, `${lag}`, 'text-anchor="middle" font-size="11"'),
    );
  }
  parts.push(
    text((left + right) / 2, bottom + 34, 'lag (frames)', 'text-anchor="middle" font-size="12"'),
  );
  for (const [k, curve] of own.entries()) {
    parts.push(line(curve.filter(([, y]) => y > 0).map(place), COLOURS[k], 'stroke-width="1"'));
  }
  parts.push(line(ensemble.filter(([, y]) => y > 0).map(place), '#111', 'stroke-width="2.5"'));
  parts.push(text(left, top - 8, 'MSD: each track (thin), ensemble (bold)', 'font-size="12"'));
  return parts.join('\n');
}

const page = (
  width,
  title,
  ...parts
) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${SIDE + 50}" font-family="sans-serif" fill="#222">
<rect width="${width}" height="${SIDE + 50}" fill="#fff"/>
${text(14, 22, title, 'font-size="14"')}
${parts.join('\n')}
</svg>
`;

const pointsOf = (positions) =>
  Array.from({ length: positions.length / 2 }, (_, k) => [positions[2 * k], positions[2 * k + 1]]);

for (const [model, { title, ...parameters }] of Object.entries(MODELS)) {
  const tracks = simulate({ model, count: 400, length: FRAMES, dim: 2, seed: 4, ...parameters });
  const list = [...tracks].slice(0, 4).map(({ positions }) => pointsOf(positions));
  const colour = (path, k) => [
    line(path, COLOURS[k], 'stroke-width="0.9" stroke-linejoin="round"'),
  ];
  writeFileSync(
    new URL(`${model}.svg`, folder),
    page(WIDTH, title, paths(list, colour), curves(tracks)),
  );
}

// AnDi-2: tracks coloured by state, one experiment with few particles each.
const law = (alpha, D) => ({ alpha: { mean: alpha, variance: 0 }, D: { mean: D, variance: 0 } });
const box = { particles: 6, frames: 200, boxSize: 40 };
const two = [law(1, 1), law(0.5, 0.05)];
const EXPERIMENTS = {
  'single-state': { ...box, states: [law(1.2, 0.5)] },
  'multi-state': {
    ...box,
    states: two,
    transition: [
      [0.97, 0.03],
      [0.03, 0.97],
    ],
  },
  'immobile-traps': {
    ...box,
    states: [law(1, 1)],
    traps: { count: 25, radius: 1.5, bind: 0.7, unbind: 0.03 },
  },
  dimerization: {
    ...box,
    particles: 12,
    states: two,
    dimers: { radius: 1.5, bind: 1, unbind: 0.02 },
  },
  confinement: { ...box, states: two, compartments: { count: 6, radius: 5, transmittance: 0.02 } },
};
for (const [model, experiment] of Object.entries(EXPERIMENTS)) {
  const tracks = andi2({ model, count: 1, seed: 2, fields: 0, sigma: 0, experiment }).generate();
  const { state, D } = tracks.pointColumns;
  const list = [...tracks].map(({ positions }) => pointsOf(positions));
  const colour = (path, k) => {
    const pieces = [];
    for (let t = 0; t + 1 < path.length; ) {
      const from = tracks.offsets[k] + t;
      let end = t + 1;
      while (
        end < path.length - 1 &&
        D[tracks.offsets[k] + end] === D[from] &&
        state[tracks.offsets[k] + end] === state[from]
      )
        end++;
      const slow = state[from] === 2 && D[from] < 0.1;
      const dot =
        state[from] === 0
          ? `<circle cx="${round(path[t][0])}" cy="${round(path[t][1])}" r="3.5" fill="${STATES[0]}"/>`
          : '';
      pieces.push(
        dot,
        line(path.slice(t, end + 1), slow ? '#e69f00' : STATES[state[from]], 'stroke-width="1"'),
      );
      t = end;
    }
    return pieces;
  };
  const legend = [
    ['free', STATES[2]],
    ['free, slow', '#e69f00'],
    ['confined', STATES[1]],
    ['immobile', STATES[0]],
  ];
  const key = legend.map(
    ([name, fill], k) =>
      `<circle cx="${SIDE + 40}" cy="${60 + 22 * k}" r="5" fill="${fill}"/>${text(SIDE + 52, 64 + 22 * k, name, 'font-size="12"')}`,
  );
  writeFileSync(
    new URL(`${model}.svg`, folder),
    page(SIDE + 140, model, paths(list, colour), key.join('\n')),
  );
}

// Liposomes: eight of each class, a row per class; and the same as networks see them, with classes that reach into each other.
const EACH = 8;
for (const [name, size, scale, more] of [
  ['liposomes', 64, 1, {}],
  ['liposomes-ambiguous', 28, 2, { ambiguity: 0.25 }],
]) {
  const rows = [
    ['lamellarity', 'unilamellar'],
    ['lamellarity', 'multilamellar'],
    ['lamellarity', 'uncertain'],
    ['encapsulation', 'full'],
    ['encapsulation', 'uncertain'],
    ['encapsulation', 'empty'],
  ].map(([problem, name]) =>
    liposomes({ problem, shares: { [name]: 1 }, count: EACH, seed: 3, size, ...more }).generate(),
  );
  const side = scale * size;
  writeFileSync(
    new URL(`${name}.png`, folder),
    greyPng(EACH * side, rows.length * side, (x, y) => {
      const image = rows[Math.floor(y / side)].at(Math.floor(x / side));
      const [row, column] = [Math.floor((y % side) / scale), Math.floor((x % side) / scale)];
      return image.pixels[row * size + column];
    }),
  );
}

/** A greyscale PNG of intensities from 0 to 1. */
function greyPng(width, height, intensity) {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = 255 * intensity(x, y);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    frame.set(body, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
