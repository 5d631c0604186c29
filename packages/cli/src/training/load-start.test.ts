import type { NetworkModel } from '@diffusion/models';
import type { NetworkRecipe } from '@diffusion/train';
import { loadStart, partedAnew } from './load-start.ts';

const of = (data: object, seed: number) => ({ data, seed }) as unknown as NetworkRecipe;
const begun = (recipe: NetworkRecipe | null) => ({ card: { recipe } }) as unknown as NetworkModel;

describe('partedAnew', () => {
  it('warns of the same folder with another seed alone', () => {
    const start = begun(of({ folder: 'tracks' }, 1));
    expect(partedAnew(of({ folder: './tracks' }, 2), start)).toContain(
      'seed is 2 and that of the model to begin with 1: the tracks of ./tracks are parted anew',
    );
    const kept = [
      of({ folder: 'tracks' }, 1),
      of({ folder: 'others' }, 2),
      of({ dataSets: [] }, 2),
    ];
    for (const recipe of kept) expect(partedAnew(recipe, start)).toBeUndefined();
    const simulated = begun(of({ dataSets: [] }, 1));
    for (const other of [simulated, begun(null)]) {
      expect(partedAnew(of({ folder: 'tracks' }, 2), other)).toBeUndefined();
    }
  });
});

describe('loadStart', () => {
  it('says which recipe names a model that is not there, and how a ready one is trained', async () => {
    const load = (model: string) => loadStart({ start: { model } }, `/none/${model}`, 'r.json');
    await expect(load('m1')).rejects.toThrow(
      /^r\.json: start\.model is 'm1': \/none\/m1\/card\.json: cannot be read .*model\)$/,
    );
    await expect(load('motion-2d-first')).rejects.toThrow(
      /; train it first: diffusion train --recipe motion-2d-first --output motion-2d-first$/,
    );
    const start = { model: 'gone', recipe: { format: 'diffusion-recipe' } };
    await expect(loadStart({ start }, '/none/gone')).rejects.toThrow(
      /^start\.model is 'gone': .*; start\.recipe says how it was trained: .*--recipe start\.json --output/,
    );
  });
});
