import { keyedRandom } from '@diffusion/random';
import { contextOf } from '../context.ts';
import { fractionalTrack } from '../tracks.fixture.ts';
import { bestChanges } from './best-changes.ts';
import type { MarkovModel } from './markov-model.ts';
import { markovPath } from './markov-path.ts';
import { markovPosterior } from './markov-posterior.ts';
import { stepDensities, stepLaw } from './step-law.ts';
import { type TrackSteps, trackSteps } from './track-steps.ts';

const seen = { sigma: 0.3, exposure: 0 };
const laws = [stepLaw(0.5, 0.4, seen, 3), stepLaw(1.4, 0.7, seen, 3)];
const model: MarkovModel = {
  laws,
  initial: Float64Array.of(0.3, 0.7),
  leaving: Float64Array.of(0.2, 0.4),
  next: Float64Array.of(0, 1, 1, 0),
};

interface History {
  readonly pieces: readonly { readonly from: number; readonly to: number; readonly law: number }[];
  /** Age at each step. */
  readonly states: readonly number[];
  readonly density: number;
}

/** Every way to cut the steps and to give each piece a law, pieces of the last `end` steps and more at the end. */
function histories(steps: TrackSteps, end: number): History[] {
  const tables = laws.map((law) => {
    const table = new Float64Array(steps.count * 4);
    stepDensities(steps, law, table);
    return table;
  });
  const from = (begin: number): History[] => {
    if (begin === steps.count) return [{ pieces: [], states: [], density: 0 }];
    const found: History[] = [];
    for (let to = begin + 1; to <= steps.count; to++) {
      if (to - begin < (to === steps.count ? end : 3)) continue;
      laws.forEach((_, law) => {
        let own = 0;
        for (let t = begin; t < to; t++) own += tables[law][t * 4 + Math.min(3, t - begin)];
        for (const rest of from(to)) {
          found.push({
            pieces: [{ from: begin, to, law }, ...rest.pieces],
            states: [...new Array(to - begin).fill(law), ...rest.states],
            density: own + rest.density,
          });
        }
      });
    }
    return found;
  };
  return from(0);
}

/** Probability of a history before the steps are seen; 0 where a state follows itself. */
function prior({ pieces }: History, count: number): number {
  let p = model.initial[pieces[0].law];
  pieces.forEach(({ from, to, law }, i) => {
    if (i > 0) p *= pieces[i - 1].law === law ? 0 : model.leaving[pieces[i - 1].law];
    // A step behind the third of a piece could have been another piece's.
    const chances = Math.max(0, to - from - 3);
    p *= (1 - model.leaving[law]) ** chances;
  });
  return count > 0 ? p : 0;
}

const track = (length: number, seed: number) =>
  trackSteps(
    contextOf(fractionalTrack({ length, noiseVariance: 0.09, diffusion: 0.5 }, keyedRandom(seed))),
  );

describe.each([8, 10, 11])('of %d steps, against every history', (count) => {
  const steps = track(count + 1, count);

  it('bestChanges finds the best', () => {
    for (const penalty of [0.5, 3]) {
      const best = histories(steps, 2).reduce((a, b) =>
        a.density - a.pieces.length * penalty >= b.density - b.pieces.length * penalty ? a : b,
      );
      expect(bestChanges(steps, laws, penalty)).toEqual(best.pieces);
    }
  });

  it('markovPath finds the most likely', () => {
    const score = (h: History) => h.density + Math.log(prior(h, count));
    const best = histories(steps, 2).reduce((a, b) => (score(a) >= score(b) ? a : b));
    expect(markovPath(steps, model)).toEqual(
      best.pieces.map(({ from, to, law }) => ({ from, to, state: law })),
    );
  });

  it('markovPosterior sums over all', () => {
    const all = histories(steps, 1).map((h) => ({
      ...h,
      weight: prior(h, count) * Math.exp(h.density),
    }));
    const total = all.reduce((sum, { weight }) => sum + weight, 0);
    const found = markovPosterior(steps, model);
    expect(found.logLikelihood).toBeCloseTo(Math.log(total), 9);
    for (let t = 0; t < count; t++) {
      const second = all.reduce((sum, { states, weight }) => sum + states[t] * weight, 0) / total;
      const shares = found.shares.subarray((t * 2 + 1) * 4, (t * 2 + 2) * 4);
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(second, 9);
    }
    const leaves = all.reduce(
      (sum, { pieces, weight }) =>
        sum + weight * pieces.filter(({ law }, i) => law === 0 && i + 1 < pieces.length).length,
      0,
    );
    expect(found.changes[1]).toBeCloseTo(leaves / total, 9);
    const chances = all.reduce(
      (sum, { pieces, weight }) =>
        sum +
        weight *
          pieces.reduce(
            (n, { from, to, law }, i) =>
              n + (law === 0 ? Math.max(0, to - from - 3) + Number(i + 1 < pieces.length) : 0),
            0,
          ),
      0,
    );
    expect(found.chances[0]).toBeCloseTo(chances / total, 9);
  });
});
