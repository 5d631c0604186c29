import type { Microscope, StepLaw } from './step-law.ts';
import { stepLaw } from './step-law.ts';

/** A state that particles of an experiment are in, one segment after the other: each segment has an α and a K of its own. */
export interface MotionState {
  /** Whether nothing moves in it; α is 0 and ln K −∞ then. */
  readonly immobile: boolean;
  /** Mean and standard deviation of α over the segments of the state. */
  readonly alpha: number;
  readonly alphaDeviation: number;
  /** The same of ln K; K of ⟨Δx²⟩ = 2 K tᵅ per coordinate, in units² per frameᵅ. */
  readonly logDiffusion: number;
  readonly logDiffusionDeviation: number;
  /** Weight of the state among the others: how many of the segments are of it. */
  readonly share: number;
}

/** Places in (α, ln K) that stand for the laws of some states, with what a segment of the state has of each. */
export interface StateNodes {
  readonly laws: readonly StepLaw[];
  /** Which state each is of. */
  readonly states: Int32Array;
  /** Weights, 1 in all for each state. */
  readonly weights: Float64Array;
  readonly alphas: Float64Array;
  readonly logs: Float64Array;
}

/** How far nodes are from each other at most, where a state is wide, and how many they are along an axis. */
export const SPACING = { alpha: 0.2, log: 0.5 };
const MOST_NODES = 9;
/** A wide state is cut off so many deviations from its mean. */
const CUT = 2.2;
/** Nodes that weigh less are left out. */
const LEAST_WEIGHT = 1e-3;
/** What a particle at rest has for K, in units of σ². */
const STILL = 1e-6;

/** The nodes of some states. */
export function stateNodes(
  states: readonly MotionState[],
  microscope: Microscope,
  order: number,
): StateNodes {
  const laws: StepLaw[] = [];
  const own: number[] = [];
  const weights: number[] = [];
  const alphas: number[] = [];
  const logs: number[] = [];
  for (const [s, state] of states.entries()) {
    const first = laws.length;
    const add = (alpha: number, log: number, weight: number) => {
      laws.push(stepLaw(alpha, Math.exp(log), microscope, order));
      own.push(s);
      weights.push(weight);
      alphas.push(state.immobile ? 0 : alpha);
      logs.push(state.immobile ? Number.NEGATIVE_INFINITY : log);
    };
    if (state.immobile) add(1, Math.log(STILL * microscope.sigma ** 2 || STILL), 1);
    else {
      const ofAlpha = along(state.alpha, state.alphaDeviation, SPACING.alpha);
      const ofLog = along(state.logDiffusion, state.logDiffusionDeviation, SPACING.log);
      for (const a of ofAlpha) {
        for (const k of ofLog) {
          const weight = a.weight * k.weight;
          if (weight < LEAST_WEIGHT) continue;
          add(Math.min(1.98, Math.max(0.02, a.value)), k.value, weight);
        }
      }
    }
    const sum = weights.slice(first).reduce((total, weight) => total + weight, 0);
    for (let g = first; g < weights.length; g++) weights[g] /= sum;
  }
  return {
    laws,
    states: Int32Array.from(own),
    weights: Float64Array.from(weights),
    alphas: Float64Array.from(alphas),
    logs: Float64Array.from(logs),
  };
}

/** A normal law by places: three by Gauss and Hermite where it is narrow, evenly spaced ones where it is wide. */
function along(mean: number, deviation: number, spacing: number) {
  const count = Math.min(MOST_NODES, 2 * Math.round((2 * deviation) / spacing) + 1);
  if (count <= 3) {
    return [-1, 0, 1].map((side) => ({
      value: mean + side * Math.sqrt(3) * deviation,
      weight: side === 0 ? 2 / 3 : 1 / 6,
    }));
  }
  const places = Array.from({ length: count }, (_, i) => {
    const z = CUT * ((2 * i) / (count - 1) - 1);
    return { value: mean + z * deviation, weight: Math.exp((-z * z) / 2) };
  });
  const sum = places.reduce((total, { weight }) => total + weight, 0);
  return places.map(({ value, weight }) => ({ value, weight: weight / sum }));
}
