import { exp, type Random } from '@diffusion/random';
import { unitVector } from './unit-vector.ts';

const direction = new Float64Array(3);
const centre = new Float64Array(3);

/** One of the two ways in which {@link switching} moves. */
export interface SwitchingState {
  /** √(2 D Δt): deviation of a free step per coordinate. */
  readonly step: number;
  /** Distance per frame, in a direction that is another one in every stay; none unless told. */
  readonly drift?: number;
  /** Relaxation time, in frames, of a harmonic trap around the place where the stay began; none unless told. */
  readonly relaxation?: number;
  /** Mean length of a stay, in frames, at least 1. */
  readonly dwell: number;
}

/**
 * Motion that changes between two states at the edges of frames: a stay ends with probability 1/dwell per frame. It begins
 * in either, as often as it is found there. Gives the place at which it first changes; `points` where it does not.
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * const states = [{ step: 1, dwell: 20 }, { step: 0.1, dwell: 10 }] as const;
 * switching(keyedRandom(1), out, 100, 2, { states }); // 100 places in 2D
 */
export function switching(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  {
    states,
    substeps = 1,
  }: { states: readonly [SwitchingState, SwitchingState]; substeps?: number },
): number {
  const [first, second] = states;
  let now = random.uniform() * (first.dwell + second.dwell) < first.dwell ? 0 : 1;
  let firstChange = points;
  out.fill(0, 0, dim);
  random.fillNormal(out, dim, points * dim);
  begin(random, out, 0, dim, states[now]);
  for (let from = 1; from < points; from += substeps) {
    if (from > 1 && random.uniform() * states[now].dwell < 1) {
      now = 1 - now;
      firstChange = Math.min(firstChange, from - 1);
      begin(random, out, (from - 1) * dim, dim, states[now]);
    }
    const { step, drift = 0, relaxation = Infinity } = states[now];
    // The exact step of an Ornstein–Uhlenbeck process; without a trap it is a free one.
    const trapped = relaxation < Infinity;
    const kept = trapped ? exp(-1 / (relaxation * substeps)) : 1;
    const scale = trapped
      ? step * Math.sqrt((relaxation / 2) * (1 - kept * kept))
      : step / Math.sqrt(substeps);
    const end = Math.min(points, from + substeps) * dim;
    for (let at = from * dim; at < end; ) {
      for (let d = 0; d < dim; d++, at++) {
        const away = trapped ? centre[d] + kept * (out[at - dim] - centre[d]) : out[at - dim];
        out[at] = away + scale * out[at] + (drift * direction[d]) / substeps;
      }
    }
  }
  return firstChange;
}

/** Begins a stay at the place out[at]. */
function begin(
  random: Random,
  out: Float64Array,
  at: number,
  dim: number,
  { drift }: SwitchingState,
): void {
  if (drift !== undefined) unitVector(random, dim, direction);
  else direction.fill(0);
  for (let d = 0; d < dim; d++) centre[d] = out[at + d];
}
