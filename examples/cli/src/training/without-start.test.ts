import { InputError } from '../input-error.ts';
import { withoutStart } from './without-start.ts';

const error = new Error('damaged');

describe('withoutStart', () => {
  it('says how the model that is missing is made, where the recipe says it', async () => {
    const start = { model: 'gone', recipe: { format: 'diffusion-recipe' } };
    const made = await withoutStart({ start }, '/nowhere/gone', error);
    expect(made).toBeInstanceOf(InputError);
    expect(made).toMatchObject({
      message: expect.stringMatching(
        /^start\.model is \/nowhere\/gone: there is no such folder; start\.recipe .*--recipe start\.json --output/,
      ),
    });
    const unknown = await withoutStart({ start: { model: 'gone' } }, '/nowhere/gone', error);
    expect(unknown).toMatchObject({ message: expect.not.stringContaining('start.recipe') });
  });

  it('leaves what is wrong with a folder that is there as it is', async () => {
    expect(await withoutStart({ start: { model: '.' } }, '.', error)).toBe(error);
  });
});
