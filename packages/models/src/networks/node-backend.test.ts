import { spawnSync } from 'node:child_process';
import { itWith, tfjsNode } from '../../../../fixtures/needs.ts';

const native = tfjsNode();

/** A network's loss in training and its answers on a wave, on wasm and on TensorFlow's native library. */
const program = `
  const { useBackend } = await import('${import.meta.resolve('@diffusion/backends')}');
  const { networkByName } = await import('${new URL('../../dist/index.js', import.meta.url).href}');
  const tf = await import('${import.meta.resolve('@tensorflow/tfjs-core')}');
  const networks = [
    ['resnet', { filters: 8, depth: 1, dimension: 2 }, [2, 20, 2, 1]],
    ['xresnet', { filters: 8, depth: 2, dimension: 1 }, [2, 41, 1]],
    ['wadnet', { dim: 1, length: 33 }, [2, 33, 1]],
    ['multiscale', { features: 0, task: 'class', widths: [8, 8] }, [2, 33, 4]],
    ['lipnet', {}, [2, 28, 28, 1]],
    ['cnn', {}, [2, 320, 1]],
  ];
  const results = { wasm: [], node: [] };
  for (const backend of ['wasm', 'node']) {
    await useBackend(backend, { warn: () => {} });
    for (const [name, options, shape] of networks) {
      const network = networkByName(name).build({ ...options, seed: 3 });
      const weights = network.trainableWeights.map((weight) => weight.read());
      const x = tf.tidy(() => tf.reshape(tf.sin(tf.range(0, shape.reduce((a, b) => a * b), 1)), shape));
      const loss = () => tf.mean(tf.square(network.apply(x, { training: true })));
      const { value } = tf.variableGrads(loss, weights);
      results[backend].push([name, ...(await value.data()), ...(await network.predict(x).data())]);
    }
  }
  process.stdout.write(JSON.stringify(results), () => process.exit(0));`;

itWith(native)(
  'every network trains and answers on tfjs-node as on wasm',
  () => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', program],
      { encoding: 'utf8', cwd: native.folder, timeout: 110_000 },
    );
    if (status !== 0) throw new Error(stderr);
    const { wasm, node } = JSON.parse(stdout) as Record<'wasm' | 'node', [string, ...number[]][]>;
    expect(node).toHaveLength(6);
    for (const [i, [name, ...numbers]] of wasm.entries()) {
      const close = numbers.map((number) => expect.closeTo(number, 4));
      expect(node[i]).toEqual([name, ...close]);
    }
  },
  120_000,
);
