import { type ClassificationMetrics, type Section, wilsonInterval } from '@diffusion/eval';
import { type NetworkModel, parameterCount } from '@diffusion/models';
import { table } from '../print.ts';
import { percent } from '../training/report-lines.ts';

/** Rows of what, how many tracks and which share of them is right. */
export type PaperRows = readonly (readonly [what: string, tracks: string, accuracy: string])[];

/**
 * What a network reaches on the four classes, all tracks counted, beside what is published and what can be reached:
 * Gajowczyk & Szwabiński, Entropy 23, 649 (2021), the final model and Table 5; the ceiling is the best rule by the exact
 * likelihoods of ND, DM and FBM over the parameters of Table 1, if CD is never missed (docs/models.md).
 */
export function besideThePaper(
  model: NetworkModel,
  { count, accuracyOfAll }: ClassificationMetrics,
): PaperRows {
  const { low, high } = wilsonInterval(Math.round(accuracyOfAll * count), count);
  const parameters = parameterCount(model.network).toLocaleString('en');
  return [
    [
      `this XResNet, ${parameters} parameters`,
      count.toLocaleString('en'),
      `${percent(accuracyOfAll)} (${percent(low)} to ${percent(high)})`,
    ],
    ['the final model of the paper', '3,000', '90.6 %'],
    ['the XResNet of 399,556 parameters of the paper', 'its validation', '92.0 %'],
    ['the ceiling: the best rule that there is', '9,600 a class', '94.8 ± 0.2 %'],
  ];
}

const columns = ['right of all tracks', 'N', 'accuracy'] as const;

/** For a terminal. */
export const paperLines = (rows: PaperRows): string[] =>
  table([columns, ...rows].map(([first, ...rest], i) => [i === 0 ? first : `  ${first}`, ...rest]));

/** As a part of the report. */
export const paperSection = (rows: PaperRows): Section => ({
  heading: 'Beside the paper and the ceiling',
  text: 'A track that is not judged counts as wrong. The 95 % interval of Wilson stands in brackets. The ceiling is what the exact likelihoods reach over the parameters of Table 1, if CD is never missed: nobody who does not know the parameters of a track can tell more.',
  pieces: [{ columns, rows }],
});
