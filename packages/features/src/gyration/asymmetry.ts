import { gyration } from '../derived/gyration.ts';
import { feature } from '../feature.ts';

/** How unequal the axes of the gyration tensor are. */
export const anisotropy = feature({
  name: 'anisotropy',
  section: 'gyration',
  meaning: 'How unequal the axes of the gyration tensor are.',
  formula: 'κ² = Σ_{i<j}(λ_i − λ_j)²/((d − 1)(Σλ)²)',
  range: '[0, 1]; circle 0, line 1; undefined on a constant track',
  minPoints: 2,
  dims: [2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Rudnick & Gaspari 1987',
  compute: (context) => inequality(gyration(context).values),
});

/** Asymmetry of the path. */
export const asymmetry = feature({
  name: 'asymmetry',
  section: 'gyration',
  meaning: 'Asymmetry of the path.',
  formula: '−ln(1 − κ²/2)',
  range: '[0, ln 2]; undefined on a constant track',
  minPoints: 2,
  dims: [2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Helmuth et al. 2007; Wagner et al. 2017 (asymmetry3 of TraJ)',
  compute: (context) => -Math.log(1 - anisotropy(context) / 2),
});

/** Asymmetry of the squared eigenvalues. */
export const asymmetry1 = feature({
  name: 'asymmetry1',
  section: 'gyration',
  meaning: 'Asymmetry of the squared eigenvalues.',
  formula: 'κ² of the λ²; ((λ₁² − λ₂²)/(λ₁² + λ₂²))² in 2D',
  range: '[0, 1]; undefined on a constant track',
  minPoints: 2,
  dims: [2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Saxton 1993; TraJ',
  compute: (context) => {
    const { values } = gyration(context);
    return inequality(values.map((value) => (value / values[0]) ** 2));
  },
});

/** Smallest eigenvalue against the largest. */
export const asymmetry2 = feature({
  name: 'asymmetry2',
  section: 'gyration',
  meaning: 'Smallest eigenvalue against the largest.',
  formula: 'λ_d/λ₁',
  range: '[0, 1]; line 0; undefined on a constant track',
  minPoints: 2,
  dims: [2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Saxton 1993; TraJ',
  compute: (context) => {
    const { values } = gyration(context);
    return values[context.dim - 1] / values[0];
  },
});

/** κ² = Σ_{i<j}(λ_i − λ_j)² / ((d − 1)(Σλ)²): 0 when all are equal, 1 when only one is not zero. */
function inequality(values: readonly number[]): number {
  let sum = 0;
  let differences = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    for (let j = 0; j < i; j++) differences += (values[i] - values[j]) ** 2;
  }
  return Math.min(1, differences / ((values.length - 1) * sum * sum));
}
