import { expectOn } from '@diffusion/expect';
import { deriveSeed, keyedRandom, randomIndex, randomLogUniform } from '@diffusion/random';
import { motion, motionPrior } from '@diffusion/simulate';
import { mostProbable } from '@diffusion/tracks';

/**
 * A simulated file of which nothing is known: so many tracks, so long, of shares of the classes that are drawn anew (any shares alike),
 * an error and a spread of Q of its own, some with gaps, drift, a known exposure.
 */
export function unknownFile(seed, i) {
  const random = keyedRandom(seed, 'own:unknown', i);
  const labels = [...new Set(motionPrior.laws.map(({ label }) => label))];
  const shares = new Map(labels.map((label) => [label, -Math.log(1 - random.uniform())]));
  const laws = motionPrior.laws.map((law) => ({
    ...law,
    share: law.share * shares.get(law.label),
  }));
  const count = Math.round(randomLogUniform(random, 30, 1000));
  const shortest = Math.round(randomLogUniform(random, 5, 100));
  const longest = Math.round(shortest * randomLogUniform(random, 1, 10));
  // Q within one and a half decades anywhere of the prior's two and a half.
  const q = randomLogUniform(random, 0.1, 1);
  const gaps = randomIndex(random, [2, 1]) === 0 ? 0 : { min: 0, max: 0.25 };
  return motion({
    ...{ dim: 2, count, seed: deriveSeed(seed, 'own:unknown', i) },
    prior: { ...motionPrior, laws },
    length: { min: shortest, max: longest },
    ranges: { q: { min: q, max: 30 * q }, gaps, pixel: 0, search: 'infinity' },
  }).generate();
}

/** The shares of the classes that the tracks of {@link unknownFile} are drawn with, by name. */
export function unknownShares(seed, i) {
  const random = keyedRandom(seed, 'own:unknown', i);
  const labels = [...new Set(motionPrior.laws.map(({ label }) => label))];
  const shares = new Map(labels.map((label) => [label, -Math.log(1 - random.uniform())]));
  const weights = labels.map(
    (label) =>
      motionPrior.laws
        .filter((law) => law.label === label)
        .reduce((sum, { share }) => sum + share, 0) * shares.get(label),
  );
  const total = weights.reduce((a, b) => a + b, 0);
  return Object.fromEntries(labels.map((label, k) => [label, weights[k] / total]));
}

const inside = (value, { low, high }) => value >= low - 1e-9 && value <= high + 1e-9;

/** What is expected of a file, and what is counted on it: a number per class, and of the whole. */
export async function unknownRow(model, i) {
  const tracks = unknownFile(1, i);
  const found = await expectOn(tracks, model, { seed: i + 1 });
  const { classes, probabilities } = await model.predict(tracks);
  const { codes, dictionary } = tracks.trackColumns.label;
  const called = mostProbable(probabilities, classes.length, classes.length);
  const truth = Array.from(codes, (code) => classes.indexOf(dictionary[code]));
  const judged = truth.map((c, k) => [c, called[k]]).filter(([, k]) => k >= 0);
  const rate = (rows) => rows.filter(([c, k]) => c === k).length / rows.length;
  return {
    tracks: tracks.count,
    accuracy: inside(rate(judged), found.accuracy),
    check: found.check.passed,
    drift: found.drift.found,
    classes: found.classes.map(({ name, share, recall, precision }, c) => {
      const own = judged.filter(([of]) => of === c);
      const named = judged.filter(([, as]) => as === c);
      const part = truth.filter((of) => of === c).length / truth.length;
      return {
        name,
        share: inside(part, share),
        ...(own.length > 0 && {
          recall: inside(rate(own), recall),
          bias: recall.value - rate(own),
          width: recall.high - recall.low,
        }),
        ...(named.length > 0 && { precision: inside(rate(named), precision) }),
      };
    }),
  };
}

/** How many of 100 are inside, of each class and of all. */
export function unknownScores(rows) {
  const mean = (list) => list.reduce((a, b) => a + Number(b), 0) / list.length;
  const digits = (value, places) => Number(value.toFixed(places));
  const scores = (cells) => {
    const of = (name) => cells.flatMap((cell) => (cell[name] === undefined ? [] : [cell[name]]));
    return {
      files: of('recall').length,
      'recall inside, %': digits(100 * mean(of('recall')), 1),
      bias: digits(mean(of('bias')), 3),
      width: digits(mean(of('width')), 2),
      'precision inside, %': digits(100 * mean(of('precision')), 1),
      'share inside, %': digits(100 * mean(of('share')), 1),
    };
  };
  const names = rows[0].classes.map(({ name }) => name);
  const cells = rows.flatMap(({ classes }) => classes);
  return {
    ...Object.fromEntries(
      names.map((name) => [name, scores(cells.filter((cell) => cell.name === name))]),
    ),
    all: {
      ...scores(cells),
      'accuracy inside, %': digits(100 * mean(rows.map(({ accuracy }) => accuracy)), 1),
      'false alarms of the check, %': digits(100 * mean(rows.map(({ check }) => !check)), 1),
      'drifts found, %': digits(100 * mean(rows.map(({ drift }) => drift)), 1),
    },
  };
}
