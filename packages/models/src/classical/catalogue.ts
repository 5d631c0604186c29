import type { Options } from '../options.ts';
import { boostingOptions } from './boosting/boosting.ts';
import { forestOptions } from './forest.ts';
import { likelihoodOptions } from './likelihood/likelihood-options.ts';
import { logisticOptions } from './logistic.ts';
import { ruleOptions } from './rules.ts';
import { svmOptions } from './svm.ts';

/** A classical classifier or a rule as it is listed beside the networks. */
export interface ClassicalDescription {
  readonly name: string;
  /** A classifier that is fitted or follows from priors, or a statistical rule. */
  readonly kind: 'classifier' | 'rule';
  /** Where it comes from. */
  readonly paper: string;
  /** The function of this package that makes the model. */
  readonly madeBy: 'fitClassical' | 'likelihoodModel' | 'ruleModel';
  readonly sees: 'features' | 'track';
  readonly answers: 'classes' | 'classes and exponent';
  /** Every option; a default of null follows from the data. */
  readonly options: Options;
}

const weron = 'Weron et al. 2019, Phys. Rev. E 99, 042149';
const fitted = { kind: 'classifier', madeBy: 'fitClassical', sees: 'features', answers: 'classes' };
const rule = { kind: 'rule', madeBy: 'ruleModel', sees: 'track', answers: 'classes and exponent' };

/** Every classical classifier and rule, in the order in which they are listed. */
export const classicalModels = [
  {
    name: 'forest',
    ...fitted,
    paper: 'Breiman 2001, random forests',
    options: forestOptions,
  },
  {
    name: 'boosting',
    ...fitted,
    paper: 'Friedman 2001; Ke et al. 2017, LightGBM',
    options: boostingOptions,
  },
  {
    name: 'svm',
    ...fitted,
    paper: 'Chang & Lin 2011, LIBSVM',
    options: svmOptions,
  },
  {
    name: 'logistic',
    ...fitted,
    paper: 'multinomial logistic regression',
    options: logisticOptions,
  },
  {
    name: 'likelihood',
    kind: 'classifier',
    madeBy: 'likelihoodModel',
    sees: 'track',
    answers: 'classes',
    paper: 'this project, docs/models.md',
    options: likelihoodOptions,
  },
  {
    name: 'max-test',
    ...rule,
    answers: 'classes',
    paper: 'Briane, Kervrann & Vimond 2018, Phys. Rev. E 97, 062121',
    options: ruleOptions['max-test'],
  },
  { name: 'exponent-rule', ...rule, paper: weron, options: ruleOptions['exponent-rule'] },
  { name: 'p-variation-rule', ...rule, paper: weron, options: ruleOptions['p-variation-rule'] },
] as readonly ClassicalDescription[];
