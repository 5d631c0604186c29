// Answers of a network that does not exist: three numbers of every track, Gaussian with a mean and width per class, and the
// softmax of their densities, sharper than it should be and moved by class. A refusal has a probability of its own per class.
const MEANS = [
  [0, 0, 0],
  [1.2, 0.4, 0],
  [1.8, 1.4, 0],
  [5, 0, 0],
  [1, 1.6, 0.6],
  [2.6, 2, 1.6],
];
const WIDTHS = [1, 1, 1, 1, 1, 1.6];
const REFUSED = [0.02, 0.05, 0.05, 0.15, 0.1, 0.3];
const SHARPNESS = 1.4;
const OFFSET = 0.3;

const normal = (random) =>
  Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());

/** The probabilities of one track of a class; undefined where it is refused. */
export function gaussianOutcome(truth, random) {
  if (random.uniform() < REFUSED[truth]) return undefined;
  const x = MEANS[truth].map((mean) => mean + WIDTHS[truth] * normal(random));
  const scores = MEANS.map((mean, k) => {
    const distance = x.reduce((sum, value, d) => sum + (value - mean[d]) ** 2, 0);
    const log = -distance / (2 * WIDTHS[k] ** 2) - 3 * Math.log(WIDTHS[k]);
    return SHARPNESS * log + OFFSET * k;
  });
  const most = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - most));
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part / sum);
}
