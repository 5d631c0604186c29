// Tracks of Brownian motion in 2D of which the classes differ in one stretch alone, 10 to 30 of 300 frames: where a network looks
// that tells them apart is known.
import { keyedRandom } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';

/** What the steps of a burst are; the deviation of a step per axis is 1 elsewhere. */
export const QUESTIONS = {
  'a smaller D': (random, steps) => steps.map(() => 0.4 * random.normal()),
  'a larger D': (random, steps) => steps.map(() => 3 * random.normal()),
  'one flight': (random, steps, { direction }) =>
    steps.map((_, i) => 2 * direction[i % 2] + random.normal()),
  'one wait': (_, steps) => steps.map(() => 0),
  // Places that are independent of each other: a well that is crossed in less than a frame.
  'one confinement': (random, steps) => {
    const places = Array.from({ length: steps.length + 2 }, () => 0.3 * random.normal());
    return steps.map((_, i) => places[i + 2] - places[i]);
  },
};

export const CLASSES = ['none', 'burst'];
export const LENGTH = 300;
/** Frames of a burst: 10 % of the track at most. */
const BURST = [10, 30];
/** Localisation error per axis. */
const SIGMA = 0.2;

/**
 * Tracks of both classes in turn, with the column `label`; `burst` is 1 at every point of a burst.
 *
 * @param question one of {@link QUESTIONS}.
 */
export function burstTracks(question, count, seed) {
  const positions = new Float64Array(count * LENGTH * 2);
  const burst = new Uint8Array(count * LENGTH);
  for (let i = 0; i < count; i++) {
    const random = keyedRandom(seed, 'own:burst', i);
    const steps = Float64Array.from({ length: 2 * (LENGTH - 1) }, () => random.normal());
    const frames = BURST[0] + random.integerBelow(BURST[1] - BURST[0] + 1);
    // A burst of so many points has a step less, and one that leads there.
    const from = 1 + random.integerBelow(LENGTH - frames - 1);
    const angle = 2 * Math.PI * random.uniform();
    const own = Array.from({ length: 2 * (frames - 1) });
    const direction = [Math.cos(angle), Math.sin(angle)];
    const made = QUESTIONS[question](random, own, { direction });
    if (i % 2 === 1) {
      steps.set(made, 2 * from);
      burst.fill(1, i * LENGTH + from, i * LENGTH + from + frames);
    }
    for (let axis = 0; axis < 2; axis++) {
      let x = 0;
      for (let t = 0; t < LENGTH; t++) {
        if (t > 0) x += steps[2 * (t - 1) + axis];
        positions[(i * LENGTH + t) * 2 + axis] = x + SIGMA * random.normal();
      }
    }
  }
  return new Tracks({
    positions,
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * LENGTH),
    dim: 2,
    pointColumns: { burst },
    trackColumns: { label: Array.from({ length: count }, (_, i) => CLASSES[i % 2]) },
  });
}
