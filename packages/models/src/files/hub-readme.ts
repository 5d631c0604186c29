import { hasSpread, type NetworkCard } from '../card.ts';
import type { Domain } from '../domain/domain.ts';
import type { Json, JsonObject } from '../json.ts';

/** What the card of a model does not say of it. */
export interface HubReadmeOptions {
  /** What the model is called. */
  readonly name: string;
  /** Under which licence its weights are, as Hugging Face spells them: `mit`, `cc-by-4.0`. */
  readonly license?: string;
}

/**
 * The `README.md` of a model: the card in YAML that Hugging Face reads, and the same for people.
 *
 * @param options.numbers how many numbers its weights are, and in how many `bytes`.
 */
export function hubReadme(
  card: NetworkCard,
  {
    name,
    license,
    numbers,
    bytes,
  }: HubReadmeOptions & { readonly numbers: number; readonly bytes: number },
): string {
  const { output, domain, network, encoder, recipe, metrics, versions } = card;
  const hasSets = card.calibration?.sets !== undefined;
  const about = typeof recipe.about === 'string' ? recipe.about : undefined;
  const measured = Object.entries(metrics).filter((entry): entry is [string, number] =>
    Number.isFinite(entry[1]),
  );
  const classes = output.kind === 'exponent' ? [] : output.classes;
  const answers = [
    ...(output.kind === 'points' ? ['for every point whether the motion changes; K'] : []),
    ...(classes.length > 0 ? [`a probability for each class: ${classes.join(', ')}`] : []),
    ...(output.kind === 'classes'
      ? []
      : [
          `the anomalous exponent α${hasSpread(output) ? ' and how far off it is likely to be' : ''}`,
        ]),
  ];
  return [
    '---',
    ...(license === undefined ? [] : [`license: ${text(license)}`]),
    'library_name: diffusion',
    'tags:',
    ...tagsOf(card).map((tag) => `- ${text(tag)}`),
    ...(measured.length === 0 ? [] : ['metrics:', ...measured.map(([key]) => `- ${text(key)}`)]),
    ...resultsOf(name, recipe, measured),
    '---',
    '',
    `# ${name}`,
    '',
    ...(about === undefined ? [] : [about, '']),
    `Judges tracks of single particles in ${domain.dim}D, of ${lengthsOf(domain)}: ${answers.join('; ')}. A track`,
    `${refusedOf(domain)} gets the reason in place of an answer.`,
    '',
    '```js',
    "import { useBackend } from '@diffusion/backends';",
    ...(card.output.kind === 'points'
      ? ["import { networkSegments } from '@diffusion/models';"]
      : []),
    "import { loadModel } from '@diffusion/models/node'; // in a page: loadModelFromUrl of '@diffusion/models'",
    ...(hasSets ? ["import { setName } from '@diffusion/tracks';"] : []),
    "import { readTracks } from '@diffusion/tracks/node';",
    '',
    'await useBackend();',
    "const model = await loadModel('folder of these files');",
    "const { tracks } = await readTracks(['cells.csv']);",
    ...answersOf(card),
    '```',
    ...(hasSets ? ['', 'Where several classes are possible, the answer is their set.'] : []),
    '',
    '| file | |',
    '|---|---|',
    `| \`model.safetensors\` | ${numbers.toLocaleString('en')} numbers in ${bytes.toLocaleString('en')} bytes, axes as tfjs has them: kernels \`[width, in, out]\` |`,
    '| `config.json` | the card: network, encoder, what it has seen, recipe, figures; the topology; the SHA-256 of the weights |',
    '',
    '## Network',
    '',
    `\`${network.name}\`, fed by the encoder \`${encoder.kind}\`.`,
    '',
    ...block(network.options),
    '## Figures',
    '',
    ...(measured.length === 0
      ? ['None were measured.']
      : [
          'On tracks that training has not seen, unless the name says otherwise.',
          '',
          '| | |',
          '|---|---|',
          ...measured.map(([key, value]) => `| ${key} | ${Number(value.toPrecision(4))} |`),
        ]),
    '',
    '## What it has seen',
    '',
    `${domain.dim}D, ${lengthsOf(domain)}, at most ${Math.round(100 * domain.maxMissing)} % of frames missing.`,
    '',
    ...calibrationOf(card),
    '## Data and recipe',
    '',
    ...(Object.keys(recipe).length === 0
      ? ['The recipe is not known.', '']
      : [...repeatedBy(recipe), ...block(recipe)]),
    ...(Object.keys(versions).length === 0
      ? []
      : [
          `Made with ${Object.entries(versions)
            .map(([key, value]) => `${key} ${value}`)
            .join(', ')}.`,
        ]),
    '',
  ].join('\n');
}

function calibrationOf({ calibration }: NetworkCard): string[] {
  if (!calibration) return [];
  const { tracks, data, sets } = calibration;
  return [
    '## Calibration',
    '',
    `The probabilities are met on tracks like the ${tracks.toLocaleString('en')} that they were calibrated to, by length.${sets ? ` Each track gets the set of the classes among which its own is with probability ${sets.coverage}, and a label only where the set has one member.` : ''} Nothing is promised of other tracks than these:`,
    '',
    ...block(data),
  ];
}

/** The tracks that get no answer, by what {@link outsideDomain} asks of them. */
function refusedOf({ dim, maxLength, minMotion, ranges }: Domain): string {
  const immobile = minMotion === null ? [] : ['immobile within the noise'];
  // A model of motion knows no limits of features.
  const unlike = ranges.some(({ low }) => Object.keys(low).length > 0)
    ? ['unlike all that it has seen']
    : [];
  const long = maxLength === Number.MAX_SAFE_INTEGER ? [] : ['too long'];
  const all = ['too short', ...long, 'with too many gaps', ...immobile, ...unlike];
  return `that is ${all.join(', ')} or not in ${dim}D`;
}

/** How to ask for an answer and print that of the first track. */
function answersOf({ output, calibration }: NetworkCard): string[] {
  if (output.kind === 'points') {
    return [
      // A folder may hold what answers for whole tracks alone, and so its type says.
      "if (model.kind !== 'network') throw new Error('no network');",
      'const { segments, reasons } = await networkSegments(model, tracks);',
      'console.log(reasons[0]?.text ?? segments[0]);',
    ];
  }
  if (output.kind === 'exponent') {
    return [
      'const { values, reasons } = await model.predict(tracks);',
      'console.log(reasons[0]?.text ?? values[0]);',
    ];
  }
  return calibration?.sets
    ? [
        'const { classes, sets, probabilities, reasons } = await model.predict(tracks);',
        'console.log(reasons[0]?.text ?? setName(sets, 0, classes));',
      ]
    : [
        'const { labels, probabilities, reasons } = await model.predict(tracks);',
        'console.log(reasons[0]?.text ?? labels[0]);',
      ];
}

/** The commands that repeat a training: where it begins with a model, that one comes first. */
function repeatedBy(recipe: JsonObject): string[] {
  const starts: { file: string; where: string }[] = [];
  let known = true;
  for (let at = recipe, where = ''; at.start !== undefined; ) {
    const before = record(record(at.start).recipe);
    known = Object.keys(before).length > 0;
    if (!known) break;
    where += where === '' ? 'start.recipe' : '.start.recipe';
    starts.push({ file: `start-${starts.length + 1}`, where });
    at = before;
  }
  if (!known) return ['It begins with a model whose recipe is not known:', ''];
  if (starts.length === 0) {
    return ['Repeated by `diffusion train --recipe config.json --output FOLDER`:', ''];
  }
  const from = (k: number) => (k < starts.length ? ` --start ${starts[k].file}` : '');
  return [
    `It begins with the weights of a model that is trained before it. Save ${starts.map(({ file, where }) => `\`${where}\` of the recipe as \`${file}.json\``).join(' and ')}, then`,
    '',
    '```sh',
    ...starts
      .map(({ file }, k) => `diffusion train --recipe ${file}.json${from(k + 1)} --output ${file}`)
      .reverse(),
    `diffusion train --recipe config.json${from(0)} --output FOLDER`,
    '```',
    '',
    'repeats it:',
    '',
  ];
}

const lengthsOf = ({ minLength, maxLength }: Domain): string =>
  maxLength === Number.MAX_SAFE_INTEGER
    ? `${minLength} points or more`
    : `${minLength} to ${maxLength} points`;

const block = (value: JsonObject): string[] => [
  '```json',
  // A fence in a text of the recipe would end this one.
  ...JSON.stringify(value, null, 1).replaceAll('```', '`\\u0060`').split('\n'),
  '```',
  '',
];

const tagsOf = ({ output, domain, network }: NetworkCard): string[] => [
  'single-particle-tracking',
  'anomalous-diffusion',
  'trajectories',
  `${domain.dim}d`,
  network.name,
  ...(output.kind === 'exponent' ? [] : ['classification']),
  ...(output.kind === 'classes' ? [] : ['regression']),
];

/** Figures as Hugging Face lists them. */
function resultsOf(
  name: string,
  recipe: JsonObject,
  measured: readonly (readonly [string, number])[],
): string[] {
  if (measured.length === 0) return [];
  return [
    'model-index:',
    `- name: ${text(name)}`,
    '  results:',
    '  - task:',
    '      type: other',
    '      name: "Motion of single particles"',
    '    dataset:',
    `      name: ${text(dataOf(recipe))}`,
    `      type: ${measuredIn(recipe) ? 'measured' : 'simulated'}`,
    '    metrics:',
    ...measured.flatMap(([key, value]) => [`    - type: ${text(key)}`, `      value: ${value}`]),
  ];
}

const record = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** The folder of the tracks of a recipe that does not simulate them. */
function measuredIn({ data }: JsonObject): string | undefined {
  const { folder } = record(data);
  return typeof folder === 'string' ? folder : undefined;
}

/** What the tracks of a recipe are, in a few words: presets and priors by name, or a folder. */
function dataOf(recipe: JsonObject): string {
  const folder = measuredIn(recipe);
  // Where it lies is of no use to others, and not their business.
  if (folder) return folder.split(/[/\\]/).filter(Boolean).at(-1) ?? folder;
  const { dataSets } = record(recipe.data);
  const named = (Array.isArray(dataSets) ? dataSets : [])
    .map((set) => record(set))
    .map(({ preset, prior }) => preset ?? prior)
    .filter((each) => typeof each === 'string');
  return [...new Set(named)].join(', ') || 'tracks of the recipe';
}

/** A text in YAML, which takes those of JSON. */
const text = (value: string): string => JSON.stringify(value);
