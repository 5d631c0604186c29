import { boostingFromJSON } from './boosting/boosting.ts';
import { checkClassicalJSON } from './check-json.ts';
import { type Classical, ClassicalError } from './classical.ts';
import type { ClassicalJSON } from './classical-json.ts';
import { forestFromJSON } from './forest.ts';
import { logisticFromJSON } from './logistic.ts';
import { svmFromJSON } from './svm.ts';

/**
 * The classifier of rows of features that was written as JSON. Throws {@link ClassicalError} for another kind, and
 * for parts that do not fit each other.
 *
 * @example
 * const model = classicalFromJSON(JSON.parse(text));
 */
export function classicalFromJSON(json: ClassicalJSON): Classical {
  switch (json.kind) {
    case 'logistic':
      checkClassicalJSON(json);
      return logisticFromJSON(json);
    case 'forest':
      checkClassicalJSON(json);
      return forestFromJSON(json);
    case 'boosting':
      checkClassicalJSON(json);
      return boostingFromJSON(json);
    case 'svm':
      checkClassicalJSON(json);
      return svmFromJSON(json);
    default:
      throw new ClassicalError(
        `kind is "${(json as { kind: unknown }).kind}": expected forest, boosting, svm or logistic`,
      );
  }
}
