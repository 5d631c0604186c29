import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { simulate } from '@diffusion/simulate';
import { joinTracks, selectTracks, Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, model } from '@tensorflow/tfjs-layers';
import { encoder } from '../encode/encoder.ts';
import { ensemble } from '../ensemble.ts';
import { ModelError } from '../errors.ts';
import { wadnetBank } from '../networks/wadnet-bank.ts';
import { loadModel } from '../node/load-model.ts';
import { saveModel } from '../node/save-model.ts';
import type { BankModel, NetworkModel } from '../predict/model.ts';
import { outputs, smallWadnet } from './bank.fixture.ts';
import { bankModel } from './bank-model.ts';

beforeAll(() => useBackend('wasm'));

const walks = (length: number, dim: 1 | 2 | 3 = 1, count = 3) =>
  simulate({ model: 'fbm', alpha: 0.7, count, length, dim, seed: length });
const mixed = joinTracks([walks(27), walks(9), walks(10), walks(27, 1, 2), walks(200), walks(19)]);

/** A bank of the lengths 10 (one network) and 20 (two), and its networks. */
function small(of: { dim?: 1 | 2 | 3; exponent?: boolean; correction?: number } = {}): {
  networks: { length: number; model: NetworkModel }[];
  bank: BankModel;
} {
  const { dim = 1, exponent = false, correction } = of;
  const output = exponent ? outputs.exponent : outputs.classes;
  const networks = [20, 10, 20].map((length, i) => ({
    length,
    model: smallWadnet({ seed: i + 1, dim, output }),
  }));
  return { networks, bank: bankModel(networks, { ...(correction && { correction }) }) };
}

/** What the paper does, by hand: crops at both ends, the head on the mean feature vector, the mean of the folds. */
function byHand(networks: readonly LayersModel[], tracks: Tracks, length: number): Float32Array {
  const { dim } = tracks;
  const points = tracks.lengthOf(0);
  const starts = points === length ? [0] : [0, points - length];
  const crops = starts.map((from) => {
    const positions = Array.from(tracks, (track) => [
      ...track.positions.subarray(from * dim, (from + length) * dim),
    ]).flat();
    const offsets = Uint32Array.from({ length: tracks.count + 1 }, (_, i) => i * length);
    const crop = new Tracks({ positions: Float64Array.from(positions), offsets, dim });
    const { inputs } = encoder({ kind: 'standardized', dim, length: null }).encode(crop);
    return tf.tensor3d(inputs, [tracks.count, length, dim]);
  });
  const answers = networks.map((network) => {
    const outputs = network.getLayer('features').output;
    const features = model({ inputs: network.inputs, outputs });
    const vectors = crops.map((crop) => features.predict(crop) as tf.Tensor);
    const mean = tf.div(
      vectors.reduce((a, b) => tf.add(a, b)),
      vectors.length,
    );
    return network.layers.at(-1)!.apply(mean) as tf.Tensor;
  });
  return tf
    .div(
      answers.reduce((a, b) => tf.add(a, b)),
      answers.length,
    )
    .dataSync() as Float32Array;
}

describe('bankModel', () => {
  it('is, to the bit, the composition of its networks', async () => {
    for (const dim of [1, 2, 3] as const) {
      const { networks, bank } = small({ dim });
      const [a, ten, b] = networks.map(({ model }) => model.network);
      for (const [points, length, folds] of [
        [10, 10, [ten]],
        [19, 10, [ten]],
        [20, 20, [a, b]],
        [27, 20, [a, b]],
        [200, 20, [a, b]],
      ] as const) {
        const tracks = walks(points, dim);
        const { probabilities, reasons } = await bank.predict(tracks);
        expect(reasons).toEqual([undefined, undefined, undefined]);
        expect(probabilities).toEqual(byHand(folds, tracks, length));
      }
      bank.dispose();
    }
  });

  it('is what wadnetBank answers of the same positions in single precision', async () => {
    const { networks, bank } = small({ dim: 2, exponent: true, correction: 1.0129 });
    const [a, ten, b] = networks.map(({ model }) => model.network);
    const other = wadnetBank(
      new Map([
        [10, [ten]],
        [20, [a, b]],
      ]),
      { correction: 1.0129 },
    );
    const tracks = walks(27, 2);
    const positions = tf.tensor3d(Float32Array.from(tracks.positions), [3, 27, 2]);
    const expected = other.predict(positions).dataSync();
    const { values } = await bank.predict(tracks);
    for (const [i, value] of values!.entries()) expect(value).toBeCloseTo(expected[i], 4);
    bank.dispose();
  });

  it('judges tracks of every length from the shortest on, in their order, each as it would alone', async () => {
    const { bank } = small();
    const { labels, probabilities, reasons } = await bank.predict(mixed);
    for (let i = 0; i < mixed.count; i++) {
      const alone = await bank.predict(selectTracks(mixed, [i]));
      expect(alone.labels![0]).toBe(labels![i]);
      const short = mixed.lengthOf(i) < 10;
      expect(reasons[i]?.kind).toBe(short ? 'too-short' : undefined);
      if (short) expect(reasons[i]!.text).toContain('9 points');
      for (let k = 0; k < 5; k++) {
        const p = probabilities![5 * i + k];
        if (short) expect(p).toBeNaN();
        else expect(p).toBeCloseTo(alone.probabilities![k], 6);
      }
    }
    bank.dispose();
  });

  it('corrects exponents and keeps them within 0.05 and 2', async () => {
    const raw = small({ exponent: true });
    for (const { model } of raw.networks) {
      const [kernel] = model.network.getLayer('exponent').getWeights();
      const bias = tf.tensor1d([0.5]);
      model.network.getLayer('exponent').setWeights([tf.zerosLike(kernel), bias]);
    }
    for (const [correction, expected] of [
      [1, 0.5],
      [1.011, 0.5055],
      [5, 2],
      [0.01, 0.05],
    ]) {
      const bank = bankModel(raw.networks, { correction });
      const { values } = await bank.predict(walks(15));
      for (const value of values!) expect(value).toBeCloseTo(expected, 6);
      bank.dispose();
    }
  });

  it('corrects an exponent beside its spread, which stays', async () => {
    const model = smallWadnet({ seed: 4, output: outputs.spread });
    const [kernel] = model.network.getLayer('exponent').getWeights();
    const head = [tf.zerosLike(kernel), tf.tensor1d([0.8, -1.5])];
    model.network.getLayer('exponent').setWeights(head);
    const plain = bankModel([{ length: 10, model }]);
    const bank = bankModel([{ length: 10, model }], { correction: 2 });
    const [before, after] = [await plain.predict(walks(15)), await bank.predict(walks(15))];
    expect(before.values![0]).toBeCloseTo(0.8, 6);
    expect(after.values![0]).toBeCloseTo(1.6, 6);
    expect({ ...after, values: before.values }).toEqual(before);
    for (const each of [plain, bank]) each.dispose();
  });

  it('knows no units: steps of 10²⁵ and of 10⁻²⁵ are answered as those of 1', async () => {
    const { networks, bank } = small();
    const tracks = walks(27);
    const { probabilities } = await bank.predict(tracks);
    const other = wadnetBank(new Map([[20, [networks[0].model.network]]]));
    const single = (unit: number) =>
      other.predict(
        tf.tensor3d(
          Float32Array.from(tracks.positions, (x) => unit * x),
          [3, 27, 1],
        ),
      );
    const expected = single(1).dataSync();
    for (const unit of [1e25, 1e-25]) {
      const scaled = new Tracks({
        ...tracks.data,
        positions: tracks.positions.map((x) => unit * x),
      });
      const found = await bank.predict(scaled);
      for (const [i, p] of found.probabilities!.entries()) {
        expect(p).toBeCloseTo(probabilities![i], 5);
      }
      for (const [i, p] of single(unit).dataSync().entries()) expect(p).toBeCloseTo(expected[i], 5);
    }
    bank.dispose();
  });

  it('refuses networks that cannot stand side by side', () => {
    const { networks, bank } = small();
    expect(() => bankModel([])).toThrow('networks is empty: expected one or more');
    const [{ model: first }] = networks;
    expect(() => bankModel([{ length: 1.5, model: first }])).toThrow('networks[0].length is 1.5');
    const alpha = smallWadnet({ seed: 9, output: outputs.exponent });
    expect(() => bankModel([...networks, { length: 30, model: alpha }])).toThrow(
      /^networks\[3\] is /,
    );
    expect(() => bankModel(networks, { correction: 0 })).toThrow('correction is 0');
    const card = { ...first.card, encoder: { kind: 'motion', dim: 1, length: 30 } } as const;
    expect(() => bankModel([{ length: 30, model: { ...first, card } }])).toThrow(
      "networks[0] is 'wadnet' on 'motion' of 30 points: expected wadnet on standardized positions of any length (null)",
    );
    bank.dispose();
  });

  it('leaves nothing behind', async () => {
    const { networks, bank } = small();
    await bank.predict(mixed);
    bank.dispose();
    for (const { model } of networks) model.dispose();
    const before = tf.memory().numTensors;
    const again = small();
    await again.bank.predict(mixed);
    again.bank.dispose();
    for (const { model } of again.networks) model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a saved bank', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bank-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is one folder with one card, and answers the same bits when it is loaded', async () => {
    const { bank } = small({ exponent: true, correction: 1.05 });
    await saveModel(folder, bank);
    expect((await readdir(folder)).sort()).toEqual(['card.json', 'model.json', 'weights.bin']);
    const before = await bank.predict(mixed);
    const loaded = (await loadModel(folder)) as BankModel;
    expect(loaded.kind).toBe('bank');
    expect(loaded.card.network.options).not.toHaveProperty('seed');
    expect(loaded.card).toMatchObject({
      network: { name: 'wadnet', options: { filters: 4 } },
      bank: {
        correction: 1.05,
        networks: [
          { length: 20, fold: 1, metrics: { validationScore: 0.1 } },
          { length: 10, fold: 1, metrics: { validationScore: 0.2 } },
          { length: 20, fold: 2, metrics: { validationScore: 0.3 } },
        ],
      },
    });
    expect(await loaded.predict(mixed)).toEqual(before);
    // Saved from what was loaded it is the same again.
    const bytes = await readFile(join(folder, 'weights.bin'));
    await saveModel(folder, loaded);
    expect((await readFile(join(folder, 'weights.bin'))).equals(bytes)).toBe(true);
    const both = ensemble([bank, loaded]);
    const joined = await both.predict(mixed);
    for (const [i, value] of joined.values!.entries()) {
      if (!joined.reasons[i]) expect(value).toBeCloseTo(before.values![i], 6);
    }
    both.dispose();
  });

  it.each<[string, string, (json: never) => void, RegExp]>([
    [
      'no networks',
      'card.json',
      ({ bank }: { bank: { networks: unknown } }) => {
        bank.networks = [];
      },
      /field "bank\.networks" is .*: expected a list of one or more networks/,
    ],
    [
      'a length that is none',
      'card.json',
      ({ bank }: { bank: { networks: { length: unknown }[] } }) => {
        bank.networks[0].length = 2.5;
      },
      /field "bank\.networks\[0\]\.length" is 2\.5/,
    ],
    [
      'a network twice',
      'card.json',
      ({ bank }: { bank: { networks: { fold: unknown }[] } }) => {
        bank.networks[2].fold = 1;
      },
      /field "bank\.networks\[2\]" is .*: expected another length or fold/,
    ],
    [
      'a correction of nothing',
      'card.json',
      ({ bank }: { bank: { correction: unknown } }) => {
        bank.correction = 0;
      },
      /field "bank\.correction" is 0: expected a positive number/,
    ],
    [
      'a network of fewer',
      'card.json',
      ({ bank }: { bank: { networks: unknown[] } }) => {
        bank.networks.pop();
      },
      /model\.json: .*weights?/,
    ],
    [
      'a name of another length',
      'card.json',
      ({ bank }: { bank: { networks: { length: unknown }[] } }) => {
        bank.networks[1].length = 11;
      },
      /model\.json: weight "10\/1\/.*": expected "11\/1\//,
    ],
    [
      'weights in another order',
      'model.json',
      ({ weightsManifest: [{ weights }] }: { weightsManifest: { weights: unknown[] }[] }) => {
        const n = weights.length / 3;
        for (const k of [0, 1, 2]) weights.splice(k * n, 0, weights.splice(k * n + 2, 1)[0]);
      },
      /in another order|is float32/,
    ],
  ] as never)('says what is wrong: %s', async (_, file, change, message) => {
    const { bank } = small();
    await saveModel(folder, bank);
    bank.dispose();
    const at = join(folder, file);
    const json = JSON.parse(await readFile(at, 'utf8'));
    change(json as never);
    await writeFile(at, JSON.stringify(json));
    const error = await loadModel(folder).catch((reason) => reason);
    expect(error).toBeInstanceOf(ModelError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
  });

  it('is damaged where a byte of it is another', async () => {
    const { bank } = small();
    await saveModel(folder, bank);
    bank.dispose();
    const bytes = await readFile(join(folder, 'weights.bin'));
    bytes.writeFloatLE(0.25, bytes.length - 400);
    await writeFile(join(folder, 'weights.bin'), bytes);
    await expect(loadModel(folder)).rejects.toThrow('weights.bin: the SHA-256 is');
  });
});
