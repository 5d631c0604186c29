import { useBackend } from '@diffusion/backends';
import {
  bankModel,
  defineEncoder,
  encoder,
  ensemble,
  multiscale,
  type NetworkCard,
  type Output,
  segmenter,
  trackModel,
  wadnet,
  xresnet,
} from '@diffusion/models';
import { networkAnswers, pointAnswers } from '@diffusion/models/inference';
import { dataSet } from '@diffusion/simulate';
import { selectTracks, Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import {
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { shake } from './explain.fixture.ts';
import { type ExplainOptions, explainTracks } from './explain-tracks.ts';
import type { Relevance } from './relevance.ts';

beforeAll(() => useBackend('wasm'));

const classes = ['brownian', 'directed', 'confined'];
const open = {
  dim: 2,
  minLength: 2,
  maxLength: 1000,
  maxMissing: 1,
  minMotion: null,
  ranges: [{ from: 0, to: Number.MAX_SAFE_INTEGER, low: {}, high: {} }],
};

const card = (
  name: string,
  options: object,
  output: Output,
  specification: NetworkCard['encoder'],
): NetworkCard => ({
  format: 'diffusion-model',
  version: 1,
  network: { name, options: options as NetworkCard['network']['options'] },
  output,
  encoder: specification,
  domain: open,
  recipe: {},
  metrics: {},
  versions: {},
});

/** Tracks of several lengths. */
const tracks = dataSet({
  count: 8,
  length: { min: 12, max: 20 },
  dim: 2,
  seed: 4,
  classes: [
    { model: 'brownian', parameters: {} },
    { model: 'directed', parameters: { speed: 1 } },
  ],
}).generate();

const small = (seed: number, output: Output = { kind: 'both', classes }) => {
  const task = output.kind === 'both' ? 'both' : 'class';
  const network = multiscale({ dim: 2, widths: [6, 8], units: 8, classes: 3, task, seed });
  return trackModel(
    shake(network),
    card('multiscale', {}, output, { kind: 'multiscale', dim: 2, length: null }),
  );
};

/** Of several tracks the first two, of one length: an integral takes long. */
const few = (of: Tracks): Tracks => {
  const [length] = [of.lengthOf(0)];
  const rows = [...Array(of.count).keys()].filter((i) => of.lengthOf(i) === length);
  return selectTracks(of, rows.slice(0, 2));
};

/** Per track what points, features and nothing took, which is the answer. */
function sums({ points, features, featureNames = [], absorbed }: Relevance, of: Tracks): number[] {
  return Array.from(absorbed, (left, i) => {
    let sum = left;
    for (let p = of.offsets[i]; p < of.offsets[i + 1]; p++) sum += points[p];
    for (let k = 0; k < featureNames.length; k++) {
      sum += (features as Float32Array)[i * featureNames.length + k];
    }
    return sum;
  });
}

function expectWhole(relevance: Relevance, of: Tracks): void {
  for (const [i, sum] of sums(relevance, of).entries()) {
    expect(Math.abs(sum - relevance.output[i])).toBeLessThan(
      1e-3 * Math.max(1, Math.abs(relevance.output[i])),
    );
  }
}

const methods: ExplainOptions[] = [
  { method: 'lrp' },
  { method: 'lrp', rule: { kind: 'gamma' }, denseRule: { kind: 'epsilon' } },
  { method: 'gradient-input' },
  { method: 'smooth-gradient', samples: 3 },
];

describe('explainTracks', () => {
  it.each(methods)(
    'parts the answer among points, features and what is absorbed: %o',
    async (options) => {
      const model = small(1);
      for (const target of ['class', 'exponent', 'directed'] as const) {
        const relevance = await explainTracks(tracks, model, { ...options, target });
        expectWhole(relevance, tracks);
        expect(relevance.featureNames).toEqual(['ln length', 'x ln spread', 'y ln spread']);
        const parts = Object.values(relevance.parts) as Float32Array[];
        expect(Object.keys(relevance.parts).sort()).toEqual(['displacements', 'positions']);
        for (const [p, point] of relevance.points.entries()) {
          expect(parts[0][p] + parts[1][p]).toBeCloseTo(point, 4);
        }
      }
      model.dispose();
    },
  );

  it.each(['zeros', 'mean'] as const)(
    'of integrated gradients is complete, from %s',
    async (baseline) => {
      const model = small(1);
      const some = few(tracks);
      const options = { method: 'integrated-gradients', baseline, tolerance: 0.01 } as const;
      const relevance = await explainTracks(some, model, options);
      expect(relevance.baseline).toBe(baseline);
      for (const [i, sum] of sums(relevance, some).entries()) {
        const points = relevance.points.subarray(some.offsets[i], some.offsets[i + 1]);
        const size = points.reduce((total, each) => total + Math.abs(each), 0);
        // Shares of points add up what cancels within them.
        const allowed = 0.01 * Math.max(Math.abs(relevance.output[i]), 0.02 * size);
        expect(Math.abs(sum - relevance.output[i])).toBeLessThan(allowed);
      }
      // A fixed number of steps is what it is.
      const coarse = await explainTracks(some, model, { ...options, steps: 2 });
      const apart = sums(coarse, some).map((sum, i) => Math.abs(sum - coarse.output[i]));
      expect(Math.max(...apart)).toBeGreaterThan(0.05);
      model.dispose();
    },
  );
});

describe('the points that numbers come from', () => {
  /** A network that adds up what it is fed, each number times its place: its relevance is known by hand. */
  const summing = (channels: number, length: number | null): LayersModel => {
    const track = input({ shape: [length, channels] });
    const mean = layers.globalAveragePooling1d({}).apply(track) as SymbolicTensor;
    const answer = layers.dense({ units: 3, activation: 'softmax' }).apply(mean) as SymbolicTensor;
    return model({ inputs: track, outputs: answer });
  };
  const positions = [0, 0, 1, 0, 3, 1, 3, 4, 2, 4, 0, 5];
  const one = new Tracks({ positions, offsets: [0, 6], dim: 2 });

  it.each([
    ['multiscale', null],
    ['motion', 9],
    ['motion', null],
    ['standardized', 8],
    ['pointwise', null],
    ['invariant', null],
    ['coordinatewise', null],
  ] as const)('of %s, length %s, are those of its origins', async (kind, length) => {
    const specification = { kind, dim: 2 as const, length };
    const encode = encoder(specification);
    const network = summing(encode.channels, length);
    // Encoders with numbers per track have a second input, which this network has no use for.
    const fed = { ...encode, features: 0 };
    const judge = trackModel(
      network,
      card('own', {}, { kind: 'classes', classes }, specification),
      fed,
    );
    const found = await explainTracks(one, judge, { method: 'gradient-input', target: [1] });
    const { inputs } = encode.encode(one);
    const [kernel, bias] = network.getWeights().map((each) => each.dataSync());
    const points = new Float64Array(6);
    const places = length ?? 6;
    let apart = bias[1];
    for (let place = 0; place < places; place++) {
      encode.origins?.forEach(({ of, points: reach }, c) => {
        const value = (inputs[place * encode.channels + c] * kernel[c * 3 + 1]) / places;
        if (of === 'track') apart += value;
        else {
          for (const offset of reach) {
            points[Math.min(5, Math.max(0, place + offset))] += value / reach.length;
          }
        }
      });
    }
    for (const [p, point] of points.entries()) expect(found.points[p]).toBeCloseTo(point, 5);
    expect(points.some((point) => Math.abs(point) > 1e-3)).toBe(true);
    const sum = points.reduce((total, each) => total + each, apart);
    expect(found.output[0]).toBeCloseTo(sum, 4);
    judge.dispose();
  });

  it.each(['points', 'coordinates'] as const)(
    'of a flattened track are found in the order of %s, and what is the same along it stands apart',
    async (order) => {
      const options = { order, lags: [2] };
      const specification = { kind: 'flattened', dim: 2 as const, length: 7, options };
      const encode = encoder(specification);
      const network = summing(2, 14);
      const about = card('own', {}, { kind: 'classes', classes }, specification);
      const judge = trackModel(network, about, encode);
      const found = await explainTracks(one, judge, { method: 'gradient-input', target: [2] });
      const [kernel] = network.getWeights().map((each) => each.dataSync());
      const { inputs } = encode.encode(one);
      for (let t = 0; t < 6; t++) {
        const at = (axis: number) => (order === 'points' ? 2 * t + axis : 7 * axis + t);
        const expected = ((inputs[2 * at(0)] + inputs[2 * at(1)]) * kernel[2]) / 14;
        expect(found.points[t]).toBeCloseTo(expected, 5);
      }
      expect(found.featureNames).toEqual(['autocorrelation 2']);
      expectWhole({ ...found, absorbed: found.absorbed }, one);
      judge.dispose();
    },
  );

  it('are those of a picture, row by row', async () => {
    const specification = { kind: 'picture', dim: 2 as const, length: 8 };
    const network = xresnet({ dimension: 2, filters: 8, depth: 1, length: 8, classes: 3 });
    const about = card('xresnet', {}, { kind: 'classes', classes }, specification);
    const judge = trackModel(shake(network), about);
    const found = await explainTracks(one, judge, { method: 'lrp' });
    expectWhole(found, one);
    expect(found.points).toHaveLength(6);
    judge.dispose();
  });

  it('of an encoder of one’s own that does not tell are those where the numbers stand', async () => {
    const own = defineEncoder({
      name: 'raw',
      channels: (dim) => dim,
      write: ({ positions }, out) => out.set(positions),
    });
    const specification = { kind: 'raw', dim: 2 as const, length: null };
    const network = summing(2, null);
    const about = card('own', {}, { kind: 'classes', classes }, specification);
    const judge = trackModel(network, about, encoder(specification, [own]));
    const found = await explainTracks(one, judge, { method: 'gradient-input', target: [0] });
    const [kernel] = network.getWeights().map((each) => each.dataSync());
    for (let t = 0; t < 6; t++) {
      const expected = (positions[2 * t] * kernel[0] + positions[2 * t + 1] * kernel[3]) / 6;
      expect(found.points[t]).toBeCloseTo(expected, 5);
    }
    judge.dispose();
  });
});

describe('models of several networks', () => {
  it('are explained by the mean over an ensemble', async () => {
    const members = [small(1), small(2)];
    const both = ensemble(members);
    const target = Int32Array.from({ length: tracks.count }, (_, i) => i % 3);
    for (const options of methods) {
      const joined = await explainTracks(tracks, both, { ...options, target });
      const [a, b] = [
        await explainTracks(tracks, members[0], { ...options, target }),
        await explainTracks(tracks, members[1], { ...options, target }),
      ];
      for (const [p, point] of joined.points.entries()) {
        expect(point).toBeCloseTo((a.points[p] + b.points[p]) / 2, 4);
      }
      expectWhole(joined, tracks);
    }
    both.dispose();
  });

  it('are explained by the crops of a bank, whose correction is in the answer', async () => {
    const output = { kind: 'exponent' } as const;
    const ofLength = (length: number, seed: number) => {
      const options = { dim: 2, task: 1, filters: 4, depth: 3, units: 4 } as const;
      const network = shake(wadnet({ ...options, seed }));
      const specification = { kind: 'standardized', dim: 2, length: null } as const;
      return { length, model: trackModel(network, card('wadnet', options, output, specification)) };
    };
    const networks = [ofLength(10, 1), ofLength(14, 2), ofLength(14, 3)];
    const bank = bankModel(networks, { correction: 1.01 });
    for (const options of methods) {
      const found = await explainTracks(tracks, bank, options);
      expect([...found.target]).toEqual(new Array(tracks.count).fill(-1));
      expectWhole(found, tracks);
      const { values } = await bank.predict(tracks);
      for (const [i, value] of found.output.entries()) {
        // What is predicted is cut to [0.05, 2].
        expect(Math.min(2, Math.max(0.05, value))).toBeCloseTo((values as Float32Array)[i], 4);
      }
      // Points between the two crops, of which there are none here, would have nothing.
      expect([...found.points].filter((point) => point !== 0).length).toBeGreaterThan(100);
    }
    bank.dispose();
    for (const { model } of networks) model.dispose();
  });
});

describe('a model that answers for every point', () => {
  const output = { kind: 'points', classes } as const;
  const made = () =>
    trackModel(
      shake(segmenter({ channels: 13, outputs: 8, widths: [6, 8, 8] })),
      card('segmenter', {}, output, { kind: 'pointwise', dim: 2, length: null }),
    );

  it.each(['class', 'exponent', 'diffusion', 'change'] as const)(
    'is explained at one of them: %s',
    async (target) => {
      const judge = made();
      const answers = await pointAnswers(judge.network, judge.encoder, tracks, [
        ...Array(tracks.count).keys(),
      ]);
      for (const options of methods) {
        const found = await explainTracks(tracks, judge, { ...options, target, at: 5 });
        expectWhole(found, tracks);
        for (let i = 0; i < tracks.count; i++) {
          const row = answers.subarray((tracks.offsets[i] + 5) * 8, (tracks.offsets[i] + 6) * 8);
          const place = { '-1': 4, '-2': 5, '-3': 3 }[found.target[i]] ?? found.target[i];
          expect(found.output[i]).toBeCloseTo(row[place], 4);
        }
      }
      judge.dispose();
    },
  );

  it('has to be told which', async () => {
    const judge = made();
    await expect(explainTracks(tracks, judge, { method: 'lrp' })).rejects.toThrow(
      'at is undefined: the model answers for every point',
    );
    await expect(explainTracks(tracks, judge, { method: 'lrp', at: 30 })).rejects.toThrow(
      /^at is 30 of track 0: expected a point from 0 to \d+$/,
    );
    judge.dispose();
  });
});

describe('what explainTracks does not explain', () => {
  it('is a track outside of what the model has seen, which has its reason', async () => {
    const judge = small(1);
    const odd = { ...judge.card, domain: { ...open, minLength: 16 } };
    const found = await explainTracks(tracks, trackModel(judge.network, odd), { method: 'lrp' });
    for (let i = 0; i < tracks.count; i++) {
      const short = tracks.lengthOf(i) < 16;
      expect(found.reasons[i]?.kind).toBe(short ? 'too-short' : undefined);
      expect(Number.isNaN(found.output[i])).toBe(short);
      expect(Number.isNaN(found.points[tracks.offsets[i]])).toBe(short);
    }
    expect(found.reasons.filter(Boolean).length).toBeGreaterThan(0);
    judge.dispose();
  });

  it.each([
    [{ method: 'lpr' }, 'method is "lpr": expected lrp, integrated-gradients'],
    [{ method: 'lrp', rule: { kind: 'delta' } }, 'rule is "delta": expected { kind } of epsilon'],
    [
      { method: 'lrp', rule: { kind: 'epsilon', epsilon: 0 } },
      'rule.epsilon is 0: expected a posi',
    ],
    [{ method: 'lrp', denseRule: { kind: 'gamma', gamma: -1 } }, 'denseRule.gamma is -1: expected'],
    [{ method: 'lrp', rule: { kind: 'alpha-beta', alpha: 1 } }, 'rule has alpha 1 and beta 1: exp'],
    [{ method: 'lrp', target: 'fbm' }, 'target is "fbm": expected class, exponent, brownian'],
    [{ method: 'lrp', target: [1, 2] }, 'target has 2 codes: expected 8, one per track'],
    [{ method: 'lrp', target: Array(8).fill(3) }, 'target[0] is 3: expected one of 0, 1, 2, -1'],
    [{ method: 'lrp', at: 1 }, 'at is 1: the model answers for whole tracks: expected it to be'],
    [{ method: 'integrated-gradients', steps: 0 }, 'steps is 0: expected an integer from 1 to'],
    [{ method: 'integrated-gradients', baseline: 'x' }, 'baseline is "x": expected zeros or mean'],
    [{ method: 'smooth-gradient', noise: -1 }, 'noise is -1: expected a positive number'],
    [{ method: 'lrp', mehtod: 1 }, 'mehtod is 1: unknown option; did you mean method?'],
  ])('is asked for wrongly: %j', async (options, message) => {
    const judge = small(1);
    await expect(explainTracks(tracks, judge, options as never)).rejects.toThrow(message);
    judge.dispose();
  });
});

describe('networks of one’s own', () => {
  /** Doubles what it is given: a layer that nobody knows. */
  class Twice extends layers.Layer {
    static readonly className = 'Twice';
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return tf.mul([inputs].flat()[0], 2);
    }
  }
  const specification = { kind: 'standardized', dim: 2, length: null } as const;
  const about = card('own', {}, { kind: 'classes', classes }, specification);

  it('of layers of tfjs are explained by every method', async () => {
    const own = sequential({
      layers: [
        layers.conv1d({ inputShape: [null, 2], filters: 5, kernelSize: 3, padding: 'same' }),
        layers.batchNormalization(),
        layers.reLU(),
        layers.averagePooling1d({ poolSize: 2 }),
        layers.lstm({
          units: 4,
          recurrentActivation: 'sigmoid',
          recurrentInitializer: 'glorotNormal',
        }),
        layers.dense({ units: 3 }),
        layers.softmax(),
      ],
    });
    const judge = trackModel(shake(own), about);
    for (const options of methods) {
      expectWhole(await explainTracks(tracks, judge, options), tracks);
    }
    judge.dispose();
  });

  it('of other layers are explained by gradients, and relevance says which it has no rule for', async () => {
    const own = sequential({
      layers: [
        new Twice({ inputShape: [null, 2], name: 'twice' }),
        layers.globalAveragePooling1d({}),
        layers.dense({ units: 3, activation: 'softmax' }),
      ],
    });
    const judge = trackModel(own, about);
    expectWhole(await explainTracks(tracks, judge, { method: 'gradient-input' }), tracks);
    await expect(explainTracks(tracks, judge, { method: 'lrp' })).rejects.toThrow(
      "layer 'twice' is a Twice, which relevance has no rule for",
    );
    judge.dispose();
  });

  it('are what is explained: a classifier without one is not', async () => {
    const { card, ...others } = small(1);
    const forest = { ...others, card: { ...card, network: { name: 'forest', options: {} } } };
    await expect(
      explainTracks(tracks, { ...forest, kind: 'classical' } as never, { method: 'lrp' }),
    ).rejects.toThrow('model is forest, a classifier without a network: expected networks');
    others.dispose();
  });
});

it('leaves no tensor behind, and gives the same again', async () => {
  const judge = small(1);
  const before = tf.memory().numTensors;
  for (const options of [...methods, { method: 'integrated-gradients', steps: 4 } as const]) {
    const first = await explainTracks(tracks, judge, options);
    const again = await explainTracks(tracks, judge, { ...options, batchSize: 3 });
    expect(
      again.points.map((each, p) => Math.abs(each - first.points[p])).every((d) => d < 1e-4),
    ).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
  }
  judge.dispose();
});

it('explains the logits that the probabilities are of', async () => {
  const judge = small(1, { kind: 'classes', classes });
  const rows = [...Array(tracks.count).keys()];
  const probabilities = await networkAnswers(judge.network, judge.encoder, tracks, rows);
  const logits = [0, 1, 2].map((code) =>
    explainTracks(tracks, judge, { method: 'gradient-input', target: Array(8).fill(code) }),
  );
  const outputs: Float32Array[] = [];
  for (const each of logits) outputs.push((await each).output);
  for (const i of rows) {
    const powers = outputs.map((output) => Math.exp(output[i]));
    const total = powers.reduce((sum, power) => sum + power, 0);
    for (const [code, power] of powers.entries()) {
      expect(power / total).toBeCloseTo(probabilities[3 * i + code], 5);
    }
  }
  judge.dispose();
});
