import { joinTracks } from '@diffusion/tracks';
import { simulate, simulation, simulationFrom } from './simulate.ts';

describe('simulation', () => {
  it('gives in batches what simulate gives at once', async () => {
    const options = {
      model: 'fbm' as const,
      count: 23,
      length: { min: 5, max: 30 },
      dim: 2 as const,
      seed: 4,
      alpha: { min: 0.3, max: 1.7 },
      snr: 4,
      missed: 0.1,
    };
    const batches = [];
    for await (const batch of simulation(options).batches({ size: 10 })) batches.push(batch);
    expect(batches.map(({ count }) => count)).toEqual([10, 10, 3]);
    expect(joinTracks(batches).data).toEqual(simulate(options).data);
  });

  it('says how noise is written here, where it is written as in a data set', () => {
    const options = { model: 'brownian', count: 1, length: 5, dim: 2, seed: 1 };
    const wrong = { ...options, noise: { sigma: 0.1, per: 'coordinate' } };
    expect(() => simulationFrom(wrong)).toThrow(
      'expected sigma: 0.1, noisePer: "coordinate" in its place',
    );
    expect(() => simulationFrom({ ...options, noise: 0.1 })).toThrow('the nearest is sigma');
  });
});
