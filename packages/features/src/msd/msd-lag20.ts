import { squaredDisplacements } from '../derived/squared-displacements.ts';
import { feature } from '../feature.ts';

/** Mean squared displacement over 20 frames. */
export const msdLag20 = feature({
  name: 'msdLag20',
  section: 'msd',
  meaning: 'Mean squared displacement over 20 frames.',
  formula: 'm(20)',
  range: '≥ 0; undefined where no two points are 20 frames apart',
  minPoints: 21,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Gajowczyk & Szwabiński 2021',
  compute: (context) => {
    const squares = squaredDisplacements(context, 20);
    if (squares.length === 0) return Number.NaN;
    return squares.reduce((sum, square) => sum + square, 0) / squares.length;
  },
});
