import { InputError } from '../input-error.ts';
import { checkRun } from './check-run.ts';

const run = {
  network: { name: 'cnn', options: {} },
  data: { folder: 'data' },
  epochs: 2,
  batchSize: 8,
  learningRate: 0.01,
  shards: 1,
  seed: 1,
  backend: 'wasm',
  origin: { folder: '/data', files: { 'tracks.csv': '00' } },
};
const simulated = { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: 8 };

describe('the run of a checkpoint', () => {
  it('is given back when it is one', () => {
    expect(checkRun(run, 'c')).toBe(run);
    const other = { ...run, data: simulated, origin: { files: {} } };
    expect(checkRun(other, 'c')).toBe(other);
  });

  it.each<[what: string, run: unknown, message: string]>([
    ['nothing', null, 'run is null'],
    [
      'a network without a name',
      { ...run, network: { options: {} } },
      'run.network.name is missing',
    ],
    ['a network without options', { ...run, network: { name: 'cnn' } }, 'run.network.options'],
    ['data that are a text', { ...run, data: 'constructor' }, 'run.data is "constructor"'],
    ['data without specifications', { ...run, data: {} }, 'run.data.dataSets is missing'],
    ['no specification', { ...run, data: { ...simulated, dataSets: [] } }, 'run.data.dataSets'],
    ['half a track', { ...run, data: { ...simulated, tracksPerEpoch: 0.5 } }, 'tracksPerEpoch'],
    ['no epoch', { ...run, epochs: 0 }, 'run.epochs is 0'],
    ['shards that are a list', { ...run, shards: [1] }, 'run.shards is an array'],
    ['a seed that is none', { ...run, seed: -1 }, 'run.seed is -1'],
    ['a rate that is none', { ...run, learningRate: '1' }, 'run.learningRate is "1"'],
    ['files that are a text', { ...run, origin: { files: 'x' } }, 'run.origin.files is "x"'],
  ])('is refused with %s', (_, other, message) => {
    expect(() => checkRun(other, 'c')).toThrow(InputError);
    expect(() => checkRun(other, 'c')).toThrow(message);
    expect(() => checkRun(other, 'c')).toThrow('c: is not of a training of this command');
  });
});
