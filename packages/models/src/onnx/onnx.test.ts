import { useBackend } from '@diffusion/backends';
import { memory, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { outputs, smallWadnet } from '../bank/bank.fixture.ts';
import { bankModel } from '../bank/bank-model.ts';
import { ModelError } from '../errors.ts';
import { cnn } from '../networks/cnn.ts';
import { networks } from '../networks/index.ts';
import { multiscale } from '../networks/multiscale.ts';
import { wadnet } from '../networks/wadnet.ts';
import { floatsOf, type ReadOnnx, readOnnx } from './read-onnx.fixture.ts';
import { type OnnxSource, writeOnnx } from './write-onnx.ts';
import { writeOnnxBank } from './write-onnx-bank.ts';

beforeAll(() => useBackend('wasm'));

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/** What is wrong with a graph: a name that is not there when it is taken, or there twice; a tensor that has another size. */
function faults({ nodes, initializers, inputs, outputs: results }: ReadOnnx): string[] {
  const wrong: string[] = [];
  const there = new Set<string>();
  const make = (name: string) => {
    if (there.has(name)) wrong.push(`${name} is there twice`);
    there.add(name);
  };
  for (const { name } of inputs) make(name);
  for (const { name, shape, type, bytes } of initializers) {
    make(name);
    if (bytes.length !== sizeOf(shape) * (type === 1 ? 4 : 8))
      wrong.push(`${name} has no such size`);
  }
  const taken = new Set(results.map(({ name }) => name));
  for (const node of nodes) {
    for (const name of node.inputs.filter((name) => name !== '')) {
      taken.add(name);
      if (!there.has(name)) wrong.push(`${node.name} takes ${name}`);
    }
    for (const name of node.outputs.filter((name) => name !== '')) make(name);
  }
  for (const name of there) if (!taken.has(name)) wrong.push(`nobody takes ${name}`);
  for (const { name } of results) if (!there.has(name)) wrong.push(`nothing makes ${name}`);
  return wrong;
}

const small: Record<string, Record<string, unknown>> = {
  resnet: { filters: 8, depth: 2, pooling: 'both', features: 2 },
  xresnet: { filters: 8, depth: 2, dimension: 2, activation: 'leakyRelu' },
  multiscale: { widths: [8, 12], units: 16 },
  segmenter: { widths: [8, 12, 12] },
  kowalek: { length: 40 },
  lipnet: { variant: '4c' },
};

describe('writeOnnx', () => {
  it.each(networks.map((network) => [network.name, network] as const))(
    '%s: takes what is there, and nothing is left over',
    (name, network) => {
      const built = network.build(small[name] ?? {});
      const before = memory().numTensors;
      const bytes = writeOnnx({ network: built });
      expect(memory().numTensors).toBe(before);
      const read = readOnnx(bytes);
      expect(faults(read)).toEqual([]);
      expect([read.irVersion, read.opset]).toEqual([8, 17]);
      expect(read.inputs.map((each) => each.name)).toEqual(built.inputNames);
      expect(read.outputs.map((each) => each.name)).toEqual(built.outputNames);
    },
  );

  it('names inputs and outputs, and the axes of any length', () => {
    const { inputs, outputs: results } = readOnnx(
      writeOnnx({ network: multiscale({ dim: 2, widths: [4], units: 8 }) }),
    );
    expect(inputs).toEqual([
      { name: 'track', shape: ['batch', 'time', 8] },
      { name: 'features', shape: ['batch', 3] },
    ]);
    expect(results).toEqual([
      { name: 'class', shape: ['batch', 5] },
      { name: 'exponent', shape: ['batch', 1] },
    ]);
    const [fixed] = readOnnx(writeOnnx({ network: cnn({ length: 60 }) })).inputs;
    expect(fixed).toEqual({ name: 'track', shape: ['batch', 60, 1] });
  });

  it('carries the card, and with it names outputs by what they are', () => {
    const { card } = smallWadnet({ seed: 1 });
    const named = (network: OnnxSource['network']) => readOnnx(writeOnnx({ network, card }));
    const read = named(cnn({ length: 60 }));
    expect(JSON.parse(read.metadata.card)).toEqual(card);
    expect(read.outputs.map(({ name }) => name)).toEqual(['class']);
    expect(faults(read)).toEqual([]);
  });

  it('gives the same bytes again', () => {
    const network = multiscale({ widths: [4, 6], units: 8 });
    expect(Buffer.from(writeOnnx({ network })).equals(writeOnnx({ network }))).toBe(true);
  });

  it('turns a kernel to outputs, inputs, taps, times its learned number', () => {
    const network = multiscale({ widths: [3, 4], units: 8 });
    const conv = network.getLayer('stage1.conv2');
    const [kernel, , scale] = conv.getWeights();
    const found = readOnnx(writeOnnx({ network })).initializers.find(
      ({ name }) => name === 'stage1.conv2/kernel',
    )!;
    expect(found.shape).toEqual([3, 3, 5]);
    const ours = kernel.arraySync() as number[][][];
    // Output 2, input 1, tap 4.
    const expected = Math.fround(ours[4][1][2] * scale.dataSync()[0]);
    expect(floatsOf(found)[(2 * 3 + 1) * 5 + 4]).toBe(expected);
  });

  it('puts the gates of an LSTM in the order of ONNX', () => {
    const units = 2;
    const [x, lstm] = [
      input({ shape: [null, 1] }),
      layers.lstm({
        name: 'lstm',
        units,
        recurrentActivation: 'sigmoid',
        kernelInitializer: 'ones',
        recurrentInitializer: 'zeros',
      }),
    ];
    const network = model({ inputs: x, outputs: lstm.apply(x) as SymbolicTensor });
    const gates = { input: 1, forget: 2, cell: 3, output: 4 };
    const column = Object.values(gates).flatMap((n) => new Array(units).fill(n));
    const [, recurrent] = lstm.getWeights();
    lstm.setWeights([tensor2d([column]), recurrent, tensor1d(column)]);
    const { initializers, nodes } = readOnnx(writeOnnx({ network }));
    const numbers = (name: string) =>
      floatsOf(initializers.find((each) => each.name === `lstm/${name}`)!);
    expect(numbers('kernel')).toEqual([1, 1, 4, 4, 2, 2, 3, 3]);
    expect(numbers('bias')).toEqual([1, 1, 4, 4, 2, 2, 3, 3, ...new Array(8).fill(0)]);
    const node = nodes.find(({ type }) => type === 'LSTM')!;
    expect(node.attributes).toEqual({ hidden_size: 2, activations: ['Sigmoid', 'Tanh', 'Tanh'] });
    expect(node.outputs).toEqual(['', 'lstm/LSTM']);
  });

  it('leaves out the taps that lie outside every track of a given length', () => {
    const taps = (length: number | null) => {
      const { initializers } = readOnnx(writeOnnx({ network: wadnet({ length, depth: 6 }) }));
      return [5, 6].map(
        (k) => initializers.find(({ name }) => name === `layer${k}.filter/kernel`)?.shape[2],
      );
    };
    expect(taps(20)).toEqual([3, 1]);
    expect(taps(null)).toEqual([3, 3]);
  });

  it('turns axes no more often than between layers that want them otherwise', () => {
    const turns = (network: OnnxSource['network']) =>
      readOnnx(writeOnnx({ network })).nodes.filter(({ type }) => type === 'Transpose').length;
    expect(turns(multiscale({ widths: [8, 12, 12] }))).toBe(1);
    expect(turns(wadnet())).toBe(2);
  });

  const after = (...given: { apply(x: SymbolicTensor): unknown }[]) => {
    const x = input({ shape: [8, 2] });
    const y = given.reduce((y, layer) => layer.apply(y) as SymbolicTensor, x as SymbolicTensor);
    return { network: model({ inputs: x, outputs: y }) };
  };

  class Toothed extends layers.Layer {
    static className = 'Toothed';
  }

  it.each([
    [
      'a layer that it does not know',
      () => after(layers.thresholdedReLU({ name: 'edge' })),
      "layer 'edge' (ThresholdedReLU) has no translation to ONNX",
    ],
    [
      "a layer of one's own",
      () => after(new Toothed({ name: 'saw' })),
      "layer 'saw' (Toothed) has no translation to ONNX",
    ],
    [
      'an activation that it does not know',
      () => after(layers.dense({ name: 'last', units: 2, activation: 'mish' })),
      "layer 'last' (Dense) with the activation 'mish' has no translation to ONNX",
    ],
    [
      'a sequence from behind',
      () =>
        after(
          layers.lstm({ name: 'back', units: 2, goBackwards: true, recurrentInitializer: 'zeros' }),
        ),
      "layer 'back' (LSTM) with goBackwards has no translation to ONNX",
    ],
    [
      'a normalisation over time',
      () => after(layers.batchNormalization({ name: 'norm', axis: 1 })),
      "layer 'norm' (BatchNormalization) with axis 1 has no translation to ONNX",
    ],
  ])('refuses %s, in one line', (_, source, message) => {
    const given = source();
    const before = memory().numTensors;
    expect(() => writeOnnx(given)).toThrow(new ModelError(message));
    expect(memory().numTensors).toBe(before);
  });
});

describe('writeOnnxBank', () => {
  it('writes a file for each length, with the networks of that length', () => {
    const members = [20, 20, 50].map((length, i) => ({ length, model: smallWadnet({ seed: i }) }));
    const files = writeOnnxBank(bankModel(members));
    expect([...files.keys()]).toEqual([20, 50]);
    const read = [...files.values()].map(readOnnx);
    expect(read.map(faults)).toEqual([[], []]);
    expect(read.map(({ inputs }) => inputs)).toEqual(
      [20, 50].map((length) => [{ name: 'track', shape: ['batch', 2, length, 1] }]),
    );
    expect(read[0].outputs).toEqual([{ name: 'class', shape: ['batch', 5] }]);
    const counts = read.map(({ nodes }) => nodes.filter(({ type }) => type === 'LSTM').length);
    expect(counts).toEqual([6, 3]);
    const networksOf = ({ metadata }: ReadOnnx) =>
      JSON.parse(metadata.card).bank.networks.map(({ length, fold }: Record<string, number>) => [
        length,
        fold,
      ]);
    expect(read.map(networksOf)).toEqual([
      [
        [20, 1],
        [20, 2],
      ],
      [[50, 1]],
    ]);
  });

  it('holds the correction of exponents and their limits', () => {
    const model = smallWadnet({ seed: 1, output: outputs.exponent });
    const [bytes] = writeOnnxBank(
      bankModel([{ length: 20, model }], { correction: 1.25 }),
    ).values();
    const { initializers, nodes } = readOnnx(bytes);
    const number = (name: string) => floatsOf(initializers.find((each) => each.name === name)!);
    expect(number('correction')).toEqual([1.25]);
    const clip = nodes.find(({ type }) => type === 'Clip')!;
    expect(clip.inputs.slice(1).flatMap(number)).toEqual([Math.fround(0.05), 2]);
  });
});
