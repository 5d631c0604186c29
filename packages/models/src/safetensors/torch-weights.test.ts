import { useBackend } from '@diffusion/backends';
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { multiscale } from '../networks/multiscale.ts';
import { xresnet } from '../networks/xresnet.ts';
import { loadTorchWeights, torchWeights } from './torch-weights.ts';

beforeAll(() => useBackend('wasm'));

const bits = (network: LayersModel) => network.getWeights().map((w) => [...w.dataSync()]);

describe('weights in the layout of PyTorch', () => {
  it.each([
    ['xresnet', (seed: number) => xresnet({ filters: 8, depth: 2, features: 1, seed })],
    ['multiscale', (seed: number) => multiscale({ widths: [4, 6], units: 8, seed })],
  ])('%s comes back with the same bits', (_, build) => {
    const [from, to] = [build(1), build(2)];
    loadTorchWeights(to, torchWeights(from));
    expect(bits(to)).toEqual(bits(from));
  });

  it('puts the output channel first, then the input channel', () => {
    const network = xresnet({ filters: 8, depth: 1, channels: 3 });
    const { shape, values } = torchWeights(network)['stem1.conv.weight'];
    expect(shape).toEqual([4, 3, 5]);
    const kernel = network.getLayer('stem1.conv').getWeights()[0].arraySync() as number[][][];
    // Output 2, input 1, tap 3.
    expect(values[(2 * 3 + 1) * 5 + 3]).toBe(kernel[3][1][2]);
  });

  it('adds the two biases of an LSTM', () => {
    const x = input({ shape: [null, 2] });
    const lstm = layers.lstm({
      name: 'lstm',
      units: 3,
      recurrentInitializer: initializers.glorotUniform({ seed: 1 }),
    });
    const network = model({ inputs: x, outputs: lstm.apply(x) as SymbolicTensor });
    const state = torchWeights(network);
    expect(Object.fromEntries(Object.entries(state).map(([n, t]) => [n, t.shape]))).toEqual({
      'lstm.weight_ih_l0': [12, 2],
      'lstm.weight_hh_l0': [12, 3],
      'lstm.bias_ih_l0': [12],
      'lstm.bias_hh_l0': [12],
    });
    const halves = { shape: [12], values: new Float32Array(12).fill(0.25) };
    loadTorchWeights(network, { ...state, 'lstm.bias_ih_l0': halves, 'lstm.bias_hh_l0': halves });
    expect(bits(network)[2]).toEqual(new Array(12).fill(0.5));
  });

  it('refuses what does not fit and leaves the model as it was', () => {
    const network = xresnet({ filters: 8, depth: 1 });
    const before = bits(network);
    const state = torchWeights(xresnet({ filters: 8, depth: 1, seed: 9 }));
    const { 'head.bias': bias, ...without } = state;
    const refuse = (tensors: Parameters<typeof loadTorchWeights>[1], message: string) =>
      expect(() => loadTorchWeights(network, tensors)).toThrow(message);
    refuse(without, 'weights: there is no tensor "head.bias" for xresnet');
    refuse({ ...state, more: bias }, 'weights: xresnet has no place for tensor "more"');
    refuse(
      { ...state, 'stem2.conv.weight': { shape: [8, 3, 5], values: new Float32Array(120) } },
      'weights: tensor "stem2.conv.weight" has shape [8,3,5]: xresnet expects [8,2,5]',
    );
    refuse({ ...state, 'head.weight': bias }, 'weights: tensor "head.weight" has shape [4]');
    expect(bits(network)).toEqual(before);
    loadTorchWeights(network, { ...state, 'stem1.norm.num_batches_tracked': bias });
    expect(bits(network)).not.toEqual(before);
  });
});
