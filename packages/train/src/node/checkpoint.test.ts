import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { checkResume } from '../check-resume.ts';
import { TrainError } from '../errors.ts';
import type { TrainingState } from '../training-state.ts';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.ts';

/** A part of the header, to be changed. */
// biome-ignore lint/suspicious/noExplicitAny: whatever somebody may write into a file
type Json = any;

let folder: string;
let path: string;
let state: TrainingState;

beforeAll(async () => {
  await useBackend('cpu');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
  path = join(folder, 'checkpoint.bin');
  state = {
    history: [{ epoch: 1, loss: 0.5, score: 0.25 }],
    weights: [tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor1d([5, 6])],
    optimizer: [
      { name: 'iter', tensor: tf.scalar(3, 'int32') },
      ...['m', 'v'].flatMap((tag) => [
        { name: `kernel/${tag}`, tensor: tf.zeros([2, 2]) },
        { name: `bias/${tag}`, tensor: tf.zeros([2]) },
      ]),
    ],
  };
  await saveCheckpoint(path, state, { seed: 1 });
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes the file again with another header, and gives the message that reading it ends in. */
async function problem(change: (header: Json) => Json): Promise<string> {
  const bytes = await readFile(path);
  const from = bytes.indexOf('\n') + 1;
  const to = bytes.indexOf('\n', from);
  const header = change(JSON.parse(bytes.toString('utf8', from, to)));
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  await writeFile(
    path,
    Buffer.concat([bytes.subarray(0, from), Buffer.from(text), bytes.subarray(to)]),
  );
  return failing();
}

async function failing(): Promise<string> {
  const end = await loadCheckpoint(path).catch((error) => error);
  if (!(end instanceof TrainError)) throw new Error(`expected a TrainError, not ${end}`);
  expect(end.message).toContain(path);
  expect(end.message).not.toMatch(/[\r\n]/);
  return end.message;
}

describe('a checkpoint', () => {
  it('is read as it was saved', async () => {
    const loaded = await loadCheckpoint(path);
    expect(loaded.run).toEqual({ seed: 1 });
    expect(loaded.state.history).toEqual(state.history);
    expect(loaded.state.weights.map((tensor) => tensor.arraySync())).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [5, 6],
    ]);
    expect(loaded.state.optimizer[0].tensor.dataSync()[0]).toBe(3);
  });

  it.each<[string, (header: Json) => Json, string]>([
    ['null', () => null, 'lacks history or specs'],
    ['a list', () => [], 'lacks history or specs'],
    ['deep', () => `{"a":${'['.repeat(2e5)}${']'.repeat(2e5)}}`, 'nested more than 100 deep'],
    [
      'of null specs',
      (header) => ({ ...header, specs: [null] }),
      'the name of a weight is missing',
    ],
    [
      'of a weight without a shape',
      (header) => ({ ...header, specs: [{ ...header.specs[0], shape: null }] }),
      'weight "weight/0" has the shape null',
    ],
    [
      'doubled',
      (header) => ({ ...header, specs: [...header.specs, ...header.specs] }),
      'weight "weight/0" is listed twice',
    ],
    [
      'of weights in another order',
      (header) => ({
        ...header,
        specs: header.specs.toReversed?.() ?? [...header.specs].reverse(),
      }),
      'names "weight/1": expected weight/0',
    ],
    [
      'of something else',
      (header) => ({ ...header, specs: [{ ...header.specs[0], name: '__proto__' }] }),
      'names "__proto__": expected a weight',
    ],
    ['of null epochs', (header) => ({ ...header, history: [null] }), 'has no numbers of epoch 1'],
    ['of epochs in words', (header) => ({ ...header, history: [{ epoch: 'one' }] }), 'of epoch 1'],
    ['of fewer weights', (header) => ({ ...header, specs: header.specs.slice(1, 1) }), 'cut short'],
  ])('is refused with a header that is %s', async (_, change, message) => {
    expect(await problem(change)).toContain(message);
  });

  it('is refused with weights that are no numbers, and as a link to a device', async () => {
    const bytes = await readFile(path);
    bytes.writeFloatLE(Number.NaN, bytes.length - 4);
    await writeFile(path, bytes);
    expect(await failing()).toContain('weight "optimizer/bias/v"[1] is NaN');
    await rm(path);
    await symlink('/dev/zero', path);
    expect(await failing()).toContain('is a device: expected a file');
  });

  it('is of the network that goes on, or refused', () => {
    const networkOf = (units: number) =>
      sequential({ layers: [layers.dense({ units, inputShape: [2] })] });
    const recipe = { epochs: 2, batchSize: 1, learningRate: 1, seed: 1 };
    const check = (network: LayersModel, from: TrainingState, change = {}) =>
      checkResume(network, from, { kind: 'exponent' }, { ...recipe, ...change });
    expect(() => check(networkOf(2), state)).not.toThrow();
    expect(() => check(networkOf(2), state, { optimizer: { name: 'sgd' } })).toThrow(
      'expected 1 of each of 2 weights, of their shapes; it is of another network or optimizer',
    );
    expect(() => check(networkOf(2), state, { stopping: {} })).not.toThrow();
    const validated = [{ ...state.history[0], validationLoss: 1 }];
    expect(() => check(networkOf(2), { ...state, history: validated }, { stopping: {} })).toThrow(
      'the state to go on from has no best weights',
    );
    expect(() => check(networkOf(2), { ...state, best: [] })).toThrow(
      'has 0 best weights: expected 2',
    );
    expect(() => check(networkOf(3), state)).toThrow(
      'has the shape [2,2] for number 0 of its weights: expected [2,3]; it is of another network',
    );
    expect(() => check(networkOf(2), { ...state, weights: [] })).toThrow(
      'has 0 weights: expected 2',
    );
    const optimizer = [...state.optimizer, ...state.optimizer];
    expect(() => check(networkOf(2), { ...state, optimizer })).toThrow('9 moments');
    const averages = [tf.zeros([7])];
    expect(() => check(networkOf(2), { ...state, averages })).toThrow('has 1 averages: expected 2');
  });
});
