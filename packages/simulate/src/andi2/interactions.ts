import { ParameterError } from '../errors.ts';
import { drawState } from './draw-state.ts';
import { type Experiment, freeState, STATE } from './experiment.ts';
import { move } from './states.ts';
import type { Walk } from './walk.ts';

/**
 * Traps at places uniform in the box, the same for all particles. In every frame a bound particle is let go
 * with probability `unbind`, and a free one that is nearer to a trap than its radius is bound with
 * probability `bind`, but not in the frame in which it was let go.
 */
export function immobileTraps({ states, traps, boxSize }: Experiment, walk: Walk): void {
  if (!traps) throw new ParameterError('traps', traps, 'their count, radius, bind and unbind');
  const { random, particles, frames } = walk;
  const places = Float64Array.from(
    { length: 2 * traps.count },
    () => (boxSize ?? 0) * random.uniform(),
  );
  const own = Array.from({ length: particles }, () => drawState(random, states[0]));
  const bound = new Uint8Array(particles);
  for (let p = 0; p < particles; p++) walk.restart(p, 0, own[p].alpha, own[p].D);
  for (let t = 0; t < frames; t++) {
    for (let p = 0; p < particles; p++) {
      const { alpha, D } = own[p];
      if (bound[p]) {
        if (random.uniform() < traps.unbind) {
          bound[p] = 0;
          walk.restart(p, t, alpha, D);
        }
      } else if (nearAny(walk.at(p, t, 0), walk.at(p, t, 1), places, traps.radius) >= 0) {
        if (random.uniform() < traps.bind) bound[p] = 1;
      }
      if (!bound[p]) {
        walk.note(p, t, alpha, D, freeState(alpha));
        move(walk, p, t);
      } else {
        walk.note(p, t, 0, 0, STATE.immobile);
        if (t + 1 < frames) {
          walk.put(p, t + 1, 0, walk.at(p, t, 0));
          walk.put(p, t + 1, 1, walk.at(p, t, 1));
        }
      }
    }
  }
}

/**
 * Particles that bind in pairs. In every frame each dimer parts with probability `unbind`, and then two free
 * particles that are closer than two radii bind with probability `bind`, in the order of their numbers, but
 * not in the frame in which they parted. Both partners take the same steps, in the dimer state of the first;
 * after parting both draw their free state again.
 */
export function dimerization({ states, dimers }: Experiment, walk: Walk): void {
  if (!dimers) throw new ParameterError('dimers', dimers, 'their radius, bind and unbind');
  const { random, particles, frames } = walk;
  const own = Array.from({ length: particles }, () => drawState(random, states[0]));
  const partner = new Int32Array(particles).fill(-1);
  const parted = new Uint8Array(particles);
  const reach = 4 * dimers.radius * dimers.radius;
  for (let p = 0; p < particles; p++) walk.restart(p, 0, own[p].alpha, own[p].D);
  for (let t = 0; t < frames; t++) {
    parted.fill(0);
    for (let p = 0; p < particles; p++) {
      if (partner[p] < p || random.uniform() >= dimers.unbind) continue;
      for (const q of [p, partner[p]]) {
        partner[q] = -1;
        parted[q] = 1;
        own[q] = drawState(random, states[0]);
        walk.restart(q, t, own[q].alpha, own[q].D);
      }
    }
    for (let p = 0; p < particles; p++) {
      if (partner[p] >= 0 || parted[p]) continue;
      for (let q = p + 1; q < particles && partner[p] < 0; q++) {
        if (partner[q] >= 0 || parted[q]) continue;
        const x = walk.at(p, t, 0) - walk.at(q, t, 0);
        const y = walk.at(p, t, 1) - walk.at(q, t, 1);
        if (x * x + y * y >= reach || random.uniform() >= dimers.bind) continue;
        partner[p] = q;
        partner[q] = p;
        own[p] = drawState(random, states[1]);
        own[q] = own[p];
        walk.restart(p, t, own[p].alpha, own[p].D);
      }
    }
    for (let p = 0; p < particles; p++) {
      walk.note(p, t, own[p].alpha, own[p].D, freeState(own[p].alpha));
      const leader = partner[p] >= 0 ? Math.min(p, partner[p]) : p;
      if (t + 1 >= frames) continue;
      for (let d = 0; d < 2; d++) walk.put(p, t + 1, d, walk.at(p, t, d) + walk.step(leader, t, d));
    }
  }
}

/**
 * Discs that do not overlap, the same for all particles. A particle gets in freely; at the wall from inside it gets
 * out with probability `transmittance`, and is reflected otherwise. Inside it has the second state.
 */
export function confinement({ states, compartments, boxSize }: Experiment, walk: Walk): void {
  if (!compartments) {
    throw new ParameterError('compartments', compartments, 'their count, radius and transmittance');
  }
  const { random, particles, frames } = walk;
  const { count, radius, transmittance } = compartments;
  const centres = placeDiscs(walk, count, radius, boxSize ?? 0);
  for (let p = 0; p < particles; p++) {
    const own = [drawState(random, states[0]), drawState(random, states[1])];
    let disc = nearAny(walk.at(p, 0, 0), walk.at(p, 0, 1), centres, radius);
    let { alpha, D } = own[disc < 0 ? 0 : 1];
    walk.restart(p, 0, alpha, D);
    for (let t = 0; t < frames; t++) {
      walk.note(p, t, alpha, D, disc < 0 ? freeState(alpha) : STATE.confined);
      if (t + 1 >= frames) break;
      if (disc < 0) move(walk, p, t);
      else {
        const centreX = centres[2 * disc];
        const centreY = centres[2 * disc + 1];
        const x = walk.at(p, t, 0) - centreX;
        const y = walk.at(p, t, 1) - centreY;
        const next = [x + walk.step(p, t, 0), y + walk.step(p, t, 1)];
        const leaves = !isInside(next[0], next[1], radius);
        if (leaves && random.uniform() >= transmittance) reflectInside(x, y, next, radius);
        walk.put(p, t + 1, 0, centreX + next[0]);
        walk.put(p, t + 1, 1, centreY + next[1]);
      }
      const entered = nearAny(walk.at(p, t + 1, 0), walk.at(p, t + 1, 1), centres, radius);
      if (entered < 0 !== disc < 0) {
        ({ alpha, D } = own[entered < 0 ? 0 : 1]);
        walk.restart(p, t + 1, alpha, D);
      }
      disc = entered;
    }
  }
}

/** Index of a place that is nearer than `radius`, or −1. */
function nearAny(x: number, y: number, places: Float64Array, radius: number): number {
  for (let k = 0; k < places.length; k += 2) {
    if (isInside(x - places[k], y - places[k + 1], radius)) return k / 2;
  }
  return -1;
}

/** Whether (x, y) is nearer than `radius` to the origin. */
function isInside(x: number, y: number, radius: number): boolean {
  return x * x + y * y < radius * radius;
}

/** Centres of discs that lie wholly in the box and do not overlap. */
function placeDiscs({ random }: Walk, count: number, radius: number, size: number): Float64Array {
  const centres = new Float64Array(2 * count).fill(Infinity);
  let placed = 0;
  for (let attempt = 0; placed < count && attempt < 100 * count && size > 2 * radius; attempt++) {
    const x = radius + (size - 2 * radius) * random.uniform();
    const y = radius + (size - 2 * radius) * random.uniform();
    if (nearAny(x, y, centres, 2 * radius) >= 0) continue;
    centres[2 * placed] = x;
    centres[2 * placed + 1] = y;
    placed++;
  }
  if (placed < count) {
    throw new ParameterError(
      'compartments.count',
      count,
      `fewer discs of radius ${radius} in a box of ${size}`,
    );
  }
  return centres;
}

/** Reflects the step from (x, y) inside a circle around the origin to `next` at its wall until it ends inside. */
function reflectInside(x: number, y: number, next: number[], radius: number): void {
  let [fromX, fromY] = [x, y];
  for (let bounce = 0; bounce < 1000; bounce++) {
    const stepX = next[0] - fromX;
    const stepY = next[1] - fromY;
    // |from + s·step| = radius
    const a = stepX * stepX + stepY * stepY;
    const b = fromX * stepX + fromY * stepY;
    const c = fromX * fromX + fromY * fromY - radius * radius;
    const s = (-b + Math.sqrt(Math.max(0, b * b - a * c))) / a;
    const wallX = fromX + s * stepX;
    const wallY = fromY + s * stepY;
    const along = ((1 - s) * (stepX * wallX + stepY * wallY)) / (radius * radius);
    next[0] = wallX + (1 - s) * stepX - 2 * along * wallX;
    next[1] = wallY + (1 - s) * stepY - 2 * along * wallY;
    if (isInside(next[0], next[1], radius)) return;
    fromX = wallX;
    fromY = wallY;
  }
  // A step that grazes the wall without end stays where it was.
  next[0] = x;
  next[1] = y;
}
