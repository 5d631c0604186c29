import { readFileSync } from 'node:fs';

/** A segmentation in the challenge's lines, and what its program says of it. */
export interface ScoredCase {
  name: string;
  actual: string[];
  predicted: string[];
  rmseChange: number;
  jaccard: number;
  maeAlpha: number;
  msleDiffusion: number;
  f1State: number;
}

interface Fixture {
  experiments: ScoredCase[];
  /** Of the first four experiments together. */
  mean: Omit<ScoredCase, 'name' | 'actual' | 'predicted'>;
  /** Costs of small whole numbers, with many ties, and the pairs that SciPy chooses. */
  assignments: { costs: number[][]; pairs: [number, number][] }[];
}

/** Values of andi-datasets 2.1.13, made by andi2.fixture.py beside this file. */
export const andi2Oracle: Fixture = JSON.parse(
  readFileSync(new URL('./andi2.fixture.json', import.meta.url), 'utf8'),
);
