import { keyedRandom, randomElement } from '@diffusion/random';
import * as hostile from './hostile.mjs';
import { SEED } from './input-cases.mjs';

/** How many lists of arguments there are. */
export const count = 600;

/** Values that any option may be given, none of which an argument cannot hold. */
const anything = [
  ...hostile.names.filter((name) => !name.includes('\0') && name.length < 70_000),
  ...hostile.numbers,
  '-',
  '--',
  '--json',
  '=',
  ',',
  ':',
  'a=b',
  '__proto__=1',
  '1:2',
  '2:1',
  ':::',
  '{}',
  '[1]',
  '.',
  './',
  'data',
  'nothing/there',
  'tracks.csv',
  'tracks.csv/x',
  '/dev/null',
  '/dev/full',
  '/dev/zero',
  '/proc/self/mem',
  '/proc/kmsg',
  '*',
  '~',
  'x'.repeat(100_000),
];

/** A whole number of passes or tracks that is valid would be carried out, for a year. */
const never = new Set(['2147483648', '4294967296']);

const reading = {
  '--dt': ['0.5', '1e-9'],
  '--position-unit': ['µm', 'nm'],
  '--pixel-size': ['0.1'],
  '--columns': ['x=y,y=x', 'track=track', 'z='],
  '--min-length': ['1', '3'],
  '--frames': ['2:', ':5', '0:3'],
  '--split-gaps': ['0', '2'],
  '--max-unpacked': ['100', '1000000'],
  '--duplicates': ['error', 'first', 'mean'],
};
const json = { '--json': undefined };
const inputs = [
  'tracks.csv',
  'tracks.csv',
  'data',
  'tracks.npy',
  'spots.csv',
  'missing.csv',
  'spec.json',
];

/** What every command takes: what it needs, what it may be given, and its other arguments. */
const commands = {
  inspect: { needs: {}, may: { ...reading, ...json }, positional: inputs },
  simulate: {
    needs: {
      '--model': [
        'brownian',
        'fbm',
        'confined',
        'immobile',
        'directed',
        'ctrw',
        'levy-walk',
        'attm',
        'sbm',
        'FBM',
      ],
      '--count': ['1', '5'],
      '--length': ['2', '5', '3:9'],
      '--seed': ['1', '9007199254740991'],
      '--output': ['out.csv', 'out.json', 'out.xml', 'out.npy', 'out.csv.gz', 'task1.txt', 'out'],
    },
    may: {
      '--dim': ['1', '2', '3'],
      '--alpha': ['0.5', '0.4:0.6', '0.5,0.7'],
      '--dt': ['0.1'],
      '--position-unit': ['µm'],
      '--snr': ['2', '1:2'],
      '--q': ['2'],
      '--noise': ['0.1'],
      '--D': ['1', '0.1:1'],
      '--speed': ['1'],
      '--radius': ['1', '0.5,1'],
      '--missed': ['0.1', '1'],
      ...json,
    },
  },
  dataset: {
    needs: { '--output': ['out', 'data', 'a/b/c'] },
    oneOf: [
      { '--preset': ['gajowczyk2021'], '--count': ['4'], '--seed': ['1'] },
      {
        '--preset': ['andi2020'],
        '--count': ['3'],
        '--seed': ['1'],
        '--task': ['1', '2', '3'],
        '--dim': ['1', '2', '3'],
      },
      { '--spec': ['spec.json'] },
    ],
    may: {
      '--count': ['1', '3'],
      '--seed': ['2'],
      '--task': ['1'],
      '--dim': ['2'],
      '--force': undefined,
      ...json,
    },
  },
  features: {
    needs: { '--output': ['out.csv', 'out.json', 'out.arrow', 'out', 'tracks.csv'] },
    may: {
      ...reading,
      ...json,
      '--features': ['numPoints', 'straightness,efficiency', 'numPoints,numPoints', 'numpoints'],
    },
    positional: inputs,
  },
  models: { needs: {}, may: json, positional: ['describe'] },
  'models describe': {
    needs: {},
    may: {
      ...json,
      '--set': [
        'depth=1',
        'filters=4',
        'layers=12',
        'kernelSize=3',
        'units=2',
        'classes=1',
        'depth=99',
        'filters=0',
        'seed=-1',
        'length=1',
        'channels=4',
        'filters=1e7',
        'layers=__proto__',
      ],
    },
    positional: [
      'resnet',
      'xresnet',
      'wadnet',
      'multiscale',
      'cnn',
      'cnn-tuned',
      'kowalek',
      'lipnet',
      'forest',
      'svm',
      'logistic',
      'likelihood',
      'max-test',
      'exponent-rule',
      'resnt',
    ],
  },
  train: {
    needs: { '--output': ['out', 'data', 'a/b'] },
    oneOf: [
      { '--model': ['logistic', 'svm', 'forest'], '--data': ['data'] },
      { '--model': ['logistic'], '--spec': ['spec.json'], '--count': ['16'] },
      {
        '--model': ['cnn'],
        '--set': ['layers=1', 'units=1', 'filters=1'],
        '--data': ['data'],
        '--epochs': ['1'],
      },
      {
        '--model': ['xresnet', 'max-test', 'likelihood'],
        '--set': ['depth=0'],
        '--data': ['data'],
      },
      { '--resume': ['data', 'out'] },
    ],
    may: {
      '--features': ['straightness', 'efficiency,straightness'],
      '--task': ['1', 'both'],
      '--dim': ['2'],
      '--count': ['1', '8'],
      '--epochs': ['1', '2'],
      '--batch-size': ['1', '8', '1000000'],
      '--learning-rate': ['0.01', '1e300'],
      '--seed': ['1'],
      '--shards': ['1', '2', '100000'],
      '--workers': ['0', '1', '100000'],
      '--backend': ['wasm', 'cpu', 'webgpu', 'auto', 'node'],
      '--set': ['filters=-1', 'trees=2', 'x=1', 'dropout=2', 'trees=0'],
      ...json,
    },
  },
  predict: {
    needs: {
      '--model': ['classical', 'max-test', 'likelihood', 'network', 'data', 'forest', 'missing'],
      '--output': ['out.csv', 'out', 'out.json', 'tracks.csv'],
    },
    may: {
      ...reading,
      ...json,
      '--set': ['threshold=1', 'level=0.05', 'x=1'],
      '--workers': ['0', '1', '2', '100000'],
      '--backend': ['wasm', 'cpu'],
    },
    positional: inputs,
  },
  evaluate: {
    needs: {
      '--predictions': ['predictions.csv', 'data/labels.csv', 'tracks.csv', 'missing.csv'],
      '--reference': ['data/labels.csv', 'andi/ref1.txt', 'predictions.csv', 'data'],
    },
    may: { '--report': ['out.html', 'out', 'out.csv'], ...json },
  },
  start: {
    needs: { '--epochs': ['1'], '--count': ['8'] },
    may: { ...reading, '--train': undefined, '--seed': ['1'], '--output': ['out', 'a/b'] },
    positional: inputs,
  },
};

/** How often each is asked for: the main job trains, and everything but the arguments of it is tried with `train`. */
const order = [
  ...Object.keys(commands),
  'simulate',
  'dataset',
  'features',
  'train',
  'train',
  'simulate',
  'predict',
  'predict',
  'evaluate',
  'models describe',
  '',
];

/**
 * List i of arguments, the same for ever: what a command needs, some of what it may be given, and up to three mistakes.
 *
 * @param samples the files that lie in the folder: see makeSamples.
 */
export function argumentCase(i, samples, seed = SEED) {
  const random = keyedRandom(seed, 2, i);
  const command = order[i % order.length];
  const pick = (list) => randomElement(random, list);
  const files = Object.fromEntries(
    [...samples].filter(([name]) => name !== 'checkpoint.bin' && !name.endsWith('.gz')),
  );
  const name = `arguments ${i} (${command})`;
  if (command === '') {
    return { name, program: 'diffusion', args: stray(random), files };
  }
  const { needs, oneOf = [{}], may, positional = [] } = commands[command];
  const known = { ...needs, ...pick(oneOf) };
  const optional = Object.keys(may).filter(() => random.uniform() < 2 / Object.keys(may).length);
  const given = [
    ...Object.entries(known),
    ...optional.filter((option) => !(option in known)).map((option) => [option, may[option]]),
  ].map(([option, values]) => [option, values && pick(values)]);
  let lists = [
    ...(positional.length > 0 && (command !== 'start' || random.uniform() < 0.5)
      ? [[pick(positional)]]
      : []),
    ...given.map(([option, value]) => (value === undefined ? [option] : [option, value])),
  ];
  // A main job whose arguments are good takes its time.
  const mistakes = command === 'start' ? 1 + random.integerBelow(2) : random.integerBelow(4);
  for (let k = 0; k < mistakes; k++) lists = mistaken(lists, random);
  const args = lists.flat();
  return command === 'start'
    ? { name, program: 'main-job', args, files }
    : { name, program: 'diffusion', args: [...command.split(' '), ...args], files };
}

/** One mistake in a list of options. */
function mistaken(lists, random) {
  const at = random.integerBelow(Math.max(1, lists.length));
  const list = lists[at] ?? ['--json'];
  const value = () => {
    const drawn = randomElement(random, anything);
    return never.has(drawn) && /^--(epochs|count)$/.test(list[0]) ? '-1' : drawn;
  };
  const chance = random.uniform();
  const without = lists.filter((_, k) => k !== at);
  if (chance < 0.5) {
    const changed =
      list.length > 1 ? [list[0], value()] : list[0].startsWith('-') ? [list[0]] : [value()];
    return lists.length === 0 ? [[value()]] : lists.map((each, k) => (k === at ? changed : each));
  }
  // The defaults of a training are of six passes over 2,048 tracks.
  const keep = /^--(epochs|count|set)$/.test(list[0]);
  if (chance < 0.62) return keep ? lists : without;
  if (chance < 0.72) return [...lists, list];
  if (chance < 0.8) return [...lists, [value()]];
  if (chance < 0.88)
    return [
      ...lists,
      [`--${randomElement(random, ['x', 'Json', 'output-', 'model2', ''])}`, value()],
    ];
  if (chance < 0.94 && list.length > 1) return [...without, [`${list[0]}=${list[1]}`]];
  return keep ? lists : [...without, list.slice(0, 1)];
}

/** No command, or none that there is. */
function stray(random) {
  return randomElement(random, [
    [],
    ['--help'],
    ['--version'],
    ['help'],
    ['help', 'train'],
    ['help', 'nothing'],
    ['inspct', 'tracks.csv'],
    ['--json'],
    ['__proto__'],
    ['constructor'],
    [''],
    [' '],
    ['-x'],
    ['--'],
    ['--', 'inspect', 'tracks.csv'],
    ['inspect', '--help'],
    ['models', 'models'],
    ['models', 'describe'],
    [randomElement(random, anything)],
    [randomElement(random, anything), randomElement(random, anything)],
  ]);
}
