import { referenceText } from '../../../../fixtures/reference.ts';
import { simulationFrom } from '../simulate.ts';
import {
  type Comparison,
  compare,
  type Estimate,
  LAGS,
  mean,
  meanRatio,
  ratio,
  sampleOf,
  trimmedMean,
  verdict,
} from './statistics.fixture.ts';

interface Cell {
  N: number;
  ea_msd: Record<string, { mean: number; se: number; trim10: number }>;
  ta_msd: Record<string, { mean: number; se: number; trim10: number }>;
  displacement_acf_pooled: Record<string, { pooled: number; se: number }>;
  displacement_acf_pertraj: Record<string, { mean: number; se: number }>;
  zero_displacement_fraction: { mean: number; se: number };
}

const { cells, T } = JSON.parse(referenceText('andi-statistics.json.gz')) as {
  cells: Record<string, Cell>;
  T: number;
};

const MODELS: Record<string, { model: string; variant?: string }> = {
  attm: { model: 'attm' },
  attm_v2: { model: 'attm', variant: '2.1.13' },
  ctrw: { model: 'ctrw' },
  fbm: { model: 'fbm' },
  lw: { model: 'levy-walk' },
  sbm: { model: 'sbm' },
};

function comparisons(key: string, cell: Cell, T: number, seed: number): Comparison[] {
  const [name, alphaText, dimText] = key.split('|');
  const alpha = Number(alphaText);
  const dim = Number.parseInt(dimText, 10) as 1 | 2;
  const options = { ...MODELS[name], count: cell.N, length: T, dim, seed, alpha };
  const tracks = simulationFrom(options).generate();
  const sample = sampleOf(tracks);
  // The peer's FBM lives on [0, 1].
  const scale = name === 'fbm' ? (T - 1) ** alpha : 1;
  const heavy = name.startsWith('attm') || name === 'lw';
  const list: Comparison[] = [];
  const msd = (what: 'ea_msd' | 'ta_msd', values: Float64Array[]): void => {
    for (const [l, lag] of LAGS.entries()) {
      const theirs = cell[what][lag];
      const ours = heavy ? trimmedMean(values[l]) : mean(values[l]);
      const reference: Estimate = heavy
        ? { value: theirs.trim10, se: ours.se }
        : { value: theirs.mean * scale, se: theirs.se * scale };
      list.push(compare(`${key} ${what} lag ${lag}`, ours, reference));
    }
  };
  msd('ea_msd', sample.ensemble);
  msd('ta_msd', sample.timeAveraged);
  for (let k = 1; k <= 5; k++) {
    const [all, own] = [sample.products[0], sample.products[k]];
    const pooled = cell.displacement_acf_pooled[k];
    const single = cell.displacement_acf_pertraj[k];
    list.push(
      heavy
        ? compare(`${key} acf ${k}`, meanRatio(own, all), { value: single.mean, se: single.se })
        : compare(`${key} acf ${k}`, ratio(own, all), { value: pooled.pooled, se: pooled.se }),
    );
  }
  const zero = cell.zero_displacement_fraction;
  list.push(compare(`${key} zeros`, mean(sample.zeros), { value: zero.mean, se: zero.se }));
  return list;
}

// 1,364 comparisons, correlated within a cell; were they normal and independent, one beyond 4 would turn up with
// probability 8 %. The seed is fixed.
it('agrees with the peer in every cell of its statistics', () => {
  const list = Object.entries(cells).flatMap(([key, cell], k) =>
    comparisons(key, cell, T, 1000 + k),
  );
  expect(list).toHaveLength(62 * 22);
  const { beyond4, share3 } = verdict(list);
  expect(beyond4).toEqual([]);
  expect(share3).toBeLessThanOrEqual(0.01);
});

it('would notice a law that is slightly off', () => {
  // The other variant of ATTM, CTRW of another exponent, one coordinate of FBM instead of two.
  for (const [key, other] of [
    ['attm|0.5|1d', 'attm_v2|0.5|1d'],
    ['ctrw|0.5|1d', 'ctrw|0.6|1d'],
    ['fbm|0.5|2d', 'fbm|0.5|1d'],
  ]) {
    const { beyond4 } = verdict(comparisons(other, cells[key], T, 1));
    expect([other, beyond4.length > 0]).toEqual([other, true]);
  }
});
