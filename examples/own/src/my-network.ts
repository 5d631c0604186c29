import { dilatedConv1D } from '@diffusion/backends/layers';
import * as models from '@diffusion/models';
import { initializers, input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/**
 * A temporal convolutional network, not causal, as a track is judged when it is over: residual blocks, each of which
 * sees twice as far as the one before; mean and maximum over time, the numbers per track beside them, softmax.
 */
export const temporal = models.defineNetwork({
  name: 'temporal',
  paper: 'Bai, Kolter & Koltun 2018, arXiv:1803.01271',
  options: {
    blocks: models.integerOption({ default: 4, min: 1, max: 12, description: 'Residual blocks.' }),
    filters: models.integerOption({ default: 16, min: 1, max: 512, description: 'Maps each.' }),
    channels: models.integerOption({ default: 8, min: 1, max: 512, description: 'Per point.' }),
    features: models.integerOption({ default: 1, min: 1, max: 512, description: 'Per track.' }),
    classes: models.classesOption(3),
    seed: models.seedOption,
  },
  optionsFor({ encoder: { channels, features }, output }) {
    return { channels, features, classes: models.classesAlone('temporal', output) };
  },
  build({ blocks, filters, channels, features, classes, seed }) {
    const inputs = [input({ shape: [null, channels] }), input({ shape: [features] })];
    let drawn = 0;
    const begin = () => ({ kernelInitializer: initializers.heUniform({ seed: seed + drawn++ }) });
    const shape = { filters, kernelSize: 3, padding: 'same', activation: 'relu' } as const;
    const conv = (x: SymbolicTensor, dilationRate: number) =>
      dilatedConv1D({ ...begin(), ...shape, dilationRate }).apply(x) as SymbolicTensor;
    let x = conv(inputs[0], 1);
    for (let k = 0; k < blocks; k++) {
      x = layers.add().apply([x, conv(conv(x, 2 ** k), 2 ** k)]) as SymbolicTensor;
    }
    const pools = [layers.globalAveragePooling1d(), layers.globalMaxPooling1d()];
    const seen = [...pools.map((pool) => pool.apply(x) as SymbolicTensor), inputs[1]];
    const head = layers.dense({ ...begin(), units: classes, activation: 'softmax' });
    const outputs = head.apply(layers.concatenate().apply(seen)) as SymbolicTensor;
    return model({ name: 'temporal', inputs, outputs });
  },
});
