import { dilatedConv1D, fusedBatchNormalization } from '@diffusion/backends/layers';
import {
  bankModel,
  encoder,
  networkByName,
  networkEncoder,
  ownModel,
  standardFeatures,
} from '@diffusion/models';
import { writeOnnx, writeOnnxBank } from '@diffusion/models/onnx';
import { chosenOptions, inputTensors } from '@diffusion/models/training';
import { deriveSeed, keyedRandom, randomNormal } from '@diffusion/random';
import { liposomes, simulate } from '@diffusion/simulate';
import { joinTracks, selectTracks, sliceFrames } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model } from '@tensorflow/tfjs-layers';
import { packed } from './packed.mjs';

const classes = ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'];
const outputs = {
  class: { kind: 'classes', classes },
  exponent: { kind: 'exponent' },
  spread: { kind: 'exponent', spread: true },
  both: { kind: 'both', classes },
  points: { kind: 'points', classes },
};
const names = {
  classes: ['class'],
  exponent: ['exponent'],
  both: ['class', 'exponent'],
  points: ['points'],
};

/** Tracks of one length of the five models of AnDi, in turn. */
function tracksOf(dim, length, count, seed = 1) {
  const laws = [
    { model: 'attm', alpha: 0.6 },
    { model: 'ctrw', alpha: 0.7 },
    { model: 'fbm', alpha: 1.4 },
    { model: 'levy-walk', alpha: 1.6 },
    { model: 'sbm', alpha: 0.5 },
  ];
  const each = Math.ceil(count / laws.length);
  const all = laws.map((law, i) =>
    simulate({ ...law, count: each, length, dim, snr: 5, seed: deriveSeed(seed, 'own:laws', i) }),
  );
  const inTurn = (_, i) => (i % laws.length) * each + Math.floor(i / laws.length);
  return selectTracks(
    joinTracks(all, { columns: 'common' }),
    Array.from({ length: count }, inTurn),
  );
}

/**
 * A network with weights as a training leaves them: no bias is zero, batch normalisation has the means and variances of what
 * it sees, which take twenty steps, exponents lie about 1, and logits about 0 with a deviation of 2. In a fresh network
 * batch normalisation does nothing, and a mistake in it would not be seen.
 */
function settled(network, seed, inputs) {
  tf.tidy(() => {
    const weights = network.weights.map((weight, i) => {
      const random = keyedRandom(seed, 'own:settled', i);
      const values = weight.read().dataSync();
      const other = values.map((value) => {
        const noise = randomNormal(random);
        return value * Math.exp(noise / 10) + noise / 50;
      });
      return tf.tensor(isMoving(weight) ? values : other, weight.shape);
    });
    network.setWeights(weights);
  });
  const normalizes = network.weights.some(isMoving);
  for (let step = 0; step < 20 && normalizes; step++) {
    tf.tidy(() => void network.apply(inputs(), { training: true }));
  }
  for (const { sourceLayer: head } of network.outputs) {
    if (head.getClassName() !== 'Dense') continue;
    tf.tidy(() => {
      const before = model({ inputs: network.inputs, outputs: head.input }).predict(inputs());
      const [kernel, bias] = head.getWeights();
      const { mean, variance } = tf.moments(tf.matMul(before, kernel));
      const [centre, deviation] = kernel.shape[1] <= 2 ? [1, 0.3] : [0, 2];
      const factor = tf.div(deviation, tf.sqrt(variance));
      const shift = tf.sub(centre, tf.mul(mean, factor));
      head.setWeights([tf.mul(kernel, factor), tf.add(bias, shift)]);
    });
  }
  return network;
}

/** A mean or a variance that batch normalisation follows in training. */
const isMoving = ({ originalName }) => originalName.includes('/moving_');

/** A network of the registry, fed with what `encode` writes, and its card. */
function modelOf(name, encode, output, options, seed, points) {
  const description = networkByName(name);
  const all = chosenOptions(description, options, { encoder: encode, output }, seed);
  const seen = encode.encode(tracksOf(encode.specification.dim, points, 15));
  const built = description.build(all);
  settled(built, seed, () => inputTensors(built, seen));
  const { card } = ownModel({ network: built, encoder: encode, output });
  return { network: built, card: { ...card, network: { name, options: all } } };
}

const carried = (keys, tensors) =>
  Object.fromEntries(tensors.map((x, i) => [keys[i], packed(x.shape, x.dataSync())]));

/** What a network answers, beside the inputs it was given. */
const asked = (network, inputs, inputNames, answerNames) => ({
  inputs: carried(inputNames, inputs),
  answers: carried(answerNames, [network.predict(inputs.length === 1 ? inputs[0] : inputs)].flat()),
});

/** A network of the registry, fed as `train` feeds it or as `seen` says. */
const networkCase = (
  title,
  name,
  sizes,
  { dim = 1, output = 'class', seen, options = {} } = {},
) => ({
  title,
  sizes,
  make() {
    const length = Math.max(...sizes);
    const encode = encoder({ ...networkEncoder(name, { dim, length }), ...seen?.(dim) });
    const { network, card } = modelOf(name, encode, outputs[output], options, 2, length);
    return {
      files: new Map([['', writeOnnx({ network, card })]]),
      async ask(points, batch) {
        const encoded = encode.encode(tracksOf(dim, points, batch, points));
        return tf.tidy(() => {
          const inputs = inputTensors(network, encoded);
          return asked(network, inputs, ['track', 'features'], names[outputs[output].kind]);
        });
      },
      dispose: () => network.dispose(),
    };
  },
});

/** Pictures of liposomes [count, size, size, 1]. */
function picturesOf(size, count) {
  const { pixels } = liposomes({ problem: 'lamellarity', count, size, seed: 1 }).generate();
  return tf.tensor(pixels, [count, size, size, 1]);
}

/** LipNet on pictures of liposomes: no card, inputs and outputs called as the layers are. */
const pictureCase = (variant, sizes, answer) => ({
  title: `lipnet-${variant}`,
  sizes,
  make() {
    const built = networkByName('lipnet').build({ variant });
    const network = settled(built, 3, () => picturesOf(sizes[0], 15));
    return {
      files: new Map([['', writeOnnx({ network })]]),
      async ask(size, count) {
        return tf.tidy(() => asked(network, [picturesOf(size, count)], ['picture'], [answer]));
      },
      dispose: () => network.dispose(),
    };
  },
});

/** Layers of tfjs, and what they may be told, that no network of the registry has; with its own names. */
const layersCase = () => ({
  title: 'layers of tfjs',
  sizes: [9, 40],
  make() {
    const signal = input({ name: 'signal', shape: [null, 3] });
    const stack = [
      dilatedConv1D({
        filters: 6,
        kernelSize: 3,
        dilationRate: 2,
        padding: 'causal',
        activation: 'elu',
      }),
      layers.conv1d({
        filters: 6,
        kernelSize: 4,
        strides: 2,
        padding: 'same',
        activation: 'softplus',
      }),
      layers.averagePooling1d({ poolSize: 3, strides: 1, padding: 'same' }),
      fusedBatchNormalization({ scale: false, center: false }),
      layers.conv1d({
        filters: 8,
        kernelSize: 4,
        padding: 'same',
        useBias: false,
        activation: 'softsign',
      }),
      layers.maxPooling1d({ poolSize: 3, strides: 2, padding: 'same' }),
      layers.batchNormalization(),
      layers.dense({ units: 5, useBias: false, activation: 'hardSigmoid' }),
      layers.dropout({ rate: 0.5 }),
      lstm({ units: 4, useBias: false, returnSequences: true }),
      layers.activation({ activation: 'softmax' }),
    ];
    const x = stack.reduce((x, layer) => layer.apply(x), signal);
    const beside = layers
      .concatenate({ axis: 2 })
      .apply([x, layers.leakyReLU({ alpha: 0.2 }).apply(x)]);
    const last = lstm({ name: 'last', units: 3, recurrentActivation: 'sigmoid' }).apply(beside);
    const most = layers.globalMaxPooling1d({ name: 'most' }).apply(beside);
    const built = model({ inputs: signal, outputs: [last, most] });
    const given = (size, count) => tf.randomNormal([count, size, 3], 0, 1, 'float32', size);
    const network = settled(built, 4, () => given(40, 15));
    return {
      files: new Map([['', writeOnnx({ network })]]),
      ask: async (size, count) =>
        tf.tidy(() => asked(network, [given(size, count)], ['signal'], ['last', 'most'])),
      dispose: () => network.dispose(),
    };
  },
});

/** `tf.layers.lstm`, whose usual recurrent initializer needs chained ops. */
const lstm = (options) => layers.lstm({ recurrentInitializer: 'glorotNormal', ...options });

/** A bank of two networks for 20 points and one for 50, against what `predict` says of tracks. */
const bankCase = (title, output, dim) => ({
  title,
  sizes: [20, 33, 50, 120],
  make() {
    const encode = encoder({ kind: 'standardized', dim, length: null });
    const members = [20, 20, 50].map((length, i) => ({
      length,
      model: modelOf('wadnet', encode, outputs[output], { depth: 6 }, i, length),
    }));
    const bank = bankModel(members, { correction: 1.011 });
    for (const { model } of members) model.network.dispose();
    return {
      files: new Map([...writeOnnxBank(bank)].map(([length, bytes]) => [`${length}`, bytes])),
      async ask(points, batch) {
        const tracks = tracksOf(dim, points, batch, points);
        const length = points < 50 ? 20 : 50;
        const ends = [0, points - length].map((from) => endsOf(tracks, from, length));
        const crops = ends.map((tracks) => encode.encode(tracks).inputs);
        const inputs = tf.tidy(() => {
          const pair = crops.map((crop) => tf.tensor(crop, [batch, length, dim]));
          return carried(['track'], [tf.stack(pair, 1)]);
        });
        const { probabilities, values, spreads } = await bank.predict(tracks);
        const rows = spreads
          ? Float32Array.from({ length: 2 * batch }, (_, i) =>
              i % 2 ? Math.log(spreads[i >> 1]) : values[i >> 1],
            )
          : (probabilities ?? values);
        const answers = {
          [names[outputs[output].kind][0]]: packed([batch, rows.length / batch], rows),
        };
        return { file: `${length}`, inputs, answers };
      },
      dispose: () => bank.dispose(),
    };
  },
});

/** `length` points of every track, from point `from`. */
const endsOf = (tracks, from, length) => sliceFrames(tracks, { from, to: from + length - 1 });

const measured = (dim) => ({
  features: standardFeatures(tracksOf(dim, 60, 50), ['alpha', 'straightness', 'vacf1']),
});
const anyLength = () => ({ length: null });
const picture = () => ({ kind: 'picture', options: { lags: [2, 5] } });

/** Every network of the registry, in the dimensions, outputs and encoders in which its layers differ; and banks. */
export const cases = [
  networkCase('xresnet', 'xresnet', [10, 61, 300]),
  networkCase('xresnet, any length, features', 'xresnet', [10, 33, 500], {
    dim: 2,
    seen: (dim) => ({ ...anyLength(), ...measured(dim) }),
    options: { pooling: 'both', activation: 'leakyRelu' },
  }),
  networkCase('xresnet, pictures', 'xresnet', [31, 60], {
    dim: 3,
    seen: picture,
    options: { dimension: 2, kernelSize: 3, filters: 16 },
  }),
  networkCase('resnet', 'resnet', [10, 77], { dim: 2, options: { filters: 16 } }),
  networkCase('resnet, exponent', 'resnet', [40, 80], {
    output: 'exponent',
    seen: anyLength,
    options: { filters: 16, pooling: 'max', activation: 'elu' },
  }),
  networkCase('wadnet', 'wadnet', [10, 99, 300]),
  networkCase('wadnet, exponent and spread', 'wadnet', [20, 128], { dim: 3, output: 'spread' }),
  networkCase('wadnet, one length', 'wadnet', [40], {
    dim: 2,
    output: 'exponent',
    seen: () => ({ length: 40 }),
  }),
  networkCase('multiscale', 'multiscale', [1, 2, 10, 101, 1000], { output: 'both' }),
  networkCase('multiscale, classes', 'multiscale', [5, 64], { dim: 2 }),
  networkCase('multiscale, exponent and spread', 'multiscale', [17, 200], {
    dim: 3,
    output: 'spread',
  }),
  networkCase('segmenter', 'segmenter', [1, 2, 10, 101, 500], { dim: 2, output: 'points' }),
  networkCase('cnn', 'cnn', [30, 320], { options: { layers: '12341234' } }),
  networkCase('cnn-tuned', 'cnn-tuned', [50, 300], { dim: 2 }),
  networkCase('kowalek', 'kowalek', [40, 120], { dim: 2 }),
  pictureCase('1', [28], 'head'),
  pictureCase('2', [28], 'head'),
  pictureCase('4', [28], 'head'),
  pictureCase('4c', [28, 37], 'softmax'),
  pictureCase('6', [32], 'head'),
  layersCase(),
  bankCase('bank of wadnets', 'class', 2),
  bankCase('bank of wadnets, exponent', 'exponent', 1),
  bankCase('bank of wadnets, exponent and spread', 'spread', 1),
];
