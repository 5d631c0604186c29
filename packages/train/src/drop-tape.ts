import * as tf from '@tensorflow/tfjs-core';

/** What tfjs notes of a gradient while it is worked out. */
interface Noted {
  readonly saved?: readonly tf.Tensor[];
}

/** Frees the tensors that tfjs keeps for a gradient; it does so itself unless the gradient fails half-way. */
export function dropTape(): void {
  const state = tf.engine().state as unknown as { activeTape: readonly Noted[] | null };
  for (const { saved } of state.activeTape ?? []) tf.dispose([...(saved ?? [])]);
  state.activeTape = null;
}
