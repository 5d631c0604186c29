import { gajowczyk2021 } from '@diffusion/simulate';
import { classicalModels } from './catalogue.ts';
import { classifierFromJSON } from './classifier.ts';
import { type FitClassicalOptions, fitClassical } from './fit-classical.ts';
import { likelihoodClassifier } from './likelihood/likelihood-classifier.ts';
import { ruleKinds } from './rules.ts';

const tracks = gajowczyk2021({ count: 40, seed: 1 }).generate();
const features = ['alpha', 'straightness', 'vacf1', 'asymmetry'];
const made = (by: string) => classicalModels.filter(({ madeBy }) => madeBy === by);

describe('classicalModels', () => {
  it.each(made('fitClassical'))('has the defaults of $name', ({ name, options }) => {
    const common = { kind: name, tracks, features } as FitClassicalOptions;
    const known = Object.entries(options).filter(([, value]) => value !== null);
    const told = fitClassical({ ...common, ...Object.fromEntries(known) } as FitClassicalOptions);
    expect(told.classifier.toJSON()).toEqual(fitClassical(common).classifier.toJSON());
  });

  it('has the defaults of likelihood', () => {
    const [{ options }] = made('likelihoodModel');
    expect(options).toEqual(likelihoodClassifier().toJSON());
  });

  it('has every rule, with its defaults and what it answers', () => {
    expect(made('ruleModel').map(({ name }) => name)).toEqual(ruleKinds);
    for (const { name, options, answers } of made('ruleModel')) {
      const plain = classifierFromJSON({ kind: name } as { kind: 'max-test' }, []).answer(tracks);
      const told = classifierFromJSON({ kind: name, ...options } as { kind: 'max-test' }, []);
      expect(told.answer(tracks)).toEqual(plain);
      const perTrack = plain.answers.length / tracks.count;
      expect(perTrack).toBe(answers === 'classes' ? 3 : 4);
    }
  });
});
