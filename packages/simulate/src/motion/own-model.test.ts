import { parallelBatches } from '@diffusion/simulate';
import { isTextColumn, joinTracks } from '@diffusion/tracks';
import { dataSet, dataSetFrom } from '../data-set.ts';
import type { MixtureSpecification } from '../sets/mixture-specification.ts';
import { simulate, simulation } from '../simulate.ts';
import { isPlainSpecification, loadModels } from './load-models.ts';

const here = import.meta.url;
const { forgetful, hop } = await import(new URL('./hop.fixture.mjs', here).href);
const common = { count: 40, length: 30, dim: 2, seed: 3 } as const;
const mixture: MixtureSpecification = {
  ...common,
  noise: { sigma: 0.1 },
  classes: [
    { model: { module: './hop.fixture.mjs', export: 'hop' }, parameters: { rate: [0.2, 0.5] } },
    { model: 'brownian', label: 'free' },
  ],
};

describe('a model of one’s own', () => {
  it('is simulated, measured and described as a built-in one is', () => {
    const options = { ...common, model: hop, rate: { min: 0.2, max: 0.4 }, dt: 0.5 } as const;
    const tracks = simulate(options);
    const { label, rate, size, reach, alpha } = tracks.trackColumns as Record<string, Float64Array>;
    expect(isTextColumn(label) && label.dictionary).toEqual(['hop']);
    expect(new Set(size)).toEqual(new Set([1]));
    expect(new Set(alpha)).toEqual(new Set([1]));
    for (let i = 0; i < 40; i++) {
      expect(rate[i] >= 0.2 && rate[i] < 0.4).toBe(true);
      expect(reach[i]).toBe(rate[i]);
    }
    // 2,320 steps, each a hop with the mean probability 0.3 · 0.5: 348 ± 17.
    const { positions } = tracks;
    const hops = positions.filter((x, at) => at % 60 > 1 && x !== positions[at - 2]).length;
    expect(Math.abs(hops - 348)).toBeLessThan(4 * 17.2);
    expect([...simulate({ ...options, count: 3 }).positions]).toEqual([
      ...positions.subarray(0, 180),
    ]);
    // Blur asks for places within the frames: means of five are no whole numbers.
    const blurred = simulate({ ...options, blur: { substeps: 5 } }).positions;
    expect(blurred.some((x) => !Number.isInteger(x))).toBe(true);
  });

  it('is a class beside built-in ones', () => {
    const set = dataSet({
      ...common,
      classes: [
        { model: hop, label: 'hops', parameters: { rate: 0.3 } },
        { model: 'fbm', parameters: { alpha: 0.5 } },
      ],
    });
    const { label, rate, alpha } = set.generate().trackColumns as Record<string, Float64Array>;
    expect([set.classes, set.answers]).toEqual([
      ['hops', 'fbm'],
      ['classes', 'exponent'],
    ]);
    const codes = isTextColumn(label) ? [...label.codes] : [];
    expect(codes.filter((code) => code === 0)).toHaveLength(20);
    codes.forEach((code, i) => {
      expect([rate[i], alpha[i]]).toEqual(code === 0 ? [0.3, 1] : [NaN, 0.5]);
    });
  });

  it('has its parameters checked as those of a built-in model are', () => {
    const wrong = (change: object) => () => simulate({ ...common, model: hop, ...change } as never);
    expect(wrong({ rate: -1 })).toThrow('rate is -1: expected a number ≥ 0');
    expect(wrong({})).toThrow('rate is undefined: expected a number ≥ 0');
    expect(wrong({ rate: 1, siez: 2 })).toThrow('siez is 2: expected a known name; the nearest is');
    expect(wrong({ rate: 1, q: 2 })).toThrow('model is "hop": expected one with a diffusion');
  });

  it.each([
    [null, 'model is null: expected one of immobile'],
    [{ prepare: 1 }, 'model.name is undefined: expected a text'],
    [{ name: 'x', parameters: {}, prepare: 1 }, 'model.prepare is 1: expected a function'],
    [{ ...hop, parameters: undefined }, 'model.parameters is undefined: expected an object'],
    [
      { ...hop, parameters: { rate: 1 } },
      'model.parameters.rate is 1: expected what number({ … }) or choice({ … }) gives',
    ],
    [
      { ...hop, parameters: { dt: hop.parameters.rate } },
      'expected another name: this one has a meaning of its own',
    ],
    [
      { ...hop, alternatives: [['size', 'rate']] },
      'model.alternatives[0][0] is "size": expected a number among the parameters, without a default',
    ],
    [
      { ...hop, parameters: {}, prepare: () => undefined },
      'what prepare of the model hop gives is undefined: expected an object with a function write',
    ],
  ])('is refused where it is none: %j', (model, message) => {
    expect(() => simulate({ ...common, model } as never)).toThrow(message);
  });

  it('is told where it leaves out a coordinate', () => {
    expect(() => simulate({ ...common, model: forgetful, length: 7 })).toThrow(
      'coordinate x of point 3 of the model forgetful is NaN: expected a number',
    );
  });
});

describe('a model in a module', () => {
  it('is loaded from beside the file, and makes the set in workers', async () => {
    const specification = await loadModels(mixture, here);
    expect(specification.classes[0].model).toEqual({
      module: new URL('./hop.fixture.mjs', here).href,
      export: 'hop',
    });
    const set = dataSet(specification);
    expect(set.specification).toEqual(specification);
    expect(isPlainSpecification(set.specification)).toBe(true);
    const batches = [];
    for await (const batch of parallelBatches(set, { size: 7, workers: 2 })) batches.push(batch);
    const [whole, joined] = [set.generate().data, joinTracks(batches).data];
    expect(joined).toEqual(whole);
  });

  it('is the same as the model itself', async () => {
    const [loaded, own] = mixture.classes;
    const module = new URL('./hop.fixture.mjs', here);
    const byUrl = { ...mixture, classes: [{ ...loaded, model: { module, export: 'hop' } }, own] };
    expect((await loadModels(byUrl)).classes[0].model).toEqual({
      module: module.href,
      export: 'hop',
    });
    expect(dataSetFrom(byUrl).specification).toEqual(await loadModels(byUrl));
    const classes = [{ ...loaded, model: hop }, own] as const;
    const set = dataSet(await loadModels(mixture, here));
    const other = dataSet({ ...mixture, classes });
    expect(other.generate().data).toEqual(set.generate().data);
    expect(isPlainSpecification(other.specification)).toBe(false);
  });

  it('is what workers need: a model itself cannot go there', () => {
    const set = simulation({ ...common, model: hop, rate: 1 });
    expect(() => parallelBatches(set, { size: 10 })).toThrow(
      'set is "a set with a model of motion given as an object": expected the model as { module, export }',
    );
  });

  it('is found at any depth, and by its default export', async () => {
    const nested = {
      sources: [{ dataSet: { classes: [{ model: { module: './hop.fixture.mjs' } }] } }],
    };
    const loaded = await loadModels(nested, here);
    const [{ model }] = loaded.sources[0].dataSet.classes;
    const set = dataSetFrom({ ...common, classes: [{ model, parameters: { rate: 1 } }] });
    expect(set.classes).toEqual(['hop']);
  });

  it.each([
    [{ module: './none.mjs' }, 'classes[0].model.module is "./none.mjs": expected a module that'],
    [{ module: 'hop' }, 'classes[0].model.module is "hop": expected an address, or a path that'],
    [{ module: 3 }, 'classes[0].model.module is 3: expected an address'],
    [
      { module: './hop.fixture.mjs', export: 'jump' },
      'classes[0].model.export is "jump": expected one of what the module exports: ',
    ],
    [
      { module: './hop.fixture.mjs', export: 'broken' },
      'classes[0].model.export is {"name":"broken"',
    ],
  ])('is refused where it is none: %j', async (model, message) => {
    await expect(loadModels({ classes: [{ model }] }, here)).rejects.toThrow(message);
  });

  it('is asked to be loaded first, from an address that is whole', async () => {
    expect(() => dataSet(mixture)).toThrow(
      'classes[0].model is {"module":"./hop.fixture.mjs","export":"hop"}: expected a module that has been imported: `await loadModels(specification)` first',
    );
    await expect(loadModels(mixture)).rejects.toThrow(
      'classes[0].model.module is "./hop.fixture.mjs": expected a whole address',
    );
  });
});
