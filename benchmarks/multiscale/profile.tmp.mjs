import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--experimental-wasm-relaxed-simd');
const { adam, useBackend } = await import('@diffusion/backends');
const { networkByName } = await import('@diffusion/models');
const tf = await import('@tensorflow/tfjs-core');
await useBackend('wasm');
const net = networkByName('multiscale').build({ dim: 1, task: 'both' });
const vars = net.trainableWeights.map((w) => w.read());
const opt = adam({ learningRate: 1e-3 });
for (const a of process.argv.slice(2)) {
  const [L, B] = a.split('x').map(Number);
  const x = tf.randomNormal([B, L, 4]),
    f = tf.randomNormal([B, 2]);
  const y = tf.cast(
    tf.oneHot(
      tf.tensor1d(
        Array.from({ length: B }, (_, i) => i % 5),
        'int32',
      ),
      5,
    ),
    'float32',
  );
  const al = tf.ones([B, 1]);
  const step = () =>
    tf.tidy(() =>
      opt.minimize(
        () => {
          const [p, e] = net.apply([x, f], { training: true });
          return tf.add(
            tf.neg(tf.mean(tf.sum(tf.mul(y, tf.log(tf.add(p, 1e-7))), -1))),
            tf.mul(1.5, tf.mean(tf.abs(tf.sub(e, al)))),
          );
        },
        true,
        vars,
      ),
    );
  const times = [];
  for (let i = 0; i < 6; i++) {
    const t = performance.now();
    const r = step();
    await r.data();
    r.dispose();
    times.push(performance.now() - t);
  }
  const p = await tf.profile(() => {
    step();
  });
  const by = {};
  for (const k of p.kernels) {
    if (/__op|fused/.test(k.name)) continue;
    const n = k.name;
    by[n] ??= [0, 0];
    by[n][0] += await k.kernelTimeMs;
    by[n][1]++;
  }
  console.log(
    a,
    'ms',
    times.sort((a, b) => a - b)[2].toFixed(0),
    'us/pt',
    ((times[2] * 1000) / L / B).toFixed(1),
  );
  console.log(
    Object.entries(by)
      .sort((a, b) => b[1][0] - a[1][0])
      .slice(0, 14)
      .map(([n, [t, c]]) => `${n} ${t.toFixed(0)}/${c}`)
      .join('  '),
  );
  tf.dispose([x, f, y, al]);
}
