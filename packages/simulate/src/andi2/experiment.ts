/** The phenomenological models of the second AnDi challenge. */
export const ANDI2_MODELS = [
  'single-state',
  'multi-state',
  'immobile-traps',
  'dimerization',
  'confinement',
] as const;

export type Andi2Model = (typeof ANDI2_MODELS)[number];

/** A normal distribution cut to where the parameter can be; variance 0 makes it a constant. */
export interface Spread {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Law of a state: exponent on (0, 1.999] and D on [1e-12, 1e6], ⟨x²(t)⟩ = 2 D t^α per coordinate, drawn per
 * particle.
 */
export interface StateLaw {
  readonly alpha: Spread;
  readonly D: Spread;
}

/** Everything that one experiment is made from. Lengths in pixels, times in frames. */
export interface Experiment {
  readonly model: Andi2Model;
  readonly particles: number;
  readonly frames: number;
  /** 2; a single state also in 1D and 3D. */
  readonly dim: 1 | 2 | 3;
  /** Side of the box with reflecting walls; without one the plane is open and every particle starts at the origin. */
  readonly boxSize?: number;
  /**
   * One state for single-state and immobile-traps; free and dimer for dimerization; outside and inside for
   * confinement; any number for multi-state.
   */
  readonly states: readonly StateLaw[];
  /** multi-state: probability of state j after state i, per frame. */
  readonly transition?: readonly (readonly number[])[];
  /** immobile-traps: number, radius, and probabilities per frame to be bound where near and to be let go. */
  readonly traps?: { count: number; radius: number; bind: number; unbind: number };
  /**
   * dimerization: radius of a particle, and probabilities per frame to bind where closer than two radii and
   * to part.
   */
  readonly dimers?: { radius: number; bind: number; unbind: number };
  /** confinement: number and radius of the discs, and the probability that a particle at the wall gets out. */
  readonly compartments?: { count: number; radius: number; transmittance: number };
}

/** Codes of the state column. */
export const STATE = { immobile: 0, confined: 1, free: 2, directed: 3 } as const;

/** Free, or directed from α = 1.9 on. */
export const freeState = (alpha: number): number => (alpha >= 1.9 ? STATE.directed : STATE.free);

/** What an experiment gives: a row of `frames` points per particle, one after the other. */
export interface Recording {
  /** particles × frames × dim. */
  readonly positions: Float64Array;
  /** particles × frames: α, D and state that govern the step from a frame to the next. */
  readonly alpha: Float64Array;
  readonly D: Float64Array;
  readonly state: Uint8Array;
}
