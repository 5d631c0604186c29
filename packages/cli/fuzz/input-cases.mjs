import { gzipSync } from 'node:zlib';
import { keyedRandom, randomElement } from '@diffusion/random';
import { mutate, mutateGzip, mutateJson } from './mutate.mjs';
import { withHeader } from './samples.mjs';

/** Of the cases that are always tried; another seed explores further. */
export const SEED = 20261126;

/** Cases of each of the 24 kinds. */
export const perKind = 120;

/** Ways to read tracks. */
const reading = [
  ['inspect', '--json'],
  ['inspect'],
  ['inspect', '--json'],
  ['features', '--output', 'out.csv'],
  ['features', '--features', 'numPoints,straightness', '--output', 'out.json'],
  ['predict', '--model', 'max-test', '--output', 'out.csv'],
];

const options = [
  [],
  [],
  [],
  ['--duplicates', 'mean'],
  ['--duplicates', 'first'],
  ['--split-gaps', '0'],
  ['--split-gaps', '2', '--min-length', '2'],
  ['--frames', '2:'],
  ['--dt', '0.5', '--pixel-size', '0.1'],
  ['--columns', 'x=y,y=x'],
];

/** A file of tracks that is changed, and read in one way or another. */
const tracks =
  (name, format = 'text') =>
  (random, { samples, others }) => ({
    files: { [baseName(name)]: mutate(samples.get(name), format, random, others) },
    args: readingOf(name, random),
    output: 'out',
  });

/** `task1.txt` of `andi/task1.txt`. */
const baseName = (path) => path.split('/').at(-1);

function readingOf(name, random) {
  const [command, ...rest] = randomElement(random, reading);
  return [command, baseName(name), ...rest, ...randomElement(random, options)];
}

/** Predicting with a model of which a file is changed. */
const model =
  (folder, name, format) =>
  (random, { samples, others }) => {
    const files = Object.fromEntries(
      [...samples]
        .filter(([path]) => path.startsWith(`${folder}/`))
        .map(([path, bytes]) => [path, bytes]),
    );
    files[`${folder}/${name}`] = mutate(files[`${folder}/${name}`], format, random, others);
    // With the digest in the card nothing but the digest would be tried.
    if (name === 'weights.bin' && random.uniform() < 0.7) {
      const { weights, ...card } = JSON.parse(files[`${folder}/card.json`].toString());
      files[`${folder}/card.json`] = Buffer.from(JSON.stringify(card));
    }
    files['tracks.csv'] = samples.get('data/tracks.csv');
    return {
      files,

      args: ['predict', 'tracks.csv', '--model', folder, '--output', 'out.csv'],
      output: 'out',
    };
  };

const data =
  (name) =>
  (random, { samples, others }) => {
    const files = {
      'data/tracks.csv': samples.get('data/tracks.csv'),
      'data/labels.csv': samples.get('data/labels.csv'),
      'predictions.csv': samples.get('predictions.csv'),
    };
    files[name] = mutate(files[name], 'text', random, others);
    return { files };
  };

const training = ['train', '--model', 'logistic', '--output', 'out'];

/** What is changed, and what is then asked for: by name of the kind. */
export const kinds = {
  csv: tracks('tracks.csv'),
  'bare table': tracks('bare.csv'),
  'TrackMate table': tracks('spots.csv'),
  'TrackMate tracks': tracks('tracks.xml'),
  'TrackMate session': tracks('session.xml'),
  andi: tracks('andi/task1.txt'),
  json: tracks('tracks.json', 'json'),
  npy: tracks('tracks.npy', 'binary'),
  gzip(random, { samples, others }) {
    const name = randomElement(random, [
      'tracks.csv',
      'tracks.xml',
      'tracks.json',
      'tracks.npy',
      'andi/task1.txt',
    ]);
    const plain = samples.get(name);
    const packed = `${baseName(name)}.gz`;
    return {
      files: { [packed]: mutateGzip(gzipSync(plain), plain, random, others) },
      args: readingOf(packed, random),
      output: 'out',
    };
  },
  labels(random, sources) {
    const train = random.uniform() < 0.3;
    return {
      ...data('data/labels.csv')(random, sources),
      args: train
        ? [...training, '--data', 'data']
        : 'evaluate --predictions predictions.csv --reference data/labels.csv --json'.split(' '),
      output: 'out',
    };
  },
  predictions(random, sources) {
    const report = random.uniform() < 0.2 ? ['--report', 'out.html'] : ['--json'];
    return {
      ...data('predictions.csv')(random, sources),
      args: [
        'evaluate',
        '--predictions',
        'predictions.csv',
        '--reference',
        'data/labels.csv',
        ...report,
      ],
      output: 'out',
    };
  },
  specification(random, { samples, others }) {
    const train = random.uniform() < 0.15;
    return {
      files: { 'spec.json': tame(mutate(samples.get('spec.json'), 'json', random, others)) },
      args: train
        ? [...training, '--spec', 'spec.json', '--count', '16']
        : ['dataset', '--spec', 'spec.json', '--output', 'out'],
      output: 'out',
    };
  },
  topology: model('network', 'model.json', 'json'),
  card(random, sources) {
    const folder = randomElement(random, ['network', 'classical']);
    return model(folder, 'card.json', 'json')(random, sources);
  },
  weights: model('network', 'weights.bin', 'numbers'),
  classifier: model('classical', 'classifier.json', 'json'),
  traces(random, { samples, others }) {
    const [folder, args] = randomElement(random, [
      ['data', ['dataset', '--spec', 'spec.json', '--output', 'data']],
      ['data', ['train', '--model', 'logistic', '--data', 'data', '--output', 'data']],
      ['classical', ['predict', 'data/tracks.csv', '--model', 'classical', '--output', 'out.csv']],
    ]);
    const [name, text] = randomElement(random, [
      ['.diffusion-written.json', samples.get('data/.diffusion-written.json').toString()],
      [
        '.diffusion-replacing.json',
        '{"renames":[["a.tmp","card.json"],["b.tmp","c"]],"removes":["d"]}',
      ],
      ['.diffusion-held.json', '{"pid":1,"host":"elsewhere","since":"2026-01-01T00:00:00.000Z"}'],
    ]);
    const files = { 'spec.json': samples.get('spec.json') };
    for (const [path, bytes] of samples) if (/^(data|classical)\//.test(path)) files[path] = bytes;
    files[`${folder}/${name}`] = mutate(Buffer.from(text), 'json', random, others);
    return { files, args, output: folder === 'data' ? 'data' : 'out' };
  },
  parquet: tracks('tracks.parquet', 'binary'),
  Arrow: tracks('tracks.arrow', 'binary'),
  'graph in a zip archive': tracks('tracks.geff.zip', 'binary'),
  graph(random, { samples, others }) {
    const files = {};
    for (const [path, bytes] of samples) if (path.startsWith('tracks.geff/')) files[path] = bytes;
    const path = randomElement(random, Object.keys(files));
    const format = /\.z\w+$/.test(path) ? 'json' : 'binary';
    files[path] = mutate(files[path], format, random, others);
    return { files, args: readingOf('tracks.geff', random), output: 'out' };
  },
  'MATLAB file': tracks('utrack.mat', 'binary'),
  Icy: tracks('icy.xml'),
  MOSAIC: tracks('mosaic.txt'),
  checkpoint(random, { samples, others }) {
    const measured = samples.get('checkpoint.bin');
    const bytes =
      random.uniform() < 0.7 ? measured : ofSimulated(measured, samples.get('spec.json'));
    const start = bytes.indexOf(10) + 1;
    const end = bytes.indexOf(10, start);
    const header = random.uniform() < 0.8;
    const changed = header
      ? Buffer.concat([
          bytes.subarray(0, start),
          tame(
            random.uniform() < 0.5
              ? withOtherRun(bytes.subarray(start, end), random)
              : mutate(bytes.subarray(start, end), 'json', random, others),
          ),
          bytes.subarray(end),
        ])
      : tameHeader(mutate(bytes, 'numbers', random, others));
    return {
      files: {
        'run/checkpoint.bin': changed,
        'data/tracks.csv': samples.get('data/tracks.csv'),
        'data/labels.csv': samples.get('data/labels.csv'),
      },
      args: ['train', '--resume', 'run'],
      output: 'run',
    };
  },
};

/** How many changed files there are. */
export const count = perKind * Object.keys(kinds).length;

/**
 * Case i of the changed files, the same for ever: its files by name, the arguments, and the only output that there may
 * be.
 *
 * @param samples what is changed: see makeSamples.
 */
export function inputCase(i, samples, seed = SEED) {
  const all = Object.keys(kinds);
  const kind = all[i % all.length];
  const random = keyedRandom(seed, 1, i);
  const others = [...samples.values()];
  const made = kinds[kind](random, { samples, others });
  return { name: `input ${i} (${kind})`, program: 'diffusion', ...made };
}

/** The same of a training on simulated tracks. */
function ofSimulated(bytes, specification) {
  const { count, seed, ...set } = JSON.parse(specification.toString());
  const data = { dataSets: [set], tracksPerEpoch: 16 };
  return withHeader(bytes, ({ run, ...rest }) => ({
    ...rest,
    run: { ...run, data, origin: { files: {} } },
  }));
}

/** The header of a checkpoint with what it says of the run changed, a small part among many weights. */
function withOtherRun(header, random) {
  const { run, ...rest } = JSON.parse(header.toString());
  const tree = { run };
  let text = JSON.stringify(tree);
  for (let k = 0; k <= random.integerBelow(2); k++) text = mutateJson(text, random);
  const inner = text.trim().replace(/^\{|\}$/g, '');
  return Buffer.from(`${JSON.stringify(rest).slice(0, -1)},${inner}}`, 'latin1');
}

/**
 * Counts that a valid training or simulation would be long about become small: a specification that asks for a million
 * tracks is one that is carried out. What no machine could do stays, to be refused.
 */
function tame(bytes) {
  let tree;
  try {
    tree = JSON.parse(bytes.toString());
  } catch {
    return bytes;
  }
  const counts = new Set([
    'epochs',
    'count',
    'tracksPerEpoch',
    'length',
    'min',
    'max',
    'batchSize',
  ]);
  let changed = false;
  const walk = (node, inside) => {
    for (const key of Object.keys(node ?? {})) {
      const value = node[key];
      const counted = inside || counts.has(key);
      if (typeof value === 'object') walk(value, counted);
      else if (counted && typeof value === 'number' && value > 64 && value < 1e13) {
        node[key] = (value % 8) + 1;
        changed = true;
      }
    }
  };
  if (typeof tree === 'object') walk(tree, false);
  return changed ? Buffer.from(JSON.stringify(tree)) : bytes;
}

function tameHeader(bytes) {
  const start = bytes.indexOf(10) + 1;
  const end = bytes.indexOf(10, start);
  if (start === 0 || end < 0) return bytes;
  return Buffer.concat([
    bytes.subarray(0, start),
    tame(bytes.subarray(start, end)),
    bytes.subarray(end),
  ]);
}
