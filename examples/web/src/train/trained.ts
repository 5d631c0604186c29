import { signal } from '@preact/signals-core';

/** The recipe of the model that was trained here and judges now. */
export const trainedRecipe = signal<object | undefined>(undefined);
