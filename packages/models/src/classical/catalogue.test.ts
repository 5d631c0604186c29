import { gajowczyk2021 } from '@diffusion/simulate';
import { defaultsOf } from '../options.ts';
import { classicalModels } from './catalogue.ts';
import { classifierFromJSON } from './classifier.ts';
import { type FitClassicalOptions, fitClassical } from './fit-classical.ts';
import { likelihoodClassifier } from './likelihood/likelihood-classifier.ts';
import { ruleKinds } from './rules.ts';

const tracks = gajowczyk2021({ count: 40, seed: 1 }).generate();
const features = ['alpha', 'straightness', 'vacf1', 'asymmetry'];
const made = (by: string) => classicalModels.filter(({ madeBy }) => madeBy === by);

describe('classicalModels', () => {
  it.each(classicalModels)('$name accepts its own defaults and describes every option', (model) => {
    for (const option of Object.values(model.options)) {
      expect(option.accepts(option.default)).toBe(true);
      expect(option.range.length * option.description.length).toBeGreaterThan(0);
    }
  });

  it.each(made('fitClassical'))('makes $name with the options that are listed', (model) => {
    const { name, options } = model;
    const common = { kind: name, tracks, features } as FitClassicalOptions;
    const told = fitClassical({ ...common, ...defaultsOf(options) } as FitClassicalOptions);
    expect(told.classifier.toJSON()).toEqual(fitClassical(common).classifier.toJSON());
    const wrong = { ...common, trees: 5, l2: 1 } as unknown as FitClassicalOptions;
    expect(() => fitClassical(wrong)).toThrow(`${name} has no option "`);
  });

  it('makes the exact classifier with the options that are listed', () => {
    const [{ options }] = made('likelihoodModel');
    expect(likelihoodClassifier().toJSON()).toEqual(defaultsOf(options));
  });

  it('has every rule, and says what it answers', () => {
    expect(made('ruleModel').map(({ name }) => name)).toEqual(ruleKinds);
    for (const { name, options, answers } of made('ruleModel')) {
      const plain = classifierFromJSON({ kind: name } as { kind: 'max-test' }, []).answer(tracks);
      const all = { kind: name, ...defaultsOf(options) } as { kind: 'max-test' };
      expect(classifierFromJSON(all, []).answer(tracks)).toEqual(plain);
      const perTrack = plain.answers.length / tracks.count;
      expect(perTrack).toBe(answers === 'classes' ? 3 : 4);
      const wrong = { kind: name, levle: 0.1 } as unknown as { kind: 'max-test' };
      expect(() => classifierFromJSON(wrong, [])).toThrow(`${name} has no option "levle"`);
    }
  });
});
