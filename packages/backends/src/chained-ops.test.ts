import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { useBackend } from './use-backend.ts';

describe.each(['wasm', 'cpu'] as const)('stock recurrent layers on %s', (name) => {
  beforeAll(async () => {
    await useBackend(name);
  });

  it.each([
    ['lstm', () => layers.lstm({ units: 3, inputShape: [5, 2] })],
    ['gru', () => layers.gru({ units: 3, inputShape: [5, 2] })],
    ['simpleRNN', () => layers.simpleRNN({ units: 3, inputShape: [5, 2] })],
    [
      'bidirectional',
      () =>
        layers.bidirectional({
          layer: layers.lstm({ units: 2 }) as never,
          mergeMode: 'concat',
          inputShape: [5, 2],
        }),
    ],
  ])('%s trains with its default initializer', async (_, layer) => {
    const network = sequential({ layers: [layer(), layers.dense({ units: 1 })] });
    network.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const x = tf.randomNormal([4, 5, 2], 0, 1, 'float32', 1);
    const y = tf.ones([4, 1]);
    const { history } = await network.fit(x, y, { epochs: 2, verbose: 0 });
    const [first, second] = history.loss as number[];
    expect(second).toBeLessThan(first);
    tf.dispose([x, y, network.getWeights()]);
  });

  it('the orthogonal initializer gives an orthogonal matrix', () => {
    const kernel = layers.lstm({ units: 3, inputShape: [null, 2] });
    const network = sequential({ layers: [kernel] });
    const recurrent = network.getWeights()[1];
    const product = tf.matMul(recurrent, recurrent, false, true).arraySync() as number[][];
    product.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(i === j ? 1 : 0, 5);
      });
    });
  });
});
