/**
 * What random numbers are drawn for. A name is a key of its own kind, which no number equals: a stream or seed of one
 * purpose is never that of another, nor that of a track, whatever the numbers beside it.
 */
export const purposes = [
  /** The tracks that are learnt from. */
  'training',
  /** The tracks that are looked at after every epoch. */
  'validation',
  /** The tracks that are judged once, at the end. */
  'test',
  /** Which tracks go to which part of a split. */
  'split',
  /** Which tracks go to which fold. */
  'folds',
  /** Everything about fold k: `'fold', k`. */
  'fold',
  /** Data set k of several: `'data set', k`. */
  'data set',
  /** The order of the tracks or batches of an epoch: `'order', epoch`. */
  'order',
  /** The lengths of an epoch's batches: `'lengths', epoch`. */
  'lengths',
  /** What tracks are put together in a batch, and what is kept of them. */
  'batches',
  /** What an epoch has more or less of a class than there is: `'balance', epoch, class`. */
  'balance',
  /** The rows that are made between those of a class: `'smote', class`. */
  'smote',
  /** What is done to track i before a network sees it: `'augmentation', i`. */
  'augmentation',
  /** The weights that a network begins with. */
  'initial weights',
  /** The units that are dropped. */
  'dropout',
  /** Tree k of a forest: `'tree', k`. */
  'tree',
  /** Round k of gradient boosting: its rows, `'boosting', k`, and the columns of its trees; what it holds out. */
  'boosting',
  /**
   * How probabilities are fitted to the decisions of a classifier; `'calibration', 'data set', k`: the tracks that those of a
   * model, and its sets, are fitted to.
   */
  'calibration',
  /** Tracks drawn with replacement, for an interval. */
  'bootstrap',
  /** What a microscope does to tracks that are there already. */
  'measurement',
  /** The direction of a drift, which all tracks of a set have in common. */
  'drift',
  /** The height at which track i begins, above the lower end of the focus. */
  'focus',
  /** What is to be expected on the tracks of a file: `'expectation', k`, the tracks like them, and what is drawn to make them. */
  'expectation',
  /** The noise upon track i whose answer is explained: `'explanation', i, …`. */
  'explanation',
  /** What is drawn anew, shuffled or exchanged, to see what it did for an answer: `'occlusion', k, …`. */
  'occlusion',
  /** Everything of a task of a sweep: `'sweep'` and the task's name after `own:`. */
  'sweep',
] as const;

/** One of {@link purposes}, or a name of one's own after `own:`. */
export type Purpose = (typeof purposes)[number] | `own:${string}`;

/** What a stream is keyed by beside its seed: safe integers and purposes, in any order. */
export type Key = number | Purpose;

const known: ReadonlySet<string> = /* @__PURE__ */ new Set(purposes);

/** Throws a RangeError for a text that is no {@link Purpose}. */
export function checkPurpose(name: unknown): void {
  if (typeof name === 'string') {
    if (known.has(name) || (name.startsWith('own:') && name.length > 4)) return;
  }
  throw new RangeError(
    `purpose is ${typeof name === 'string' ? `'${name}'` : String(name)}: expected one of ${purposes.join(', ')}, or a name of one's own such as own:drift`,
  );
}
