import { readFileSync } from 'node:fs';

interface Fixture {
  names: string[];
  truth: number[];
  methods: number[][];
  /** First with second, first with third, second with third. */
  pairs: {
    kappa: number;
    agreement: number;
    firstOnly: number;
    secondOnly: number;
    p: number;
    difference: number;
  }[];
  mcnemar: [firstOnly: number, secondOnly: number, p: number][];
  bands: [values: number[], low: number, high: number][];
}

/** Values of scikit-learn, statsmodels and scipy, made by paired.fixture.py beside this file. */
export const paired: Fixture = JSON.parse(
  readFileSync(new URL('./paired.fixture.json', import.meta.url), 'utf8'),
);
