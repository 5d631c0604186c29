// LipNet of Gryshkevych (2016) trained on the images of some rows, and its answers on others.
import { adam, useBackend } from '@diffusion/backends';
import { networkByName } from '@diffusion/models';
import { KeyedDropout, registerLayers } from '@diffusion/models/training';
import { deriveSeed, keyedRandom, permutation } from '@diffusion/random';
import { Images, selectImages } from '@diffusion/tracks';
import { augmentImages, oversampled } from '@diffusion/train';
import * as tf from '@tensorflow/tfjs-core';

/** Probability that is taken from the right class; the thesis smooths labels and does not say how much. */
const SMOOTHING = 0.05;
const BATCH = 32;

/**
 * Trains for a number of steps of 32 images with Adam at 0.001, which falls along a cosine to nothing.
 *
 * @param training rows that are learnt from, `test` those that are answered.
 * @param variant of LipNet.
 * @param balance whether each epoch has every class as often as the largest.
 * @param augment what is done to an image each time that it is seen; nothing if left out.
 */
export async function trainLipnet({
  images,
  training,
  test,
  variant,
  balance,
  augment,
  steps,
  seed,
  fold,
}) {
  await useBackend('wasm', {
    wide: Number.parseInt(process.version.slice(1), 10) >= 24,
    warn() {},
  });
  registerLayers();
  const ofFold = deriveSeed(seed, 'fold', fold + 1);
  const classes = images.labels.dictionary.length;
  const codes = Int32Array.from(training, (i) => images.labels.codes[i]);
  const { pixels, count, height, width } = images;
  // Without masks and columns, which no network sees.
  const bare = new Images({ pixels, count, height, width });
  const scale = meanAndDeviation(images, training);
  const network = networkByName('lipnet').build({ variant, classes, seed: ofFold });
  const dropouts = network.layers.filter((layer) => layer instanceof KeyedDropout);
  const variables = network.trainableWeights.map((weight) => weight.read());
  const optimizer = adam({ learningRate: 1e-3 });

  const begun = performance.now();
  let [epoch, at] = [-1, 0];
  let places = new Uint32Array(0);
  const losses = [];
  for (let step = 0; step < steps; step++) {
    if (at + BATCH > places.length) {
      epoch++;
      at = 0;
      places = balance ? oversampled(codes, ofFold, epoch) : Uint32Array.from(codes.keys());
      const order = permutation(places.length, ofFold, 'order', epoch);
      places = places.map((_, i) => places[order(i)]);
    }
    const rows = places.subarray(at, at + BATCH);
    at += BATCH;
    let batch = selectImages(
      bare,
      Array.from(rows, (place) => training[place]),
    );
    if (augment) {
      batch = augmentImages(batch, augment, keyedRandom(ofFold, 'augmentation', step));
    }
    for (const layer of dropouts) Object.assign(layer, { step, sample: 0 });
    optimizer.learningRate = 0.0005 * (1 + Math.cos((Math.PI * step) / steps));
    const loss = tf.tidy(() => {
      const x = tensorOf(batch, scale);
      const hot = tf.oneHot(tf.tensor1d(Int32Array.from(rows, (place) => codes[place])), classes);
      const wanted = tf.add(tf.mul(hot, 1 - SMOOTHING), SMOOTHING / classes);
      return optimizer.minimize(
        () => {
          const p = network.apply(x, { training: true });
          return tf.neg(tf.mean(tf.sum(tf.mul(wanted, tf.log(tf.add(p, 1e-7))), 1)));
        },
        true,
        variables,
      );
    });
    losses.push((await loss.data())[0]);
    loss.dispose();
    if (step % 100 === 99) {
      const mean = losses.slice(-100).reduce((a, b) => a + b, 0) / 100;
      process.stderr.write(`  step ${step + 1}: loss ${mean.toFixed(4)}\n`);
    }
  }
  const trained = (performance.now() - begun) / 1000;
  const predicted = [];
  for (let from = 0; from < test.length; from += 256) {
    const answer = tf.tidy(() =>
      tf.argMax(
        network.predictOnBatch(
          tensorOf(selectImages(bare, test.subarray(from, from + 256)), scale),
        ),
        1,
      ),
    );
    predicted.push(...(await answer.data()));
    answer.dispose();
  }
  const last = losses.slice(-100).reduce((sum, x) => sum + x, 0) / Math.min(100, losses.length);
  return { predicted, steps, epochs: epoch + at / places.length, trained, loss: last };

  function tensorOf({ pixels, count }, { mean, deviation }) {
    const x = tf.tensor4d(pixels, [count, height, width, 1]);
    return tf.div(tf.sub(x, mean), deviation);
  }
}

/** Of the pixels of some images. */
function meanAndDeviation(images, rows) {
  const size = images.height * images.width;
  let [sum, square] = [0, 0];
  for (const row of rows) {
    for (let at = row * size; at < (row + 1) * size; at++) {
      sum += images.pixels[at];
      square += images.pixels[at] ** 2;
    }
  }
  const mean = sum / (rows.length * size);
  return { mean, deviation: Math.sqrt(square / (rows.length * size) - mean * mean) };
}
