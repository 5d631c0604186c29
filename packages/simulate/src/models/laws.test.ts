import { keyedRandom } from '@diffusion/random';
import * as simulator from '../index.ts';
import { motionModels } from './motion-models.ts';

const { attm, brownian, confined, ctrw, directed, fbm, immobile, levyWalk, sbm } = simulator;

/** PURPOSE.motion: what `simulate` writes the motion of a track with. */
const motion = 1;
const points = 50;
const written = (write: (random: ReturnType<typeof keyedRandom>, out: Float64Array) => void) => {
  const out = new Float64Array(points * 2);
  write(keyedRandom(7, 0, motion), out);
  return [...out];
};

describe('the laws of the models', () => {
  const common = { count: 1, length: points, dim: 2, seed: 7 } as const;
  // D = ½ and Δt = 1 make steps of unit variance.
  it.each([
    ['immobile', {}, written((r, out) => immobile(r, out, points, 2))],
    ['brownian', {}, written((r, out) => brownian(r, out, points, 2, { step: 1 }))],
    [
      'directed',
      { speed: 0.5 },
      written((r, out) => directed(r, out, points, 2, { step: 1, drift: 0.5 })),
    ],
    [
      'confined',
      { radius: 3 },
      written((r, out) => confined(r, out, points, 2, { step: 1, radius: 3, start: 'centre' })),
    ],
    ['fbm', { alpha: 0.6 }, written((r, out) => fbm(r, out, points, 2, { alpha: 0.6, step: 1 }))],
    ['ctrw', { alpha: 0.6 }, written((r, out) => ctrw(r, out, points, 2, { alpha: 0.6, jump: 1 }))],
    [
      'levy-walk',
      { alpha: 1.6 },
      written((r, out) => levyWalk(r, out, points, 2, { alpha: 1.6, maxSpeed: 10 })),
    ],
    [
      'attm',
      { alpha: 0.6 },
      written((r, out) =>
        attm(r, out, points, 2, { alpha: 0.6, maxStep: Math.SQRT2, regime: 1, variant: '2020' }),
      ),
    ],
    ['sbm', { alpha: 0.6 }, written((r, out) => sbm(r, out, points, 2, { alpha: 0.6, step: 1 }))],
  ] as const)('%s writes what simulate gives', (model, parameters, law) => {
    const tracks = simulator.simulationFrom({ ...common, model, ...parameters }).generate();
    expect([...tracks.positions]).toEqual(law);
  });

  it('are all exported', () => {
    const names = motionModels.map(({ name }) => (name === 'levy-walk' ? 'levyWalk' : name));
    for (const name of names) expect(simulator).toHaveProperty(name, expect.any(Function));
  });
});
