import { keyedRandom } from '@diffusion/random';
import { drawExperiment } from './draw-experiment.ts';
import { drawState } from './draw-state.ts';
import type { Experiment, Recording, StateLaw } from './experiment.ts';
import { record } from './record.ts';

const law = (alpha: number, D: number): StateLaw => ({
  alpha: { mean: alpha, variance: 0 },
  D: { mean: D, variance: 0 },
});
const base = { particles: 100, frames: 400, dim: 2, boxSize: 50 } as const;
const run = (experiment: Experiment, seed = 1): Recording => record(experiment, keyedRandom(seed));

/** Lengths of the spells in which `is` holds, without those that touch the first or last frame. */
function spells(frames: number, is: (k: number) => boolean, rows: number): number[] {
  const lengths: number[] = [];
  for (let p = 0; p < rows; p++) {
    let begin = -1;
    for (let t = 1; t < frames; t++) {
      const [before, now] = [is(p * frames + t - 1), is(p * frames + t)];
      if (now && !before) begin = t;
      if (!now && before && begin > 0) {
        lengths.push(t - begin);
        begin = -1;
      }
    }
  }
  return lengths;
}
const average = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

describe('single-state', () => {
  it.each([
    [0.5, 1],
    [1, 2],
    [1.6, 3],
  ] as const)('has ⟨x²(t)⟩ = 2 D t^α: α = %p in %pD', (alpha, dim) => {
    const { positions, state } = run({
      model: 'single-state',
      particles: 5000,
      frames: 20,
      dim,
      states: [law(alpha, 0.3)],
    });
    let sum = 0;
    for (let p = 0; p < 5000; p++) {
      for (let d = 0; d < dim; d++) sum += positions[(p * 20 + 16) * dim + d] ** 2 / (5000 * dim);
    }
    // Relative deviation √(2/n); four of them.
    expect(Math.abs(sum / (0.6 * 16 ** alpha) - 1)).toBeLessThan(4 * Math.sqrt(2 / (5000 * dim)));
    expect(new Set(state)).toEqual(new Set([2]));
  });

  it('calls α ≥ 1.9 directed and stays in its box', () => {
    const { positions, state } = run({ ...base, model: 'single-state', states: [law(1.95, 4)] });
    expect(new Set(state)).toEqual(new Set([3]));
    expect(positions.every((x) => x >= 0 && x <= 50)).toBe(true);
  });

  it('draws parameters from a normal distribution cut to what is possible', () => {
    const random = keyedRandom(5);
    const spread = { alpha: { mean: 1.9, variance: 0.04 }, D: { mean: 1, variance: 0.01 } };
    const drawn = Array.from({ length: 4000 }, () => drawState(random, spread));
    const D = drawn.map((state) => state.D);
    expect(Math.abs(average(D) - 1)).toBeLessThan((4 * 0.1) / Math.sqrt(4000));
    expect(Math.abs(average(D.map((x) => (x - 1) ** 2)) - 0.01)).toBeLessThan(
      4 * 0.01 * Math.sqrt(2 / 4000),
    );
    expect(Math.max(...drawn.map((state) => state.alpha))).toBeLessThanOrEqual(1.999);
    // Cut at half a deviation above the mean: 1.9 − 0.2·φ(0.5)/Φ(0.5) = 1.798.
    expect(Math.abs(average(drawn.map((state) => state.alpha)) - 1.798)).toBeLessThan(0.01);
  });
});

describe('multi-state', () => {
  it('stays in a state for geometric times and visits each for its share', () => {
    const { alpha, D } = run({
      ...base,
      model: 'multi-state',
      particles: 300,
      states: [law(0.7, 1), law(1.2, 0.1)],
      transition: [
        [0.9, 0.1],
        [0.3, 0.7],
      ],
    });
    const first = spells(400, (k) => D[k] === 1, 300);
    const second = spells(400, (k) => D[k] === 0.1, 300);
    // Means 10 and 3⅓, deviations √(1 − p)/p = 9.5 and 2.8; four errors.
    expect(Math.abs(average(first) - 10)).toBeLessThan((4 * 9.5) / Math.sqrt(first.length));
    expect(Math.abs(average(second) - 10 / 3)).toBeLessThan((4 * 2.8) / Math.sqrt(second.length));
    // Stationary share of the first state: 0.3/(0.1 + 0.3).
    const late = [...D].filter((_, k) => k % 400 > 50);
    expect(Math.abs(late.filter((d) => d === 1).length / late.length - 0.75)).toBeLessThan(0.02);
    expect(alpha.every((a, k) => (D[k] === 1 ? a === 0.7 : a === 1.2))).toBe(true);
  });

  it('governs the step that follows: steps have the variance 2D of their label', () => {
    const { positions, D } = run({
      ...base,
      boxSize: 1e6,
      model: 'multi-state',
      states: [law(1, 1), law(1, 0.01)],
      transition: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    });
    const squares: Record<number, number[]> = { 1: [], 0.01: [] };
    for (let k = 0; k < D.length; k++) {
      if (k % 400 === 399) continue;
      squares[D[k]].push((positions[2 * k + 2] - positions[2 * k]) ** 2);
    }
    expect(Math.abs(average(squares[1]) / 2 - 1)).toBeLessThan(
      4 * Math.sqrt(2 / squares[1].length),
    );
    expect(Math.abs(average(squares[0.01]) / 0.02 - 1)).toBeLessThan(
      4 * Math.sqrt(2 / squares[0.01].length),
    );
  });
});

describe('immobile-traps', () => {
  it('holds particles for geometric times, without a step', () => {
    const { state, positions, D } = run({
      ...base,
      model: 'immobile-traps',
      states: [law(1, 1)],
      traps: { count: 200, radius: 1, bind: 0.5, unbind: 0.1 },
    });
    const bound = spells(400, (k) => state[k] === 0, 100);
    expect(Math.abs(average(bound) - 10)).toBeLessThan((4 * 9.5) / Math.sqrt(bound.length));
    for (let k = 0; k < state.length; k++) {
      if (k % 400 === 399) continue;
      const still =
        positions[2 * k + 2] === positions[2 * k] && positions[2 * k + 3] === positions[2 * k + 1];
      if (still !== (state[k] === 0))
        throw new Error(`frame ${k}: state ${state[k]}, moved ${!still}`);
    }
    expect(D.every((d, k) => d === (state[k] === 0 ? 0 : 1))).toBe(true);
  });

  it('binds with the probability asked for where a trap is near', () => {
    // One trap that covers the box: from the frame after it was let go a particle binds after a geometric time.
    const { state } = run({
      ...base,
      model: 'immobile-traps',
      states: [law(1, 1)],
      traps: { count: 1, radius: 100, bind: 0.2, unbind: 0.5 },
    });
    const free = spells(400, (k) => state[k] === 2, 100);
    expect(Math.abs(average(free) - 5)).toBeLessThan((4 * 4.5) / Math.sqrt(free.length));
  });
});

describe('dimerization', () => {
  const recording = run({
    ...base,
    boxSize: 30,
    model: 'dimerization',
    states: [law(1, 1), law(1, 0.2)],
    dimers: { radius: 1, bind: 0.5, unbind: 0.05 },
  });

  it('keeps pairs together for geometric times', () => {
    const bound = spells(400, (k) => recording.D[k] === 0.2, 100);
    // A dimer has two partners, so half as many independent times; mean 20, deviation 19.5.
    expect(Math.abs(average(bound) - 20)).toBeLessThan((4 * 19.5) / Math.sqrt(bound.length / 2));
  });

  it('moves partners by the same steps, and binds only pairs', () => {
    const { D, positions } = recording;
    for (const t of [50, 200, 398]) {
      const steps = new Map<string, number>();
      let inDimers = 0;
      for (let p = 0; p < 100; p++) {
        const k = p * 400 + t;
        if (D[k] !== 0.2) continue;
        inDimers++;
        const step = (positions[2 * k + 2] - positions[2 * k]).toFixed(9);
        steps.set(step, (steps.get(step) ?? 0) + 1);
      }
      expect(inDimers).toBeGreaterThan(10);
      expect(inDimers % 2).toBe(0);
      // A partner at a wall of the box is folded back: its step differs.
      const pairs = [...steps.values()].filter((n) => n === 2).length;
      expect(2 * pairs).toBeGreaterThanOrEqual(0.8 * inDimers);
    }
  });
});

describe('confinement', () => {
  const inside = (transmittance: number): Recording =>
    run({
      ...base,
      model: 'confinement',
      states: [law(1, 1), law(1, 0.1)],
      compartments: { count: 8, radius: 5, transmittance },
    });

  it('never lets out what it holds when nothing is transmitted', () => {
    const { state } = inside(0);
    let left = 0;
    for (let k = 1; k < state.length; k++) {
      if (k % 400 !== 0 && state[k - 1] === 1 && state[k] !== 1) left++;
    }
    expect(left).toBe(0);
    expect(state.filter((s) => s === 1).length).toBeGreaterThan(10_000);
  });

  it('fills the box evenly when everything is transmitted and both states are one', () => {
    const { state } = run({
      ...base,
      particles: 400,
      model: 'confinement',
      states: [law(1, 1), law(1, 1)],
      compartments: { count: 8, radius: 5, transmittance: 1 },
    });
    // 8 discs of radius 5 in a box of 50 × 50.
    const share = state.filter((s) => s === 1).length / state.length;
    expect(Math.abs(share - (8 * Math.PI * 25) / 2500)).toBeLessThan(0.02);
  });

  it('lets out more the more is transmitted', () => {
    const exits = (recording: Recording): number => {
      const held = recording.state.filter((s) => s === 1).length;
      let count = 0;
      for (let k = 1; k < recording.state.length; k++) {
        if (k % 400 !== 0 && recording.state[k - 1] === 1 && recording.state[k] !== 1) count++;
      }
      return count / held;
    };
    const ratio = exits(inside(0.8)) / exits(inside(0.2));
    // Four times as many of those at the wall get out; fewer are at the wall then.
    expect(ratio).toBeGreaterThan(2);
    expect(ratio).toBeLessThan(4);
  });
});

describe('what cannot be', () => {
  const multi = { ...base, model: 'multi-state', states: [law(1, 1), law(1, 1)] } as const;
  it.each([
    [
      { ...multi, transition: [[1, 0]] },
      'transition[0] is [1,0]: expected 2 probabilities that sum to 1',
    ],
    [
      {
        ...multi,
        transition: [
          [0.5, 0.4],
          [0, 1],
        ],
      },
      'transition[0] is [0.5,0.4]',
    ],
    [
      { ...base, model: 'dimerization', states: [law(1, 1)] },
      'states is 1: expected 2 for the model dimerization',
    ],
    [
      { ...base, model: 'single-state', states: [law(2.5, 1)] },
      'states[0].alpha.mean is 2.5: expected a number from 0.001 to 1.999',
    ],
    [
      { ...base, dim: 3, model: 'confinement', states: [law(1, 1), law(1, 1)] },
      'dim is 3: expected 2 for the model confinement',
    ],
    [
      {
        ...base,
        model: 'immobile-traps',
        states: [law(1, 1)],
        traps: { count: 3, radius: 1, bind: 2, unbind: 0 },
      },
      'traps.bind is 2: expected a number from 0 to 1',
    ],
    [
      {
        ...base,
        model: 'confinement',
        states: [law(1, 1), law(1, 1)],
        compartments: { count: 300, radius: 5, transmittance: 0 },
      },
      'compartments.count is 300: expected fewer discs of radius 5 in a box of 50',
    ],
    [
      { ...drawExperiment('single-state', keyedRandom(1)), frames: 0 },
      'frames is 0: expected an integer ≥ 1',
    ],
  ])('is refused: %#', (experiment, message) => {
    expect(() => run(experiment as Experiment)).toThrow(message);
  });
});
