import { type Ensemble, ensemble, type SingleModel } from '@diffusion/models';

/** What is known of each fold, and the models of all as one. */
export interface FoldsInTurn<Fitted> {
  readonly model: Ensemble;
  /** In the order of the folds. */
  readonly folds: readonly Fitted[];
}

/**
 * The models of all folds, one after the other, joined to one. Where a fold fails, those before it are freed.
 *
 * @param fit the fold of that number, from 1.
 * @param onFold awaited after each.
 */
export async function foldsInTurn<Fitted extends { readonly model: SingleModel }>(
  count: number,
  fit: (fold: number) => Promise<Fitted>,
  onFold?: (fold: number, fitted: Fitted) => void | Promise<void>,
): Promise<FoldsInTurn<Fitted>> {
  const folds: Fitted[] = [];
  try {
    for (let fold = 1; fold <= count; fold++) {
      const fitted = await fit(fold);
      folds.push(fitted);
      await onFold?.(fold, fitted);
    }
    return { model: ensemble(folds.map(({ model }) => model)), folds };
  } catch (error) {
    for (const { model } of folds) model.dispose();
    throw error;
  }
}
