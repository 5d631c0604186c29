import { isTextColumn } from '@diffusion/tracks';
import { dataSet, dataSetFrom } from '../data-set.ts';
import { ParameterError } from '../errors.ts';
import { motionModels } from '../models/motion-models.ts';
import { simulate, simulationFrom } from '../simulate.ts';
import type { MixtureSpecification } from './mixture-specification.ts';

const specification: MixtureSpecification = {
  count: 100,
  seed: 3,
  dim: 2,
  length: { min: 5, max: 20 },
  dt: 0.02,
  positionUnit: 'µm',
  timeUnit: 's',
  noise: { sigma: { min: 0.01, max: 0.05 } },
  classes: [
    { model: 'brownian', label: 'free', share: 2, parameters: { D: { min: 0.1, max: 1 } } },
    { model: 'fbm', label: 'sub', parameters: { alpha: [0.3, 0.5] } },
    { model: 'immobile', label: 'stuck' },
    { model: 'confined', label: 'stuck', share: 0, parameters: { radius: 1 } },
  ],
};

describe('dataSet of a mixture', () => {
  const set = dataSet(specification);
  const tracks = set.generate();
  const label = tracks.trackColumns.label;
  const codes = isTextColumn(label) ? [...label.codes] : [];

  it('has classes by their shares, in the order of the specification', () => {
    expect(set.classes).toEqual(['free', 'sub', 'stuck']);
    expect([0, 1, 2].map((k) => codes.filter((code) => code === k).length)).toEqual([50, 25, 25]);
  });

  it('draws parameters within their ranges, NaN where a class has none', () => {
    const alpha = tracks.trackColumns.alpha as Float64Array;
    const D = tracks.trackColumns.D as Float64Array;
    for (let i = 0; i < 100; i++) {
      expect(tracks.lengthOf(i)).toBeGreaterThanOrEqual(5);
      expect(tracks.lengthOf(i)).toBeLessThanOrEqual(20);
      if (codes[i] === 0) {
        expect([alpha[i], D[i] >= 0.1 && D[i] <= 1]).toEqual([1, true]);
      } else if (codes[i] === 1) expect([0.3, 0.5]).toContain(alpha[i]);
      else expect([alpha[i], D[i]]).toEqual([NaN, NaN]);
    }
    expect([tracks.dt, tracks.positionUnit, tracks.timeUnit]).toEqual([0.02, 'µm', 's']);
  });

  it('is made again from its specification, whatever the batches', async () => {
    const again = dataSet(JSON.parse(JSON.stringify(set.specification)));
    const numbers: number[] = [];
    for await (const batch of again.batches({ size: 9, from: 10, to: 60 })) {
      numbers.push(...batch.positions);
    }
    const { offsets, positions } = tracks;
    expect(numbers).toEqual([...positions.subarray(2 * offsets[10], 2 * offsets[60])]);
  });

  it('simulates an empty set', () => {
    expect(dataSet({ ...specification, count: 0 }).generate().count).toBe(0);
  });

  const wrong: [string, unknown, string][] = [
    ['is no object', 3, 'specification is 3: expected an object'],
    [
      'is an unknown preset',
      { preset: 'andi' },
      'preset is "andi": expected one of andi2020, andi2, andi2-tracks',
    ],
    [
      'has a field that a preset does not have',
      { preset: 'gajowczyk2021', count: 1, seed: 1, dim: 2 },
      'dim is 2: expected a known name; the nearest is seed',
    ],
    [
      'has no classes',
      { ...specification, classes: [] },
      'classes is []: expected a list of at least one class',
    ],
    [
      'has an unknown field',
      { ...specification, lenght: 3 },
      'lenght is 3: expected a known name; the nearest is length',
    ],
    ...(
      [
        [{ sigma: 0.1 }, 'sigma is 0.1: expected noise: { sigma: 0.1 } in its place'],
        [{ q: [1, 2] }, 'q is [1,2]: expected noise: { q: [1,2] } in its place'],
        [{ noisePer: 'coordinate' }, 'expected noise: { sigma: …, per: "coordinate" } in its'],
      ] as const
    ).map(([noise, message]): [string, unknown, string] => [
      `has its noise as an option of simulate: ${Object.keys(noise)}`,
      { ...specification, ...noise },
      message,
    ]),
    [
      'has an unknown model',
      { ...specification, classes: [{ model: 'browian' }] },
      'classes[0].model is "browian": expected one of immobile, brownian',
    ],
    [
      'has an unknown parameter',
      { ...specification, classes: [{ model: 'fbm', parameters: { alpah: 1 } }] },
      'classes[0].parameters.alpah is 1: expected a known name; the nearest is alpha',
    ],
    [
      'has a parameter out of range',
      {
        ...specification,
        classes: [
          { model: 'brownian' },
          { model: 'fbm', parameters: { alpha: { min: 0.5, max: 2 } } },
        ],
      },
      'classes[1].parameters.alpha.max is 2: expected a number > 0 and < 2',
    ],
    [
      'lacks a parameter',
      { ...specification, classes: [{ model: 'ctrw' }] },
      'classes[0].parameters.alpha is undefined: expected a number > 0 and ≤ 1',
    ],
    [
      'has a bad element in a list',
      { ...specification, length: [5, 0] },
      'length[1] is 0: expected an integer from 1 to',
    ],
    [
      'gives two levels of noise',
      { ...specification, noise: { sigma: 1, snr: 2 } },
      'noise is {"sigma":1,"snr":2}: expected exactly one of sigma, snr and q',
    ],
    [
      'asks for Q of a model without D',
      {
        ...specification,
        noise: { q: 2 },
        classes: [{ model: 'brownian' }, { model: 'immobile' }],
      },
      'model of classes[1] is "immobile": expected one with a diffusion coefficient, since noise.q is given',
    ],
    [
      'has no share above 0',
      { ...specification, classes: [{ model: 'brownian', share: 0 }] },
      'classes[0].share is 0',
    ],
    ['has a bad blur', { ...specification, blur: { exposure: 2 } }, 'blur.exposure is 2: expected'],
    [
      'has a bad spell',
      { ...specification, blinking: { meanOn: 3 } },
      'blinking.meanOff is undefined: expected',
    ],
    [
      'has a bad field',
      { ...specification, fieldOfView: { size: 0 } },
      'fieldOfView.size is 0: expected a number > 0',
    ],
    ...['', ' '].map((label): [string, unknown, string] => [
      `has ${JSON.stringify(label)} for a label`,
      { ...specification, classes: [{ model: 'brownian', label }] },
      `classes[0].label is ${JSON.stringify(label)}: expected a text that is not empty`,
    ]),
    [
      'misses every frame',
      { ...specification, missed: 1 },
      'missed is 1: expected a number ≥ 0 and < 1',
    ],
    ['has a NaN', { ...specification, dt: NaN }, 'dt is NaN: expected a number > 0'],
  ];
  it.each(wrong)('names the path where it %s', (_, value, message) => {
    let error: unknown;
    try {
      dataSetFrom(value);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ParameterError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
  });
});

describe('simulate', () => {
  const options = { model: 'fbm', count: 3, length: 10, dim: 2, seed: 1, alpha: 0.5 } as const;

  it('gives track i for any count', () => {
    const few = simulate(options);
    const many = simulate({ ...options, count: 50 });
    expect([...few.positions]).toEqual([...many.positions.subarray(0, 60)]);
  });

  it.each(motionModels.map((model) => [model.name, model] as const))(
    'makes tracks of %s in 1D, 2D and 3D',
    (model, { parameters: declared, alternatives = [] }) => {
      const others = alternatives.flatMap(([, ...rest]) => rest);
      const needed = Object.entries(declared).filter(
        ([name, { kind, ...more }]) =>
          kind === 'number' && !('default' in more) && !others.includes(name),
      );
      const parameters = Object.fromEntries(needed.map(([name]) => [name, 1]));
      for (const dim of [1, 2, 3] as const) {
        for (const length of [1, 2, 33]) {
          const options = { model, count: 2, length, dim, seed: 1, ...parameters };
          const tracks = simulationFrom(options).generate();
          expect(tracks.positions).toHaveLength(2 * length * dim);
          expect(tracks.positions.every(Number.isFinite)).toBe(true);
          expect([...tracks.positions.subarray(0, dim)]).toEqual(new Array(dim).fill(0));
        }
      }
    },
  );

  const wrong: [string, object, string][] = [
    ['α of fbm', { alpha: 2 }, 'alpha is 2: expected a number > 0 and < 2'],
    ['α of ctrw', { model: 'ctrw', alpha: 1.2 }, 'alpha is 1.2: expected a number > 0 and ≤ 1'],
    ['α of a Lévy walk', { model: 'levy-walk' }, 'alpha is 0.5: expected a number from 1 to 2'],
    [
      'α of attm',
      { model: 'attm', alpha: 0.02 },
      'alpha is 0.02: expected a number from 0.03 to 1 in regime 1',
    ],
    ['α of regime 0', { model: 'attm', regime: 0 }, 'alpha is 0.5: expected 1 in regime 0'],
    [
      'α of regime 2',
      { model: 'attm', regime: 2, alpha: 1 },
      'alpha is 1: expected a number from 0.01 to 0.99 in regime 2',
    ],
    ['dim', { dim: 4 }, 'dim is 4: expected one of 1, 2, 3'],
    ['length', { length: 0 }, 'length is 0: expected an integer from 1 to'],
    ['count', { count: -1 }, 'count is -1: expected an integer from 0 to 4294967295'],
    ['NaN', { alpha: NaN }, 'alpha is NaN: expected a number'],
    ['name', { alpah: 1 }, 'alpah is 1: expected a known name; the nearest is alpha'],
    ['seed', { seed: 1.5 }, 'seed is 1.5: expected an integer from -9007199254740991'],
    ['seed as text', { seed: '1' }, 'seed is "1": expected an integer'],
    [
      'two of a kind',
      { model: 'directed', alpha: undefined, R: 1, speed: 1 },
      'R is 1: expected exactly one of speed and R',
    ],
    [
      'none of a kind',
      { model: 'confined', alpha: undefined },
      'radius is undefined: expected exactly one of radius and B',
    ],
    ['noise', { snr: 0 }, 'snr is 0: expected a number > 0'],
    [
      'two noises',
      { snr: 1, q: 1 },
      'snr, q is {"snr":1,"q":1}: expected exactly one of sigma, snr and q',
    ],
    ['noisePer', { sigma: 1, noisePer: 'axis' }, 'per is "axis": expected track or coordinate'],
  ];
  it.each(wrong)('refuses a wrong %s in one line', (_, change, message) => {
    expect(() => simulate({ ...options, ...change } as never)).toThrow(message);
  });
});

describe('the regimes of attm', () => {
  it.each([
    [0, 1],
    [1, 0.5],
    [2, 0.5],
  ] as const)('regime %i moves', (regime, alpha) => {
    const tracks = simulate({
      model: 'attm',
      count: 50,
      length: 100,
      dim: 1,
      seed: 1,
      alpha,
      regime,
    });
    expect(tracks.positions.every(Number.isFinite)).toBe(true);
    expect(tracks.positions.filter((x) => x !== 0).length).toBeGreaterThan(4000);
  });
});
