import { readFileSync } from 'node:fs';
import { dataSetFrom } from '../data-set.ts';
import { simulationFrom } from '../simulate.ts';
import { motionModel, motionModels } from './motion-models.ts';

const common = { count: 2, length: 5, dim: 1, seed: 1 };

describe('the name of a model', () => {
  it.each([
    ['FBM', 'fbm'],
    ['lw', 'levy-walk'],
    ['LW', 'levy-walk'],
    ['levy', 'levy-walk'],
    ['Lévy walk', 'levy-walk'],
    ['levy_walk', 'levy-walk'],
    ['Brownian', 'brownian'],
    ['brownian motion', 'brownian'],
    ['Fractional Brownian Motion', 'fbm'],
    ['continuous-time random walk', 'ctrw'],
  ])('%s is %s', (alias, name) => {
    expect(motionModel(alias).name).toBe(name);
  });

  it('is its own in what makes the set again', () => {
    const set = simulationFrom({ ...common, model: 'LW', alpha: 1.5 });
    expect(set.specification).toMatchObject({ classes: [{ model: 'levy-walk' }] });
    const mixed = dataSetFrom({ ...common, classes: [{ model: 'BM' }] });
    expect(mixed.specification).toMatchObject({ classes: [{ model: 'brownian' }] });
    expect(mixed.classes).toEqual(['brownian']);
  });

  it('is the nearest one where it is none', () => {
    expect(() => motionModel('browian')).toThrow(
      `model is "browian": expected one of ${motionModels.map(({ name }) => name).join(', ')}; did you mean brownian?`,
    );
  });
});

describe('the name of an option', () => {
  it.each([
    ['n', 'count'],
    ['nTracks', 'count'],
    ['T', 'length'],
    ['steps', 'length'],
    ['dimensions', 'dim'],
    ['lengths', 'length'],
    ['diffusionCoefficient', 'D'],
    ['noise', 'sigma'],
    ['localization_error', 'sigma'],
    ['frameInterval', 'dt'],
    ['random_state', 'seed'],
  ])('%s is meant to be %s', (name, meant) => {
    expect(() => simulationFrom({ ...common, model: 'brownian', [name]: 3 })).toThrow(
      `${name} is 3: expected a known name; the nearest is ${meant}, all are D, model, count,`,
    );
  });

  it('is that of the set where the same is meant by another', () => {
    expect(() => dataSetFrom({ ...common, classes: [{ model: 'brownian' }], n: 3 })).toThrow(
      'n is 3: expected a known name; the nearest is count,',
    );
  });
});

describe('the Hurst exponent', () => {
  it('is answered with what to write', () => {
    expect(() => simulationFrom({ ...common, model: 'fbm', H: 0.3 })).toThrow(
      'H is 0.3: expected the exponent in its place, alpha = 2H, here alpha: 0.6',
    );
    const classes = [{ model: 'fbm', parameters: { hurst: { min: 0.1, max: 0.2 } } }];
    expect(() => dataSetFrom({ ...common, classes })).toThrow(
      'classes[0].parameters.hurst is {"min":0.1,"max":0.2}: expected the exponent in its place, alpha = 2H',
    );
  });
});

describe('docs', () => {
  const page = (name: string) =>
    readFileSync(new URL(`../../../../docs/${name}.md`, import.meta.url), 'utf8');
  const sections = motionModels.map(({ name, parameters }) => [name, parameters] as const);

  it.each(sections)('have a page for %s, and a row with its parameters', (name, parameters) => {
    expect(page(`models-of-motion/${name}`)).toMatch(/^```ts\n/m);
    expect(page('models-of-motion/README')).toContain(`[${name}](${name}.md)`);
    const [row] = page('command-line').match(new RegExp(`^\\| \`${name}\` \\|.*`, 'm')) ?? [''];
    for (const parameter of Object.keys(parameters)) {
      const option = parameter.replace(/[A-Z]+(?=.)|(?<=.)[A-Z]/g, '-$&');
      expect(row.toLowerCase()).toContain(`\`--${option.toLowerCase()}`);
    }
  });
});
