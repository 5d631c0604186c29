import { isTextColumn } from '@diffusion/tracks';
import { dataSet } from './data-set.ts';
import { ParameterError } from './errors.ts';
import { defineModel } from './motion/define-model.ts';
import { choice, number } from './motion/parameters.ts';
import type { MixtureSpecification } from './sets/mixture-specification.ts';
import { type SimulateOptions, simulate, simulation } from './simulate.ts';

// What does not compile is refused at run time, too: each line below is checked twice, by `pnpm typecheck`, which
// fails where an expected error is none, and here.

const common = { count: 2, length: 5, dim: 2, seed: 1 } as const;

const hopper = defineModel({
  name: 'hopper',
  parameters: {
    size: number({ meaning: 'size of a hop', unit: 'position', above: 0 }),
    rate: number({ meaning: 'hops per frame', unit: '', min: 0, max: 1, default: 0.5 }),
    grid: choice({ meaning: 'lattice', choices: ['square', 'line'] }),
    short: number({ meaning: 'one of two', unit: '', min: 0 }),
    long: number({ meaning: 'the other', unit: '', min: 0 }),
  },
  alternatives: [['short', 'long']],
  prepare({ size, rate, grid, short, long }, { dim }) {
    // What is given has the types of its declaration.
    const numbers: number[] = [size, rate];
    const lattice: 'square' | 'line' = grid;
    // @ts-expect-error one of the alternatives is undefined
    const either: number = short;
    const given: number = short ?? long ?? 0;
    return {
      derived: { given: given + 0 * numbers.length },
      write(random, out, points) {
        for (let at = 0; at < points * dim; at++) {
          const hops = random.uniform() < rate && (lattice === 'square' || at % dim === 0);
          out[at] = at < dim ? 0 : out[at - dim] + (hops ? size : 0) + 0 * (either ?? 0);
        }
      },
    };
  },
});

describe('what compiles', () => {
  it('runs', () => {
    const options: SimulateOptions<'fbm'> = { ...common, model: 'fbm', alpha: 0.5 };
    const any: SimulateOptions = options;
    const mixed: MixtureSpecification = {
      ...common,
      classes: [
        { model: 'fbm', label: 'sub', parameters: { alpha: { min: 0.3, max: 0.6 } } },
        { model: 'immobile' },
        { model: 'directed', parameters: { speed: [1, 2] } },
        { model: hopper, parameters: { size: 1, long: 2 } },
      ],
    };
    const sets = [
      simulate(options),
      simulate(any),
      simulate({ ...common, model: 'confined', B: 2, start: 'uniform', snr: 3 }),
      simulate({ ...common, model: hopper, size: { min: 1, max: 2 }, short: 1, grid: 'line' }),
      simulation({ ...common, model: 'immobile', drift: { velocity: [1, 0] } }).generate(),
      dataSet(mixed).generate(),
      dataSet({ preset: 'andi2020', task: 1, dim: 1, count: 2, seed: 1 }).generate(),
      dataSet({ preset: 'andi2', model: 'single-state', count: 0, seed: 1 }).generate(0, 0),
    ];
    expect(sets.map(({ count }) => count)).toEqual([2, 2, 2, 2, 2, 2, 2, 0]);
    const { label, given } = sets[3].trackColumns;
    expect(isTextColumn(label) && label.dictionary).toEqual(['hopper']);
    expect([...(given as Float64Array)]).toEqual([1, 1]);
  });
});

const wrong: [string, () => unknown][] = [
  [
    'a misspelt parameter',
    // @ts-expect-error it is alpha
    () => simulate({ ...common, model: 'fbm', alhpa: 0.5 }),
  ],
  [
    'a parameter that is missing',
    // @ts-expect-error fbm needs alpha
    () => simulate({ ...common, model: 'fbm' }),
  ],
  [
    'a parameter of another model',
    // @ts-expect-error brownian has no alpha
    () => simulate({ ...common, model: 'brownian', alpha: 1 }),
  ],
  [
    'a model that is none',
    // @ts-expect-error it is fbm
    () => simulate({ ...common, model: 'fmb', alpha: 1 }),
  ],
  [
    'noise as a data set has it',
    // @ts-expect-error it is sigma, by itself
    () => simulate({ ...common, model: 'brownian', noise: { sigma: 0.1 } }),
  ],
  [
    'noise of a data set as simulate has it',
    // @ts-expect-error it is noise: { sigma: 0.1 }
    () => dataSet({ ...common, classes: [{ model: 'brownian' }], sigma: 0.1 }),
  ],
  [
    'none of two alternatives',
    // @ts-expect-error speed or R
    () => simulate({ ...common, model: 'directed' }),
  ],
  [
    'both of two alternatives',
    // @ts-expect-error speed or R
    () => simulate({ ...common, model: 'directed', speed: 1, R: 1 }),
  ],
  [
    'a choice that is none',
    // @ts-expect-error centre or uniform
    () => simulate({ ...common, model: 'confined', B: 2, start: 'middle' }),
  ],
  [
    'a misspelt option',
    // @ts-expect-error it is blur
    () => simulate({ ...common, model: 'brownian', blurr: {} }),
  ],
  [
    'nothing',
    // @ts-expect-error everything is missing
    () => simulate(),
  ],
  [
    'a misspelt parameter of an own model',
    // @ts-expect-error it is size
    () => simulate({ ...common, model: hopper, sice: 1, short: 1 }),
  ],
  [
    'a missing parameter of an own model',
    // @ts-expect-error size is missing
    () => simulate({ ...common, model: hopper, short: 1 }),
  ],
  [
    'a class without a parameter that it needs',
    // @ts-expect-error ctrw needs alpha
    () => dataSet({ ...common, classes: [{ model: 'ctrw' }] }),
  ],
  [
    'a class with a misspelt parameter',
    // @ts-expect-error it is D
    () => dataSet({ ...common, classes: [{ model: 'brownian', parameters: { diffusion: 1 } }] }),
  ],
  [
    'a preset with an option of another',
    // @ts-expect-error gajowczyk2021 has no task
    () => dataSet({ preset: 'gajowczyk2021', count: 1, seed: 1, task: 1 }),
  ],
  [
    'a preset that is none',
    // @ts-expect-error andi2020
    () => dataSet({ preset: 'andi2021', count: 1, seed: 1 }),
  ],
  [
    'a model without prepare',
    // @ts-expect-error prepare is missing
    () => defineModel({ name: 'empty', parameters: {} }),
  ],
  [
    'an alternative that is no parameter',
    () =>
      defineModel({
        name: 'alternatives',
        parameters: { a: number({ meaning: '', unit: '' }) },
        // @ts-expect-error it is a
        alternatives: [['b']],
        prepare: () => ({ write: () => {} }),
      }),
  ],
];

describe('what does not compile', () => {
  it.each(wrong)('is refused at run time: %s', (_, make) => {
    expect(make).toThrow(ParameterError);
  });
});
