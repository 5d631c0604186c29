import type { Random } from '@diffusion/random';
import { defineModel } from '../motion/define-model.ts';
import { choice, number } from '../motion/parameters.ts';
import { D } from './diffusion-coefficient.ts';
import { unitVector } from './unit-vector.ts';

/** Moves in which one step is divided (Gajowczyk & Szwabiński 2021, section 3.1.3). */
const SUBSTEPS = 100;
const moves = new Float64Array(SUBSTEPS * 3);
const place = new Float64Array(3);

/** Parameters of {@link confined}, lengths in one unit. */
export interface ConfinedParameters {
  /** √(2 D Δt): deviation of a free step per coordinate. */
  step: number;
  /** Radius of the circle or sphere; half the length of the segment in 1D. */
  radius: number;
  /** At the centre, or uniform inside. The track begins at the origin in both cases: the centre moves. */
  start: 'centre' | 'uniform';
  /** Points per step; the moves of a step are shared among them, rounded up. */
  substeps?: number;
  /** Moves per step, at most 100; 100 unless told. */
  moves?: number;
  /** What a move that would end beyond the radius does: it is not made (unless told), or comes back as far as it went. */
  wall?: 'rejecting' | 'reflecting';
}

/**
 * Diffusion inside a segment, circle or sphere: every step is 100 moves of Δt/100 (or as many as told), and a move that
 * would end at the radius or beyond leaves the particle where it is, so that it is a little slower at the wall; with a
 * reflecting wall the displacements are those of the closed forms within 1 % for moves of a tenth of the radius.
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * confined(keyedRandom(1), out, 100, 2, { step: 1, radius: 5, start: 'centre' }); // 100 places in 2D
 */
export function confined(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { step, radius, start, substeps = 1, moves: perStep = SUBSTEPS, wall }: ConfinedParameters,
): void {
  place.fill(0);
  if (start === 'uniform') uniformInside(random, dim, radius);
  const x0 = place[0];
  const y0 = place[1];
  const z0 = place[2];
  const moveCount = Math.ceil(perStep / substeps);
  const scale = step / Math.sqrt(substeps * moveCount);
  const limit = radius * radius;
  const reflecting = wall === 'reflecting';
  const count = moveCount * dim;
  let x = x0;
  let y = y0;
  let z = z0;
  for (let i = 0, at = 0; i < points; i++) {
    if (i > 0) {
      random.fillNormal(moves, 0, count);
      if (dim === 1) {
        for (let j = 0; j < count; j++) {
          const nextX = x + scale * moves[j];
          if (nextX * nextX < limit) x = nextX;
          else if (reflecting) x = nextX * back(nextX * nextX, radius);
        }
      } else if (dim === 2) {
        for (let j = 0; j < count; j += 2) {
          const nextX = x + scale * moves[j];
          const nextY = y + scale * moves[j + 1];
          if (nextX * nextX + nextY * nextY < limit) {
            x = nextX;
            y = nextY;
          } else if (reflecting) {
            const turned = back(nextX * nextX + nextY * nextY, radius);
            x = nextX * turned;
            y = nextY * turned;
          }
        }
      } else {
        for (let j = 0; j < count; j += 3) {
          const nextX = x + scale * moves[j];
          const nextY = y + scale * moves[j + 1];
          const nextZ = z + scale * moves[j + 2];
          if (nextX * nextX + nextY * nextY + nextZ * nextZ < limit) {
            x = nextX;
            y = nextY;
            z = nextZ;
          } else if (reflecting) {
            const turned = back(nextX * nextX + nextY * nextY + nextZ * nextZ, radius);
            x = nextX * turned;
            y = nextY * turned;
            z = nextZ * turned;
          }
        }
      }
    }
    out[at++] = x - x0;
    if (dim > 1) out[at++] = y - y0;
    if (dim > 2) out[at++] = z - z0;
  }
}

/** By what a place beyond the wall is to be multiplied to lie as far inside as it lies outside: the centre at most. */
function back(square: number, radius: number): number {
  const distance = Math.sqrt(square);
  return Math.max(0, 2 * radius - distance) / distance;
}

/** A place uniform inside: a direction, and the largest of dim uniforms as the distance over the radius. */
function uniformInside(random: Random, dim: number, radius: number): void {
  unitVector(random, dim, place);
  let distance = random.uniform();
  for (let d = 1; d < dim; d++) distance = Math.max(distance, random.uniform());
  for (let d = 0; d < dim; d++) place[d] *= distance * radius;
}

/** The model `confined`: diffusion inside a segment, circle or sphere with a reflecting wall. */
export const confinedModel = defineModel({
  name: 'confined',
  parameters: {
    D,
    radius: number({
      meaning: 'radius of the circle or sphere, half the length of the segment',
      unit: 'position',
      above: 0,
    }),
    B: number({
      meaning: 'boundedness DT/radius², T the duration of the track',
      unit: '',
      above: 0,
    }),
    start: choice({
      meaning: 'where a track starts: at the centre, or uniform inside',
      choices: ['centre', 'uniform'],
    }),
  },
  alternatives: [['radius', 'B']],
  prepare(values, { dim, dt, duration }) {
    const { D, start } = values;
    const radius = values.radius ?? Math.sqrt((D * duration) / values.B!);
    const B = values.B ?? (D * duration) / (radius * radius);
    return {
      derived: { radius, B },
      qSignal: Math.sqrt(D * dt),
      write: (random, out, points, substeps) =>
        confined(random, out, points, dim, {
          step: Math.sqrt(2 * D * dt),
          radius,
          start,
          substeps,
        }),
    };
  },
});
