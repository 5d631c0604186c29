import { type Random, randomExponential } from '@diffusion/random';
import { mostProbable } from '@diffusion/tracks';
import type { ClassExpectation } from './expectation.ts';
import type { FilePosterior } from './posterior.ts';
import { type Ranged, ranged } from './ranged.ts';
import type { Rows } from './rows.ts';
import type { SimulatedOutcomes } from './simulated-outcomes.ts';

/** Shares, recall, precision and accuracy, each with an interval. */
export interface Scores {
  readonly accuracy: Ranged;
  readonly classes: readonly ClassExpectation[];
}

/**
 * What would be counted on the file if the truth were known. Per draw of the posterior: how many of each class there are, how its tracks are spread over the
 * cells, and what the model answers in every cell, known from a finite number of rows (a Bayesian bootstrap of them);
 * then so many tracks are answered for at random.
 */
export function expectedScores(
  outcomes: SimulatedOutcomes,
  rows: Rows,
  posterior: FilePosterior,
  tracks: number,
  random: Random,
): Scores {
  const { classes, truth, probabilities, judged } = outcomes;
  const width = classes.length;
  const called = mostProbable(probabilities, width, width);
  const { cells, classOf, count: draws } = posterior;
  const rowsOf = new Float64Array(cells);
  for (const k of rows.cell) rowsOf[k]++;
  const ownShare: number[][] = classes.map(() => []);
  const recall: number[][] = classes.map(() => []);
  const precision: number[][] = classes.map(() => []);
  const accuracy: number[] = [];
  const counts = new Float64Array(cells);
  for (let g = 0; g < draws; g++) {
    counts.fill(0);
    for (let i = 0, at = g * tracks; i < tracks; i++, at++) counts[posterior.cell[at]]++;
    // Of each class: how it is answered, [class, called], and how much of it is judged.
    const answers = new Float64Array(width * width);
    const all = new Float64Array(width);
    for (let r = 0; r < truth.length; r++) {
      const weight =
        (randomExponential(random) * (counts[rows.cell[r]] + 1e-6)) / rowsOf[rows.cell[r]];
      all[truth[r]] += weight;
      if (judged[r]) answers[truth[r] * width + called[r]] += weight;
    }
    const number = new Float64Array(width);
    for (let k = 0; k < cells; k++) number[classOf[k]] += counts[k];
    const drawn = new Float64Array(width * width);
    for (let c = 0; c < width; c++) {
      ownShare[c].push(number[c] / tracks);
      if (!(all[c] > 0)) continue;
      multinomial(random, Math.round(number[c]), answers, c * width, width, all[c], drawn);
    }
    let [right, any] = [0, 0];
    for (let c = 0; c < width; c++) {
      let [row, column] = [0, 0];
      for (let k = 0; k < width; k++) {
        row += drawn[c * width + k];
        column += drawn[k * width + c];
      }
      const hits = drawn[c * width + c];
      right += hits;
      any += row;
      if (row > 0) recall[c].push(hits / row);
      if (column > 0) precision[c].push(hits / column);
    }
    if (any > 0) accuracy.push(right / any);
  }
  return {
    accuracy: ranged(accuracy),
    classes: classes.map((name, c) => {
      let [refused, whole, of] = [0, 0, 0];
      for (let r = 0; r < truth.length; r++) {
        if (truth[r] !== c) continue;
        whole += rows.weight[r] || 1e-9;
        if (judged[r]) of++;
        else refused += rows.weight[r] || 1e-9;
      }
      return {
        name,
        share: ranged(ownShare[c]),
        recall: ranged(recall[c]),
        precision: ranged(precision[c]),
        refused: whole > 0 ? refused / whole : Number.NaN,
        rows: of,
      };
    }),
  };
}

/** Adds `count` answers, each drawn by the weights of a row out of `total`; the rest of the total is no answer. */
function multinomial(
  random: Random,
  count: number,
  weights: Float64Array,
  from: number,
  width: number,
  total: number,
  out: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    let place = random.uniform() * total;
    for (let c = 0; c < width; c++) {
      place -= weights[from + c];
      if (place < 0) {
        out[from + c]++;
        break;
      }
    }
  }
}
