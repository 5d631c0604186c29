import { type Classical, ClassicalError } from './classical.ts';
import { type ForestJSON, forestFromJSON } from './forest.ts';
import { type LogisticJSON, logisticFromJSON } from './logistic.ts';
import { type SvmJSON, svmFromJSON } from './svm.ts';

/** A fitted classifier of rows of features as plain data. */
export type ClassicalJSON = ForestJSON | LogisticJSON | SvmJSON;

/**
 * The classifier of rows of features that was written as JSON. Throws {@link ClassicalError} for another kind.
 *
 * @example
 * const model = classicalFromJSON(JSON.parse(text));
 */
export function classicalFromJSON(json: ClassicalJSON): Classical {
  switch (json.kind) {
    case 'logistic':
      return logisticFromJSON(json);
    case 'forest':
      return forestFromJSON(json);
    case 'svm':
      return svmFromJSON(json);
    default:
      throw new ClassicalError(
        `kind is "${(json as { kind: unknown }).kind}": expected logistic, forest or svm`,
      );
  }
}
