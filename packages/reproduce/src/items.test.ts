import { readImageRecipe, readRecipe } from '@diffusion/train';
import { networksOf } from './benitez2023/items.ts';
import type { Item, RecipeJson } from './item.ts';
import { findItem, items } from './items.ts';
import { printed } from './lipnet2016/items.ts';

const of = (source: string) => items.filter((one) => one.source === source).map(({ item }) => item);
const numbered = (what: string, ...numbers: number[]) => numbers.map((n) => `${what}-${n}`);
const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, k) => from + k);

describe('items', () => {
  it('are all tables and figures of the sources', () => {
    expect(of('gajowczyk2021').sort()).toEqual(
      [...numbered('table', ...upTo(1, 16)), ...numbered('figure', ...upTo(5, 9))].sort(),
    );
    expect(of('wadnet2021').sort()).toEqual(
      ['table-1', ...numbered('figure', ...upTo(3, 9))].sort(),
    );
    expect(of('lipnet2016').sort()).toEqual(
      [
        ...numbered('table', ...upTo(6, 10)),
        ...numbered('figure', 3, 4, 10, 11, ...upTo(14, 22)),
      ].sort(),
    );
    expect(of('benitez2023').sort()).toEqual(['confusion', 'grid', 'heat-maps']);
  });

  it('are estimated at a quarter of an hour at most at small scale', () => {
    expect(items.filter(({ scales }) => scales.small.minutes > 15)).toEqual([]);
  });

  it('say which one is meant by a wrong name', () => {
    expect(() => findItem('gajowczyk', 'table-1')).toThrow('did you mean gajowczyk2021?');
    expect(() => findItem('gajowczyk2021', 'table-17')).toThrow(
      'item is table-17: expected one of table-1',
    );
  });

  it('have matrices whose rows are whole', () => {
    for (const { of: kind, cells } of Object.values(printed)) {
      for (const row of cells) {
        const sum = row.reduce((a: number, b: number) => a + b, 0);
        if (kind === 'shares') expect(sum).toBeCloseTo(1, 1);
        // A fifth of 12,368, 1,717 and 84, or of 502, 24,255 and 161 images.
        else expect([2464, 343, 16, 33, 4851, 101]).toContain(sum);
      }
    }
  });

  it('have the grid of 180 networks, and twelve of it', () => {
    const names = (scale: 'small' | 'full') =>
      networksOf(scale).map(({ stack, kernel }) => `${stack}-${kernel}`);
    expect(new Set(names('full')).size).toBe(180);
    expect(names('small')).toHaveLength(12);
    expect(names('small').filter((name) => !names('full').includes(name))).toEqual([]);
  });

  it.each(items.map((item): [string, Item] => [`${item.source} ${item.item}`, item]))(
    '%s has recipes that can be trained at both scales',
    async (_, item) => {
      for (const scale of ['small', 'full'] as const) {
        const parts = (await item.stages(scale)).flat();
        expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
        for (const part of parts) {
          if (!('recipe' in part)) continue;
          await expect(checked(part.recipe)).resolves.toBeDefined();
        }
      }
    },
  );
});

const checked = async (recipe: RecipeJson) =>
  'frame' in recipe ? readImageRecipe(recipe) : readRecipe(recipe);
