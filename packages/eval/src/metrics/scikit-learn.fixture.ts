import { readFileSync } from 'node:fs';

/** A classification and what scikit-learn says of it; `null` is undefined. */
export interface ClassificationCase {
  name: string;
  actual: number[];
  predicted: number[];
  /** count × classes. */
  probabilities: number[];
  classes: number;
  accuracy: number;
  balancedAccuracy: number;
  mcc: number;
  kappa: number;
  logLoss: number;
  f1: { micro: number; macro: number; weighted: number };
  precision: (number | null)[];
  recall: (number | null)[];
  f1PerClass: (number | null)[];
  specificity: (number | null)[];
  npv: (number | null)[];
  support: number[];
  confusion: number[][];
}

interface Fixture {
  classification: ClassificationCase[];
  regression: {
    name: string;
    actual: number[];
    predicted: number[];
    mae: number;
    rmse: number;
    bias: number;
    r2: number;
  }[];
  wilson: [successes: number, count: number, confidence: number, low: number, high: number][];
  normalQuantile: [p: number, value: number][];
}

/** Values of scikit-learn 1.9.1 and scipy, made by scikit-learn.fixture.py beside this file. */
export const oracle: Fixture = JSON.parse(
  readFileSync(new URL('./scikit-learn.fixture.json', import.meta.url), 'utf8'),
);
