import { InputError } from '../input-error.ts';
import { type RecipeFlags, recipeOfFlags } from './recipe-of-flags.ts';

const long = (flag: string) => `--${flag}`;
const recipeOf = (flags: RecipeFlags) => recipeOfFlags(flags, long);
const lagged = 'gajowczyk2021-autocorrelation';
const fresh = { model: 'xresnet', preset: 'gajowczyk2021' } as const;

describe('--change', () => {
  it.each<[flags: RecipeFlags, flag: string]>([
    [{ epochs: 3, change: { epochs: '1' } }, '--epochs'],
    [{ backend: 'auto', change: { backend: 'cpu' } }, '--backend'],
    [{ folds: 3, change: { folds: '{"count":2}' } }, '--folds'],
    [{ augmentation: 'none', change: { 'augmentation.rotate': 'true' } }, '--augmentation'],
    [{ set: { filters: '8' }, change: { 'network.options.filters': '9' } }, '--set'],
    [{ preset: 'motion', dim: 2, change: { 'data.dataSets[0].dim': '3' } }, '--dim'],
    [{ preset: 'motion', change: { 'data.dataSets': '[]' } }, '--preset'],
  ])('is refused where a flag says the same: %j', async (flags, flag) => {
    const said = recipeOf({ recipe: lagged, ...flags });
    await expect(said).rejects.toThrow(InputError);
    await expect(said).rejects.toThrow(`which '${flag}' says: expected one of the two`);
  });

  it('reaches into lists, at the places that errors name', async () => {
    const change = { 'data.dataSets[0].length': '50', 'data.test': '20' };
    const { data } = await recipeOf({ model: 'xresnet', preset: 'andi2020', change });
    expect(data).toMatchObject({ dataSets: [{ preset: 'andi2020', length: 50 }], test: 20 });
    for (const place of ['data.dataSets[1].length', 'loss.0', 'data.dataSets[x]', 'data[0']) {
      await expect(recipeOf({ ...fresh, change: { [place]: '3' } })).rejects.toThrow(
        `option '--change' is for ${place}: expected the place of a field`,
      );
    }
  });

  it('of the loss of classes leaves the usual smoothing out', async () => {
    expect(await recipeOf(fresh)).toMatchObject({ loss: { labelSmoothing: 0.02 } });
    const other = await recipeOf({ ...fresh, change: { 'loss.classes': 'mse' } });
    expect(other).toMatchObject({ loss: { classes: 'mse' } });
    expect(other).not.toHaveProperty('loss.labelSmoothing');
  });
});

it('--encoder keeps the features, and the options that the other one has as well', async () => {
  const features = ['alpha', 'straightness'];
  const picture = await recipeOf({
    recipe: lagged,
    encoder: 'picture',
    change: { 'encoder.features': JSON.stringify(features) },
  });
  const options = { scale: 'none', lags: [8, 16, 24] };
  expect(picture).toMatchObject({ encoder: { kind: 'picture', options, features } });
  const motion = await recipeOf({ recipe: lagged, encoder: 'motion' });
  expect(motion).toHaveProperty('encoder', { kind: 'motion', features: [] });
});

it('folds of batches of one length say what they need', async () => {
  await expect(recipeOf({ recipe: 'multiscale', folds: 3 })).rejects.toThrow(
    'folds is an object: expected data with tracksPerEpoch, which folds need, or a folder',
  );
});
