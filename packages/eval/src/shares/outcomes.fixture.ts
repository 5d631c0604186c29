import { keyedRandom, type Random } from '@diffusion/random';

export const CLASSES = ['slow', 'middle', 'fast'];
const MEANS = [0, 1.5, 4];
const REFUSED = [0.05, 0.1, 0.5];

/** Rows of a network that sees one Gaussian number of a track, and is too sure; the truth of each, and its points. */
export function outcomes(truth: ArrayLike<number>, random: Random) {
  const probabilities = new Float32Array(truth.length * 3).fill(Number.NaN);
  const judged = new Uint8Array(truth.length);
  for (let i = 0; i < truth.length; i++) {
    const x = MEANS[truth[i]] + random.normal();
    if (random.uniform() < REFUSED[truth[i]]) continue;
    judged[i] = 1;
    const parts = MEANS.map((mean, k) => Math.exp(-0.8 * (x - mean) ** 2 + 0.3 * k));
    const sum = parts.reduce((a, b) => a + b, 0);
    parts.forEach((part, k) => {
      probabilities[i * 3 + k] = part / sum;
    });
  }
  return { classes: CLASSES, truth: Int32Array.from(truth), probabilities, judged };
}

/** As many simulated tracks of each class. */
export const simulated = (count: number, seed: number) =>
  outcomes(
    Int32Array.from({ length: count }, (_, i) => i % 3),
    keyedRandom(seed, 'own:simulated'),
  );

/** Tracks of a file with shares. */
export function file(count: number, shares: readonly number[], seed: number) {
  const random = keyedRandom(seed, 'own:file');
  const truth = Int32Array.from({ length: count }, () => {
    const u = random.uniform();
    return u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2;
  });
  return outcomes(truth, random);
}
