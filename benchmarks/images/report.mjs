// What is kept of `pnpm bench images`, as tables in Markdown and as plain data.
import { averageConfusion, classMetrics } from '@diffusion/eval';
import { markdown } from '../backends/fill-page.mjs';
import { names as called } from './contestants.mjs';

/** Student's t of 0.975 for 1 to 9 degrees of freedom. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** Those of figure 22, of figures 18 and 19, and of figure 17 and table 6. */
const RIVALS = ['plain', 'balanced', 'svm'];
const NETWORKS = ['lipnet-1', 'lipnet-2', 'balanced', 'lipnet-4c', 'lipnet-6'];
const PARTS = [
  'plain',
  'augmented',
  'oversampled',
  'rotation',
  'shift',
  'flip',
  'shear',
  'balanced',
  'zoom',
];

/** Tables of the jobs that were done with these settings. */
export function sections(results, { counts, steps, ambiguity, classes }) {
  const parts = [];
  const json = { machine: results.machine, steps: results.steps, problems: {} };
  for (const [problem, count] of Object.entries(counts)) {
    const names = classes(problem);
    const jobs = results.jobs.filter(
      (job) =>
        job.problem === problem &&
        job.count === count &&
        job.ambiguity === ambiguity &&
        (job.contestant === 'svm' || job.steps === steps),
    );
    const of = (contestant) => jobs.filter((job) => job.contestant === contestant);
    const done = Object.keys(called).filter((name) => of(name).length > 0);
    const found = Object.fromEntries(done.map((name) => [name, judged(of(name), names)]));
    if (done.length === 0) continue;
    json.problems[problem] = { count, classes: names, contestants: found };
    const those = (wanted) => wanted.filter((name) => done.includes(name));
    const rivals = those(RIVALS);
    parts.push(
      `### ${problem[0].toUpperCase()}${problem.slice(1)}`,
      overall(found, rivals),
      rates(found, rivals, names),
    );
    if (found.plain && found.balanced) parts.push(gain(found));
    if (found.svm?.alike) parts.push(beside(found.svm));
    parts.push(
      'Images of a fold by true class (row) and answer, the mean of the folds, and in parentheses the share of the true class:',
    );
    for (const name of rivals) parts.push(confusion(called[name], found[name], names));
    if (those(NETWORKS).length > 1) {
      parts.push(
        'F1(TPR, TNR) of the networks, all oversampled and augmented (figures 18 and 19 of the thesis):',
        byClass(found, those(NETWORKS), names, 'f1TprTnr'),
      );
    }
    if (those(PARTS).length > 2) {
      parts.push(
        'True positive rate of LipNet-4 by what is done to its images (figure 17 and table 6 of the thesis):',
        byClass(found, those(PARTS), names, 'recall'),
      );
    }
  }
  if (results.steps) {
    const ofTorch = results.steps.find(({ name }) => name === 'PyTorch-128')?.least;
    parts.push(
      '### A training step',
      `LipNet-4, batch 32, one thread, milliseconds: the least and the median of many short turns (${results.machine}).`,
      markdown([
        ['', 'least', 'median', 'over PyTorch-128'],
        ...results.steps.map(({ name, device, least, median }) => [
          `${name} (${device})`,
          least.toFixed(1),
          median.toFixed(1),
          ofTorch ? (least / ofTorch).toFixed(2) : '',
        ]),
      ]),
    );
  }
  return { markdown: parts.join('\n\n'), json };
}

/** What a contestant reaches in its folds. */
function judged(jobs, names) {
  const folds = jobs.map((job) => {
    const perClass = classMetrics(job.confusion, names);
    const macro = (key) => mean(perClass.map((one) => one[key]));
    return {
      fold: job.fold,
      macroTpr: macro('recall'),
      macroF1TprTnr: macro('f1TprTnr'),
      accuracy: sum(job.confusion.map((row, k) => row[k])) / sum(job.confusion.flat()),
      perClass,
    };
  });
  const most = (key) => Math.max(...jobs.map((job) => job[key]));
  return {
    folds,
    confusion: averageConfusion(jobs.map((job) => job.confusion)),
    seconds: mean(jobs.map((job) => job.trained ?? job.fitted)),
    peakMiB: most('peakMiB'),
    ...(jobs[0].epochs && { epochs: mean(jobs.map((job) => job.epochs)) }),
    ...(jobs[0].supportVectors && {
      supportVectors: mean(jobs.map((job) => job.supportVectors)),
      alike: jobs[0].sklearn && mean(jobs.map((job) => job.sklearn?.alike ?? Number.NaN)),
    }),
  };
}

function overall(found, rivals) {
  return markdown([
    ['', 'macro TPR', 'macro F1(TPR, TNR)', 'accuracy', 'seconds per fold', 'peak memory'],
    ...rivals.map((name) => [
      called[name],
      ...['macroTpr', 'macroF1TprTnr', 'accuracy'].map((key) =>
        withInterval(found[name].folds.map((fold) => fold[key])),
      ),
      found[name].seconds.toFixed(0),
      `${(found[name].peakMiB / 1024).toFixed(2)} GiB`,
    ]),
  ]);
}

const decimal = (x) => (Number.isNaN(x) ? '–' : x.toFixed(3));

/** The mean of a measure of a class over the folds where it is defined. */
const meanOf = ({ folds }, k, key) =>
  interval(folds.map(({ perClass }) => perClass[k][key])).middle;

function rates(found, rivals, names) {
  return markdown([
    ['', 'class', 'TPR', 'TNR', 'PPV', 'NPV', 'F1(TPR, TNR)'],
    ...rivals.flatMap((name) =>
      names.map((label, k) => [
        called[name],
        label,
        ...['recall', 'specificity', 'precision', 'npv', 'f1TprTnr'].map((key) =>
          decimal(meanOf(found[name], k, key)),
        ),
      ]),
    ),
  ]);
}

/** Contestants with those folds alone that all of them have: what is compared was judged on the same images. */
export function inCommon(found, chosen) {
  const all = (fold) => chosen.every((name) => found[name].folds.some((one) => one.fold === fold));
  return Object.fromEntries(
    chosen.map((name) => [
      name,
      { ...found[name], folds: found[name].folds.filter(({ fold }) => all(fold)) },
    ]),
  );
}

function byClass(contestants, chosen, names, key) {
  const found = inCommon(contestants, chosen);
  return markdown([
    ['', ...names, 'mean', 'folds'],
    ...chosen.map((name) => {
      const values = names.map((_, k) => meanOf(found[name], k, key));
      return [called[name], ...[...values, mean(values)].map(decimal), found[name].folds.length];
    }),
  ]);
}

function beside({ supportVectors, alike }) {
  return `The support vector machine has ${supportVectors.toFixed(0)} support vectors; scikit-learn's SVC on the same rows gives ${(100 * alike).toFixed(2)} % of the images that are judged the same class.`;
}

/** Of each fold the difference between the two, which have the same images in it. */
function gain({ plain, balanced }) {
  const of = (key) =>
    withInterval(
      balanced.folds.flatMap((one) => {
        const other = plain.folds.find(({ fold }) => fold === one.fold);
        return other ? [one[key] - other[key]] : [];
      }),
    );
  return `Oversampling and augmentation gain ${of('macroTpr')} in macro TPR and ${of('macroF1TprTnr')} in macro F1(TPR, TNR), fold by fold.`;
}

function confusion(title, { confusion: { counts, shares } }, names) {
  return markdown([
    [title, ...names],
    ...names.map((label, i) => [
      label,
      ...names.map((_, j) => `${counts[i][j].toFixed(1)} (${shares[i][j].toFixed(2)})`),
    ]),
  ]);
}

const sum = (values) => values.reduce((a, b) => a + b, 0);
const mean = (values) => sum(values) / values.length;

/** The mean of the numbers, and half of the 95 % interval that Student's t gives it. */
export function interval(values) {
  const known = values.filter((x) => !Number.isNaN(x));
  const middle = mean(known);
  if (known.length < 2) return { middle, half: Number.NaN };
  const deviation = Math.sqrt(sum(known.map((x) => (x - middle) ** 2)) / (known.length - 1));
  return { middle, half: (STUDENT[known.length - 2] * deviation) / Math.sqrt(known.length) };
}

function withInterval(values) {
  const { middle, half } = interval(values);
  return Number.isNaN(half) ? middle.toFixed(3) : `${middle.toFixed(3)} ± ${half.toFixed(3)}`;
}
