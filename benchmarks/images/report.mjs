// What is kept of `pnpm bench images`, as tables in Markdown and as plain data.
import { averageConfusion, classMetrics } from '@diffusion/eval';
import { markdown } from '../backends/fill-page.mjs';
import { names as called } from './contestants.mjs';

/** Student's t of 0.975 for 1 to 9 degrees of freedom. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

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
    const contestants = Object.keys(called).filter((name) =>
      jobs.some(({ contestant }) => contestant === name),
    );
    if (contestants.length === 0) continue;
    const found = Object.fromEntries(
      contestants.map((name) => [
        name,
        judged(
          jobs.filter(({ contestant }) => contestant === name),
          names,
        ),
      ]),
    );
    json.problems[problem] = { count, classes: names, contestants: found };
    parts.push(
      `### ${problem[0].toUpperCase()}${problem.slice(1)}`,
      overall(found),
      rates(found, names),
    );
    if (found.plain && found.balanced) parts.push(gain(found));
    for (const name of ['balanced', 'svm']) {
      if (found[name])
        parts.push(
          `${called[name]}: images of a fold, and in parentheses the share of the true class.`,
          confusion(found[name], names),
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

function overall(found) {
  return markdown([
    ['', 'macro TPR', 'macro F1(TPR, TNR)', 'accuracy', 'seconds per fold', 'peak memory'],
    ...Object.entries(found).map(([name, { folds, seconds, peakMiB }]) => [
      called[name],
      ...['macroTpr', 'macroF1TprTnr', 'accuracy'].map((key) =>
        withInterval(folds.map((fold) => fold[key])),
      ),
      seconds.toFixed(0),
      `${(peakMiB / 1024).toFixed(2)} GiB`,
    ]),
  ]);
}

function rates(found, names) {
  const cell = (folds, k, key) => {
    const known = folds.map(({ perClass }) => perClass[k][key]).filter((x) => !Number.isNaN(x));
    return known.length > 0 ? mean(known).toFixed(3) : '–';
  };
  return markdown([
    ['', 'class', 'TPR', 'TNR', 'PPV', 'NPV', 'F1(TPR, TNR)'],
    ...Object.entries(found).flatMap(([name, { folds }]) =>
      names.map((label, k) => [
        called[name],
        label,
        ...['recall', 'specificity', 'precision', 'npv', 'f1TprTnr'].map((key) =>
          cell(folds, k, key),
        ),
      ]),
    ),
  ]);
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

function confusion({ confusion: { counts, shares } }, names) {
  return markdown([
    ['true', ...names],
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
