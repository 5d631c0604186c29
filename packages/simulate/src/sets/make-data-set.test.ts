import { andi2 } from '../andi2/andi2.ts';
import { andi2020 } from '../andi2020/andi2020.ts';
import { dataSet } from '../data-set.ts';
import { liposomes } from '../liposomes/liposomes.ts';
import { simulation } from '../simulate.ts';
import { gajowczyk2021 } from './gajowczyk2021.ts';
import type { DataSet } from './make-data-set.ts';

const seeded = { count: 60, seed: 2 };
const common = { ...seeded, dim: 1 } as const;
const fbm = { model: 'fbm', parameters: { alpha: 0.5 } } as const;
const mixture = { ...common, length: { min: 4, max: 40 }, classes: [fbm] } as const;

const sets: [string, DataSet, [number, number], string[]][] = [
  ['gajowczyk2021', gajowczyk2021(seeded), [30, 600], ['classes']],
  ['andi2020, task 1', andi2020({ ...common, task: 1 }), [10, 999], ['exponent', 'classes']],
  [
    'andi2020, task 2',
    andi2020({ ...common, task: 2, length: [20, 30] }),
    [20, 30],
    ['classes', 'exponent'],
  ],
  ['andi2020, task 3', andi2020({ ...common, task: 3 }), [200, 200], []],
  ['andi2', andi2({ model: 'single-state', count: 1, seed: 1 }), [20, 200], []],
  [
    'whole tracks of andi2',
    andi2({ model: 'multi-state', count: 1, seed: 1, fields: 0 }),
    [200, 200],
    [],
  ],
  ['a mixture', dataSet(mixture), [4, 40], ['classes', 'exponent']],
  [
    'a mixture with a class without exponent',
    dataSet({ ...mixture, classes: [fbm, { model: 'immobile' }] }),
    [4, 40],
    ['classes'],
  ],
  ['missed frames', dataSet({ ...mixture, missed: 0.9 }), [2, 40], ['classes', 'exponent']],
  [
    'a field of view',
    dataSet({ ...mixture, fieldOfView: { size: 3, minPoints: 3 } }),
    [3, 40],
    ['classes', 'exponent'],
  ],
  [
    'one model',
    simulation({ ...common, model: 'brownian', length: 7 }),
    [7, 7],
    ['classes', 'exponent'],
  ],
];

describe('a data set', () => {
  it.each(sets)('of %s says its lengths and answers', (_, set, [min, max], answers) => {
    expect([set.lengths, set.answers]).toEqual([{ min, max }, answers]);
    const tracks = set.generate();
    expect(tracks.count).toBeGreaterThan(0);
    for (const { length } of tracks) {
      expect(length).toBeGreaterThanOrEqual(min);
      expect(length).toBeLessThanOrEqual(max);
    }
    const { alpha } = tracks.trackColumns as Record<string, Float64Array | undefined>;
    if (answers.length > 0) {
      expect(alpha?.every(Number.isFinite)).toBe(answers.includes('exponent'));
    }
  });

  it.each(sets)('of %s is made again by its specification', (_, set) => {
    const again = dataSet(JSON.parse(JSON.stringify(set.specification)));
    expect(again.generate().data).toEqual(set.generate().data);
  });

  it('refuses options that there are not', () => {
    const wrong = { ...common, task: 1, noise: 2 };
    expect(() => andi2020(wrong as never)).toThrow('noise is 2: expected a known name');
    expect(() => gajowczyk2021({ ...seeded, dim: 2 } as never)).toThrow('dim is 2: expected');
    expect(() => andi2({ ...seeded, model: 'single-state', size: 1 } as never)).toThrow(
      'size is 1',
    );
    expect(() => liposomes({ ...seeded, problem: 'lamellarity', sise: 28 } as never)).toThrow(
      'sise is 28: expected a known name; the nearest is size',
    );
    const batches = () => gajowczyk2021(seeded).batches({ sise: 3 } as never);
    expect(batches).toThrow('sise is 3: expected a known name; the nearest is size');
    expect(() => andi2020(undefined as never)).toThrow('options is undefined: expected an object');
  });
});
