import { useBackend } from '@diffusion/backends';
import { Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type Output, parseCard } from '../card.ts';
import { encoder } from '../encode/encoder.ts';
import { ensemble } from '../ensemble.ts';
import { chosenOptions } from '../networks/chosen-options.ts';
import { wadnet } from '../networks/wadnet.ts';
import { ownModel } from '../own-model.ts';
import { networkByName } from '../registry.ts';

const tracks = new Tracks({
  positions: Float64Array.from({ length: 40 }, (_, i) => Math.sin(i * i)),
  offsets: Uint32Array.of(0, 20, 40),
  dim: 1,
});
const encode = encoder({ kind: 'standardized', dim: 1, length: 20 });

/** A network whose heads always answer with these numbers. */
function saying(...heads: readonly (readonly number[])[]): LayersModel {
  const input = layers.input({ shape: [20, 1] });
  const flat = layers.flatten().apply(input) as SymbolicTensor;
  const outputs = heads.map((numbers) => {
    const dense = layers.dense({ units: numbers.length, kernelInitializer: 'zeros' });
    const answer = dense.apply(flat) as SymbolicTensor;
    dense.setWeights([dense.getWeights()[0], tf.tensor1d([...numbers])]);
    return answer;
  });
  return model({ inputs: input, outputs });
}

const modelOf = (output: Output, ...heads: readonly (readonly number[])[]) =>
  ownModel({ network: saying(...heads), encoder: encode, output });
const spread = { kind: 'exponent', spread: true } as const;

beforeAll(() => useBackend('cpu'));

describe('a model that says how far off its exponent may be', () => {
  it('gives the spread beside the exponent, alone and beside classes', async () => {
    const alone = await modelOf(spread, [0.8, Math.log(0.2)]).predict(tracks);
    expect(alone.values).toHaveLength(2);
    for (const value of alone.values!) expect(value).toBeCloseTo(0.8, 6);
    for (const value of alone.spreads!) expect(value).toBeCloseTo(0.2, 6);

    const both = { kind: 'both', classes: ['a', 'b'], spread: true } as const;
    const beside = await modelOf(both, [0.3, 0.7], [1.1, Math.log(0.4)]).predict(tracks);
    expect(beside.labels).toEqual(['b', 'b']);
    expect([...beside.probabilities!].map((p) => p.toFixed(4))).toEqual([
      '0.3000',
      '0.7000',
      '0.3000',
      '0.7000',
    ]);
    expect(beside.values![1]).toBeCloseTo(1.1, 6);
    expect(beside.spreads![1]).toBeCloseTo(0.4, 6);
  });

  it('has none where it does not say', async () => {
    const { values, spreads } = await modelOf({ kind: 'exponent' }, [0.8]).predict(tracks);
    expect(values![0]).toBeCloseTo(0.8, 6);
    expect(spreads).toBeUndefined();
  });

  it('has that of the mixture in an ensemble', async () => {
    const models = [modelOf(spread, [0.8, Math.log(0.2)]), modelOf(spread, [1.4, Math.log(0.1)])];
    const { values, spreads } = await ensemble(models).predict(tracks);
    expect(values![0]).toBeCloseTo(1.1, 6);
    // The mean variance, and 0.3 from the mean to either side.
    expect(spreads![0]).toBeCloseTo(Math.sqrt((0.04 + 0.01) / 2 + 0.09), 5);
    expect(() => ensemble([models[0], modelOf({ kind: 'exponent' }, [1])])).toThrow(
      'models[1] answers α: expected α,its spread as models[0]',
    );
  });

  it('needs two numbers', () => {
    expect(() => modelOf(spread, [0.8])).toThrow(
      'has outputs of 1: expected 2 (the exponent and the logarithm of its spread)',
    );
  });

  it.each(['xresnet', 'wadnet', 'multiscale', 'cnn'])('is what %s can be built for', (name) => {
    const network = networkByName(name);
    const options = chosenOptions(network, {}, { encoder: encode, output: spread }, 1);
    expect(network.build(options).outputs.map(({ shape }) => shape)).toEqual([[null, 2]]);
  });

  it('is said in its card', () => {
    const { card } = modelOf(spread, [0.8, 0]);
    expect(parseCard(JSON.parse(JSON.stringify(card)), 'card').output).toEqual(spread);
    const wrong = { ...card, output: { ...spread, spread: 'yes' } };
    expect(() => parseCard(wrong, 'card')).toThrow('output.spread');
  });
});

it('keeps the networks of before as they were', () => {
  expect(wadnet({ task: 1 }).outputs[0].shape).toEqual([null, 1]);
});
