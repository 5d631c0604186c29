import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { lstm } from '../lstm.ts';
import { onlyTensor, stockClass } from './stock.ts';

export type FusedLSTMConfig = Parameters<typeof layers.lstm>[0];

const LSTM: new (config: FusedLSTMConfig) => ReturnType<typeof layers.lstm> = stockClass('LSTM');

/** What the cell of tfjs' LSTM layer holds. */
interface Cell {
  activation: { getClassName(): string };
  recurrentActivation: { getClassName(): string };
  kernel: { read(): tf.Tensor2D };
  recurrentKernel: { read(): tf.Tensor2D };
  bias: { read(): tf.Tensor1D } | null;
  dropout: number;
  recurrentDropout: number;
}

/**
 * `tf.layers.lstm` whose whole sequence is one op, a kernel on wasm. Its weights and options are those of the stock layer,
 * with other defaults: `recurrentActivation: 'sigmoid'`, which other frameworks mean too, and `recurrentInitializer:
 * 'glorotNormal'`, since tfjs' orthogonal one needs its chained ops.
 *
 * What it does not fuse — other activations, masks, states handed in or out, dropout within, going backwards — the stock
 * layer does.
 */
export class FusedLSTM extends LSTM {
  static readonly className: string = 'FusedLSTM';

  constructor(config: FusedLSTMConfig) {
    super({ recurrentActivation: 'sigmoid', recurrentInitializer: 'glorotNormal', ...config });
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>) {
    const cell = this.cell as unknown as Cell;
    const given = Array.isArray(inputs) && inputs.length > 1;
    if (given || kwargs?.mask || kwargs?.initialState || !this.isPlain(cell)) {
      return super.call(inputs, kwargs);
    }
    return tf.tidy(() => {
      const states = lstm(onlyTensor(inputs), {
        kernel: cell.kernel.read(),
        recurrentKernel: cell.recurrentKernel.read(),
        bias: cell.bias?.read(),
      });
      if (this.returnSequences) return states;
      const [batch, steps, units] = states.shape;
      return tf.reshape(tf.slice(states, [0, steps - 1, 0], [batch, 1, units]), [batch, units]);
    });
  }

  private isPlain(cell: Cell): boolean {
    return (
      cell.activation.getClassName() === 'tanh' &&
      cell.recurrentActivation.getClassName() === 'sigmoid' &&
      cell.dropout === 0 &&
      cell.recurrentDropout === 0 &&
      !this.returnState &&
      !this.goBackwards &&
      !this.stateful
    );
  }
}

/**
 * An LSTM layer: x [batch, T, inputs] → [batch, units], or [batch, T, units] with `returnSequences`.
 *
 * @param config as for `tf.layers.lstm`
 * @example
 * fusedLSTM({ units: 64, returnSequences: true }).apply(x);
 */
export const fusedLSTM = (config: FusedLSTMConfig) => new FusedLSTM(config);
