// One fold of one contestant, in a process of its own, so that its peak memory is its own: a JSON argument in, a line of JSON out.
import { confusionMatrix } from '@diffusion/eval';
import { imageFeatureRows } from '@diffusion/features';
import { fitSvm } from '@diffusion/models/classical';
import { deriveSeed, permutation } from '@diffusion/random';
import { liposomes } from '@diffusion/simulate';
import { trainLipnet } from './lipnet.mjs';

const job = JSON.parse(process.argv[2]);
const { problem, count, ambiguity, seed, folds, fold, contestant } = job;
const begun = performance.now();
const set = liposomes({ problem, count, ambiguity, seed: deriveSeed(seed, 'training') });
const images = set.generate();
const { codes } = images.labels;
const seconds = (from) => (performance.now() - from) / 1000;
const drawn = seconds(begun);

// Stratified: the members of each class in an order of its own, to one fold after the other.
const foldOf = new Int32Array(count);
for (const k of set.classes.keys()) {
  const own = [...codes.keys()].filter((i) => codes[i] === k);
  const order = permutation(own.length, seed, 'folds', k);
  own.forEach((i, place) => {
    foldOf[i] = order(place) % folds;
  });
}
const training = Int32Array.from(foldOf.keys()).filter((i) => foldOf[i] !== fold);
const test = Int32Array.from(foldOf.keys()).filter((i) => foldOf[i] === fold);

const contestants = {
  /** Oversampled and augmented. */
  balanced: () => trainLipnet({ ...job, images, training, test, balance: true, augment: true }),
  /** Neither. */
  plain: () => trainLipnet({ ...job, images, training, test, balance: false, augment: false }),
  oversampled: () => trainLipnet({ ...job, images, training, test, balance: true, augment: false }),
  augmented: () => trainLipnet({ ...job, images, training, test, balance: false, augment: true }),
  svm() {
    const { rows } = imageFeatureRows(images);
    const from = performance.now();
    const model = fitSvm(
      Array.from(training, (i) => rows[i]),
      Array.from(training, (i) => codes[i]),
      {
        classWeights: 'balanced',
        classes: set.classes.length,
        seed: deriveSeed(seed, 'fold', fold + 1),
      },
    );
    const fitted = seconds(from);
    const { codes: predicted } = model.predict(Array.from(test, (i) => rows[i]));
    const { vectors, scaling } = model.toJSON();
    return { predicted, fitted, supportVectors: vectors.length / scaling.mean.length };
  },
};
const { predicted, ...more } = await contestants[contestant]();
const actual = Array.from(test, (i) => codes[i]);
const result = {
  problem,
  contestant,
  fold,
  classes: set.classes,
  confusion: confusionMatrix({ actual, predicted, classes: set.classes.length }),
  ...more,
  drawn,
  seconds: seconds(begun),
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
