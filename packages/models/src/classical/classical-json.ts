import type { BoostingJSON } from './boosting/boosting.ts';
import type { ForestJSON } from './forest.ts';
import type { LogisticJSON } from './logistic.ts';
import type { SvmJSON } from './svm.ts';

/** A fitted classifier of rows of features as plain data. */
export type ClassicalJSON = ForestJSON | BoostingJSON | LogisticJSON | SvmJSON;
