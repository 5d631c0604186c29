import type { Output } from '@diffusion/models';
import { shown } from '@diffusion/tracks/messages';
import { TrainError } from './errors.ts';
import type { TrackSource } from './source.ts';

/** Arguments that a training cannot do without, as plain JavaScript may hand them over. */
interface Given {
  readonly source?: TrackSource;
  readonly output?: Output;
  readonly recipe?: unknown;
  readonly network?: unknown;
  readonly encoder?: unknown;
  readonly images?: unknown;
  readonly frame?: unknown;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const expected: {
  readonly [Name in keyof Required<Given>]: readonly [
    is: (value: unknown) => boolean,
    what: string,
  ];
} = {
  network: [
    (network) => isObject(network) || typeof network === 'string',
    'a network, or its name and options',
  ],
  images: [isObject, 'labelled images of one size'],
  frame: [isObject, "the frame of the images, such as { view: 'mask', size: 28 }"],
  encoder: [
    isObject,
    "an encoder or its specification, such as { kind: 'motion', dim: 2, length: 600 }",
  ],
  output: [
    isOutput,
    "{ kind: 'classes', classes }, { kind: 'exponent' }, { kind: 'both', classes } or { kind: 'points', classes }",
  ],
  source: [
    (source) => typeof (source as TrackSource | undefined)?.take === 'function',
    'a source of tracks, such as freshTracks or repeatedTracks give',
  ],
  recipe: [isObject, 'an object with epochs, batchSize, learningRate and seed'],
};

/** Throws {@link TrainError} that names the first of the arguments that is missing or of a wrong type. */
export function checkGiven(given: Given, names: readonly (keyof Given)[]): void {
  for (const name of names) {
    const [is, what] = expected[name];
    const value = given[name];
    if (is(value)) continue;
    const found = value === undefined ? 'is missing' : `is ${shown(value)}`;
    throw new TrainError(`${name} ${found}: expected ${what}`);
  }
}

function isOutput(value: unknown): boolean {
  const { kind, classes } = (value ?? {}) as { kind?: unknown; classes?: unknown };
  const named = kind === 'classes' || kind === 'both' || kind === 'points';
  return kind === 'exponent' || (named && Array.isArray(classes));
}
