import { gajowczyk2021 } from '@diffusion/simulate';
import { selectTracks } from '@diffusion/tracks';
import { fitClassical, likelihoodModel, ruleModel } from './classical/index.ts';
import { ensemble } from './ensemble.ts';
import { ModelError } from './errors.ts';

const tracks = gajowczyk2021({ count: 200, seed: 4 }).generate();
const others = gajowczyk2021({ count: 30, seed: 5 }).generate();
const half = (from: number) =>
  fitClassical({
    kind: 'logistic',
    tracks: selectTracks(
      tracks,
      Array.from({ length: 100 }, (_, i) => 2 * i + from),
    ),
    features: ['alpha', 'straightness', 'vacf1'],
    classes: ['ND', 'DM', 'CD', 'FBM'],
  });

describe('ensemble', () => {
  const models = [half(0), half(1)];

  it('averages probabilities, in the order of the input', async () => {
    const [a, b] = await Promise.all(models.map((model) => model.predict(others)));
    const { probabilities, labels, codes, reasons } = await ensemble(models).predict(others);
    expect(a.probabilities).not.toEqual(b.probabilities);
    for (let i = 0; i < others.count; i++) {
      const why = a.reasons[i] ?? b.reasons[i];
      expect(reasons[i]).toEqual(why);
      if (why) {
        expect(labels![i]).toBe('');
        continue;
      }
      for (let k = 0; k < 4; k++) {
        const at = 4 * i + k;
        const mean = (a.probabilities![at] + b.probabilities![at]) / 2;
        expect(probabilities![at]).toBeCloseTo(mean, 6);
        expect(probabilities![at]).toBeLessThanOrEqual(probabilities![4 * i + codes![i]]);
      }
    }
  });

  it('averages exponents', async () => {
    const rules = ([1, 3] as const).map((power) =>
      ruleModel({ kind: 'p-variation-rule', power, dim: 2 }),
    );
    const [a, b] = await Promise.all(rules.map((rule) => rule.predict(others)));
    const { values } = await ensemble(rules).predict(others);
    values!.forEach((value, i) => {
      expect(value).toBeCloseTo((a.values![i] + b.values![i]) / 2, 5);
    });
  });

  it('tells how far it is', async () => {
    const done: number[] = [];
    await ensemble(models).predict(others, { onProgress: (n) => done.push(n), batchSize: 10 });
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBeLessThanOrEqual(30);
    expect(done.at(-1)).toBeGreaterThan(20);
  });

  it('refuses models that answer other questions', () => {
    const other = likelihoodModel({ dim: 2, models: ['brownian', 'directed'] });
    expect(() => ensemble([...models, other])).toThrow(ModelError);
    expect(() => ensemble([...models, other])).toThrow(
      'models[2] answers brownian,directed: expected ND,DM,CD,FBM as models[0]',
    );
    expect(() => ensemble([])).toThrow('models is empty');
  });
});
