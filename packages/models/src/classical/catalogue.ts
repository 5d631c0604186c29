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
  /** Every option with its default; null: it follows from the data. */
  readonly options: Readonly<Record<string, unknown>>;
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
    options: { trees: 100, columnsPerSplit: null, maxDepth: 32, minLeaf: 1, seed: 0 },
  },
  {
    name: 'svm',
    ...fitted,
    paper: 'Chang & Lin 2011, LIBSVM',
    options: { kernel: 'rbf', cost: 1, gamma: null, seed: 0 },
  },
  {
    name: 'logistic',
    ...fitted,
    paper: 'multinomial logistic regression',
    options: { l2: 0.001 },
  },
  {
    name: 'likelihood',
    kind: 'classifier',
    madeBy: 'likelihoodModel',
    sees: 'track',
    answers: 'classes',
    paper: 'this project, docs/models.md',
    options: {
      models: ['brownian', 'directed', 'fbm'],
      shares: [1, 1, 1],
      diffusion: [0.1, 20],
      q: [1, 9],
      r: [1, 17],
      alpha: [0.3, 0.7],
      sigma: [0.01, 0.1],
    },
  },
  {
    name: 'max-test',
    ...rule,
    answers: 'classes',
    paper: 'Briane, Kervrann & Vimond 2018, Phys. Rev. E 97, 062121',
    options: { level: 0.05 },
  },
  { name: 'exponent-rule', ...rule, paper: weron, options: { margin: 0.1 } },
  { name: 'p-variation-rule', ...rule, paper: weron, options: { power: 2, margin: 0.1 } },
] as readonly ClassicalDescription[];
