import { comparePredictions } from './compare-predictions.ts';
import { parsePredictions } from './parse-predictions.ts';
import { parseReference } from './parse-reference.ts';
import { stratify } from './stratify.ts';

const predictions = parsePredictions(
  'track,label,alpha,reason\n3,fbm,0.9,\n2,,,too short\n1,sbm,0.5,\n0,fbm,0.4,\n',
);
const meta = `row,length,model,alpha,sigma_x,amplitude_x
0,20,FBM,0.5,1,0.3
1,150,FBM,0.5,0.1,0.3
2,150,SBM,1.2,0.5,0.3
3,1000,SBM,1.5,0.1,0.3
`;
const reference = parseReference(meta);
const comparison = comparePredictions(predictions, reference);

describe('stratify', () => {
  it('puts tracks into strata of the values that the reference has', () => {
    const [snr] = stratify(comparison, reference, { by: ['snr'] });
    expect(snr.bins.map(({ name, classes }) => [name, classes?.count, classes?.judged])).toEqual([
      ['1', 1, 1],
      ['2', 1, 0],
      ['10', 2, 2],
    ]);
    expect(snr.bins[2].classes?.accuracy).toBe(0);
    expect(snr.bins[2].exponents?.mae).toBeCloseTo((0 + 0.6) / 2, 12);
    expect(snr.bins[1].exponents?.mae).toBeNaN();
  });

  it('names values by no more digits than tell them apart', () => {
    const named = (sigmas: readonly string[]) => {
      const rows = sigmas.map((sigma, k) => `${k},20,FBM,0.5,${sigma},0.3`).join('\n');
      const truth = parseReference(`${meta.split('\n')[0]}\n${rows}\n`);
      const [{ bins }] = stratify(comparePredictions(predictions, truth), truth, { by: ['snr'] });
      return bins.map(({ name }) => name);
    };
    expect(named(['1', '0.79', '0.36', '0.1'])).toEqual(['1', '1.27', '2.78', '10']);
    expect(named(['1', '0.79', '0.7901', '0.1'])).toEqual(['1', '1.2657', '1.2658', '10']);
  });

  it('puts them into bins, of which none is empty', () => {
    const [length, alpha] = stratify(comparison, reference, { by: ['length', 'alpha'] });
    expect(length.bins.map(({ name }) => name)).toEqual(['10–50', '100–200', '1000 and more']);
    expect(alpha.bins.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['0.5–0.6', 0.5, 0.6],
      ['1.2–1.3', 1.2, 1.3],
      ['1.5–1.6', 1.5, 1.6],
    ]);
    const [own] = stratify(comparison, reference, { by: ['length'], edges: { length: [10, 200] } });
    expect(own.bins.map(({ name, classes }) => [name, classes?.count])).toEqual([['10–200', 3]]);
  });

  it('puts them by model, spelled as the predictions have it', () => {
    const [model] = stratify(comparison, reference, { by: ['model'] });
    expect(model.bins.map(({ name, exponents }) => [name, exponents?.judged])).toEqual([
      ['fbm', 2],
      ['sbm', 1],
    ]);
    const { mae, maeInterval } = model.bins[0].exponents!;
    expect(mae).toBeCloseTo(0.05, 12);
    expect(maeInterval.low).toBeCloseTo(0, 12);
    expect(maeInterval.high).toBeCloseTo(0.1, 12);
  });

  it('adds up to what there is without strata', () => {
    for (const { bins } of stratify(comparison, reference, {
      by: ['length', 'snr', 'alpha', 'model'],
    })) {
      const counts = bins.map(({ classes }) => classes!.count);
      expect(counts.reduce((a, b) => a + b)).toBe(comparison.classification!.metrics.count);
    }
  });

  it('says what the reference lacks', () => {
    const bare = parseReference('track,label\n0,fbm\n1,fbm\n2,sbm\n3,sbm\n', 'truth.csv');
    const found = comparePredictions(predictions, bare);
    for (const by of ['length', 'snr', 'alpha'] as const) {
      expect(() => stratify(found, bare, { by: [by] })).toThrow(`truth.csv: there is no ${by}`);
    }
    const exponents = parseReference('1;0.5\n1;0.5\n1;0.5\n1;0.5\n', 'ref1.txt');
    const ofExponents = comparePredictions(predictions, exponents);
    expect(() => stratify(ofExponents, exponents, { by: ['model'] })).toThrow('there is no model');
    expect(stratify(ofExponents, exponents, { by: ['alpha'] })[0].bins).toHaveLength(1);
  });
});
