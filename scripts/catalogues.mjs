// Writes the tables of docs/networks.md and docs/weights.md: what the packages have, from their code. After a build:
//   node scripts/catalogues.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { filled, markdownTable } from './fill-place.mjs';

const root = new URL('../', import.meta.url);
const built = (path) => import(new URL(`packages/${path}`, root).href);

/** Where docs/models.md describes what has no section of its own name. */
const sections = {
  'cnn-tuned': 'cnn-and-cnn-tuned',
  cnn: 'cnn-and-cnn-tuned',
  forest: 'forest-boosting-support-vector-machine-logistic-regression',
  boosting: 'forest-boosting-support-vector-machine-logistic-regression',
  svm: 'forest-boosting-support-vector-machine-logistic-regression',
  logistic: 'forest-boosting-support-vector-machine-logistic-regression',
  likelihood: 'exact-likelihood',
  'max-test': 'rules',
  'exponent-rule': 'rules',
  'p-variation-rule': 'rules',
};
const described = (name) => `[\`${name}\`](models.md#${sections[name] ?? name})`;

const count = (number) => number.toLocaleString('en-US');
const ownWork = (paper) => (paper.startsWith('this project') ? 'this project' : paper);

/** One shape, or several, without the batch. */
function shapeText(shape) {
  if (shape.some(Array.isArray)) return shape.map(shapeText).join(' and ');
  return `[${shape.map((side) => side ?? 'any').join(', ')}]`;
}

async function networksTable() {
  const { useBackend } = await built('backends/dist/index.js');
  const { networks, describeNetwork } = await built('models/dist/index.js');
  await useBackend('wasm');
  return markdownTable(
    ['network', 'paper', 'parameters', 'takes', 'gives', 'fed by'],
    networks.map(({ name }) => {
      const { paper, parameters, inputShape, outputShape, encoder } = describeNetwork(name);
      return [
        described(name),
        ownWork(paper),
        count(parameters),
        shapeText(inputShape),
        shapeText(outputShape),
        encoder === null ? 'images' : `\`${encoder}\``,
      ];
    }),
  );
}

async function classifiersTable() {
  const { classicalModels } = await built('models/dist/classical/index.js');
  return markdownTable(
    ['name', 'kind', 'paper', 'sees', 'answers', 'made by'],
    classicalModels.map(({ name, kind, paper, sees, answers, madeBy }) => [
      described(name),
      kind,
      ownWork(paper),
      sees === 'track' ? 'the track' : sees,
      answers,
      `\`${madeBy}\``,
    ]),
  );
}

async function encodersTable() {
  const { encoder, encoders, networks } = await built('models/dist/index.js');
  return markdownTable(
    ['encoder', 'numbers per point in 1D, 2D, 3D', 'per track', 'of the networks'],
    encoders.map(({ name }) => {
      const seen = [1, 2, 3].map((dim) => encoder({ kind: name, dim, length: lengthOf(name) }));
      const numbers = (key) => [...new Set(seen.map((each) => each[key]))].join(', ');
      return [
        `[\`${name}\`](models.md#what-a-network-sees)`,
        numbers('channels'),
        numbers('features'),
        networks
          .filter(({ input }) => input?.kind === name)
          .map((network) => `\`${network.name}\``)
          .join(', '),
      ];
    }),
  );
}

/** Some encoders pad every track to one length, the others take any. */
const lengthOf = (name) => (['picture', 'flattened'].includes(name) ? 100 : null);

/** Percent or a number of two decimals, as models are judged by. */
const percent = (share) => (share === undefined ? '' : `${(100 * share).toFixed(1)} %`);
const error = (value) => (value === undefined ? '' : value.toFixed(3));

async function weightsTable(answersFor) {
  const { pretrainedModels } = await built('weights/dist/index.js');
  const rows = [];
  for (const each of pretrainedModels.filter((model) => model.answersFor === answersFor)) {
    const folder = `packages/weights/models/${each.name}`;
    const card = JSON.parse(await readFile(new URL(`${folder}/config.json`, root), 'utf8'));
    const { accuracy, mae, pointAccuracy, pointMae } = card.metrics;
    rows.push([
      `[\`${each.name}\`](../${folder}/README.md)`,
      `${each.dim}D`,
      each.classes.join(', '),
      `${each.lengths.min} to ${count(each.lengths.max)}`,
      percent(accuracy ?? pointAccuracy),
      error(mae ?? pointMae),
      described(each.network),
      `${(each.bytes / 1e6).toFixed(1)} MB`,
    ]);
  }
  return markdownTable(
    ['model', 'tracks', 'classes', 'points', 'accuracy', 'error of α', 'network', 'size'],
    rows,
  );
}

/** The tables, by the name that stands in the comment before them, of each page. */
const pages = {
  'docs/networks.md': {
    networks: networksTable,
    classifiers: classifiersTable,
    encoders: encodersTable,
  },
  'docs/weights.md': {
    tracks: () => weightsTable('track'),
    points: () => weightsTable('point'),
  },
};

/** The pages with their tables as the code has them now: path → text. */
export async function catalogues() {
  const texts = {};
  for (const [path, tables] of Object.entries(pages)) {
    let text = await readFile(new URL(path, root), 'utf8');
    for (const [name, make] of Object.entries(tables)) {
      text = filled(text, `table: ${name}`, await make(), path);
    }
    texts[path] = text;
  }
  return texts;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(await catalogues())) {
    await writeFile(new URL(path, root), text);
  }
}
