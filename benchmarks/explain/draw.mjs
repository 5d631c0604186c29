// Draws the pictures of docs/explanations.md: relevance on tracks with a burst and on those of Benitez 2023 (a shortened training of
// its recipe), curves of deletion, the kernels, activations and reconstructions of a LipNet trained on artificial liposomes, tracks
// that a network is sure of, and its vectors before the head.
//   node benchmarks/explain/draw.mjs --models FOLDER [--only bursts,heat,lipnet,maximal,embedding]
//   --models FOLDER  where `pnpm bench explain` kept its networks; what is trained here is kept there, too
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { useBackend } from '@diffusion/backends';
import { deletionPlot, embeddingPlot, mapsPlot, relevancePlot, tracksPlot } from '@diffusion/eval';
import {
  deconvolve,
  deletionCurves,
  embed,
  explainTracks,
  headVectors,
  layerActivations,
  layerKernels,
  maximizingTrack,
  mostRelevantPoints,
} from '@diffusion/eval/explain';
import { renderSvg } from '@diffusion/eval/render';
import { lipnet } from '@diffusion/models';
import { loadModel, saveModel } from '@diffusion/models/node';
import { andi2020, liposomes, motion } from '@diffusion/simulate';
import { joinTracks, selectTracks, Tracks } from '@diffusion/tracks';
import { fitRecipe } from '@diffusion/train';
import { readyRecipe } from '@diffusion/train/node';
import { loadPretrained } from '@diffusion/weights';
import * as tf from '@tensorflow/tfjs-core';
import { train } from '@tensorflow/tfjs-core';
import { burstNetwork } from './burst-network.mjs';
import { burstTracks, QUESTIONS } from './burst-tracks.mjs';

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '/tmp/bursts' },
    only: { type: 'string', default: 'bursts,heat,lipnet,maximal,embedding' },
  },
});
const note = (line) => process.stderr.write(`${line}\n`);

/** Ink and paper follow the reader's light or dark setting, in a picture by itself, too. */
const STYLE =
  '<style>:root{color:#1c1e21;background:#fff}@media (prefers-color-scheme:dark){:root{color:#e4e6ea;background:#16181c}}</style>';

async function draw(name, spec) {
  const svg = await renderSvg(spec);
  const file = new URL(`../../docs/explanations-${name}.svg`, import.meta.url);
  writeFileSync(file, `${svg.replace(/(<svg[^>]*>)/, `$1${STYLE}`)}\n`);
  note(`wrote docs/explanations-${name}.svg, ${Math.round(svg.length / 1024)} kB`);
}

const parts = {
  /** A track per question, where the burst is and what the network looked at. */
  async bursts() {
    const names = Object.keys(QUESTIONS).filter((name) => name !== 'a larger D');
    let all;
    const maps = [];
    for (const question of names) {
      const how = { seed: 1, tracks: 8000, epochs: 6, folder: values.models, note };
      const model = await burstNetwork(question, how);
      const tracks = burstTracks(question, 60, 78);
      const { codes } = await model.predict(tracks);
      const row = [...codes.keys()].find((i) => i % 2 === 1 && codes[i] === 1);
      const one = selectTracks(tracks, [row]);
      const { points } = await explainTracks(one, model, { method: 'lrp', target: 'burst' });
      maps.push(...points);
      all = all ? joinTracks([all, one]) : one;
      if (question !== 'one wait') continue;
      const some = selectTracks(
        tracks,
        [...codes.keys()].filter((i) => i % 2 === 1 && codes[i] === 1),
      );
      const map = await explainTracks(some, model, { method: 'lrp', target: 'burst' });
      await draw('curves', deletionPlot(await deletionCurves(some, model, map)));
    }
    const burst = all.pointColumns.burst;
    const titles = names.map((name, i) => {
      const own = Array.from(burst.subarray(all.offsets[i], all.offsets[i + 1]));
      return [name, `the burst: points ${own.indexOf(1)} to ${own.lastIndexOf(1)} of 300`];
    });
    const marked = mostRelevantPoints(all, maps, 25);
    const inside = marked.map((own, i) => own.filter((p) => burst[all.offsets[i] + p]).length);
    note(`of 25 points on the burst: ${inside.join(', ')}`);
    const rows = names.map((_, i) => i);
    await draw('bursts', relevancePlot({ tracks: all, rows, points: maps, marked, titles }));
  },

  /** Heat maps as in Benitez 2023: the ε rule with ε = 1, the class that wins, 25 points. */
  async heat() {
    const place = join(values.models, 'benitez');
    if (!existsSync(place)) {
      const recipe = await readyRecipe('benitez2023-tuned');
      const { model } = await fitRecipe(
        {
          ...recipe,
          data: { ...recipe.data, tracksPerEpoch: 6000, validation: 500, test: 500 },
          epochs: 6,
        },
        { onEpoch: (result) => note(JSON.stringify(result)) },
      );
      await saveModel(place, model);
    }
    const model = await loadModel(place);
    const tracks = andi2020({ task: 2, dim: 1, length: 320, count: 100, seed: 12 }).generate();
    const { labels, probabilities } = await model.predict(tracks);
    const { classes } = model.card.output;
    const { label } = tracks.trackColumns;
    const truth = Array.from(label.codes, (code) => label.dictionary[code]);
    const rows = classes.flatMap((name, k) => {
      const sure = (i) => probabilities[i * classes.length + k];
      const own = [...truth.keys()].filter((i) => truth[i] === name && labels[i] === name);
      return own.sort((a, b) => sure(b) - sure(a)).slice(0, 1);
    });
    const { points } = await explainTracks(tracks, model, {
      method: 'lrp',
      rule: { kind: 'epsilon', epsilon: 1 },
    });
    const marked = mostRelevantPoints(tracks, points, 25);
    const titles = rows.map((i) => truth[i]);
    await draw('heat-maps', relevancePlot({ tracks, rows, points, marked, titles }));
  },

  /** Kernels, activations and reconstructions of a LipNet with pooling, and of one with strides. */
  async lipnet() {
    const problem = 'lamellarity';
    const shares = { unilamellar: 1, multilamellar: 1, uncertain: 1 };
    const images = liposomes({ problem, count: 1500, seed: 1, shares }).generate();
    const x = tf.tensor4d(Float32Array.from(images.pixels), [images.count, 28, 28, 1]);
    const y = tf.oneHot(tf.tensor1d(Int32Array.from(images.labels.codes), 'int32'), 3);
    const shown = liposomes({ problem, count: 12, seed: 2, shares }).generate();
    const pictures = Array.from({ length: shown.count }, (_, i) =>
      Float32Array.from(shown.at(i).pixels),
    );
    const { codes: labelled, dictionary } = shown.labels;
    const ofEachClass = dictionary.map((_, k) => labelled.indexOf(k));
    for (const variant of ['4', '4c']) {
      const network = lipnet({ variant, filters: 16, units: 64, seed: 3 });
      network.compile({
        optimizer: train.adam(2e-3),
        loss: 'categoricalCrossentropy',
        metrics: ['accuracy'],
      });
      await network.fit(x, y, {
        epochs: 8,
        batchSize: 32,
        callbacks: { onEpochEnd: (epoch, logs) => note(`${variant}: ${epoch} ${logs.acc}`) },
      });
      const maps = [];
      const titles = [];
      const layers = ['block1.conv2', 'block2.conv2'];
      for (const i of ofEachClass) {
        const pixels = pictures[i];
        const picture = tf.tensor4d(pixels, [1, 28, 28, 1]);
        const label = dictionary[labelled[i]];
        const own = layers.map((layer) => deconvolve(network, picture, { layer }));
        maps.push(pixels, ...own.map(({ values: back }) => back));
        titles.push(label, ...own.map(({ map }, k) => `${layers[k]}, map ${map}`));
        picture.dispose();
      }
      const grey = { height: 28, width: 28, size: 112, columns: 3, each: true };
      const signed = maps.map((map, k) => (k % 3 === 0 ? centred(map) : map));
      await draw(
        variant === '4' ? 'reconstruction-switches' : 'reconstruction-strides',
        mapsPlot({ maps: signed, titles, ...grey }),
      );
      if (variant !== '4') continue;
      const [first] = layerKernels(network);
      const kernels = Array.from({ length: first.outputs }, (_, k) =>
        Float32Array.from({ length: 9 }, (_, p) => first.values[p * first.outputs + k]),
      );
      await draw('kernels', mapsPlot({ maps: kernels, height: 3, width: 3, size: 48 }));
      const picture = tf.tensor4d(pictures[ofEachClass[1]], [1, 28, 28, 1]);
      const [low, high] = layerActivations(network, [picture], layers);
      const split = ({ shape: [height, width, count], values: all }) =>
        Array.from({ length: count }, (_, k) =>
          Float32Array.from({ length: height * width }, (_, p) => all[p * count + k]),
        );
      const how = { size: 70, columns: 8 };
      await draw('activations-1', mapsPlot({ maps: split(low), height: 28, width: 28, ...how }));
      await draw('activations-2', mapsPlot({ maps: split(high), height: 14, width: 14, ...how }));
    }
  },

  /** What `motion-2d` answers to most, class by class. */
  async maximal() {
    const model = await loadPretrained('motion-2d');
    const { classes } = model.card.output;
    const found = [];
    for (const [target, name] of classes.entries()) {
      const { tracks, answers } = await maximizingTrack(model, { target, length: 80, seed: 4 });
      const [before, after] = [answers[0], answers.at(-1)].map((ln) => Math.exp(ln).toPrecision(2));
      found.push({ tracks, title: [name, `p from ${before} to ${after}`] });
    }
    const tracks = joinTracks(found.map((each) => each.tracks));
    await draw(
      'maximal',
      tracksPlot({
        tracks: new Tracks({ ...tracks.data, positionUnit: 'steps' }),
        rows: classes.map((_, i) => i),
        codes: classes.map((_, i) => i),
        titles: found.map(({ title }) => title),
        columns: 3,
        size: 150,
      }),
    );
  },

  /** The vectors of `motion-2d` before its head, of simulated tracks, in three colourings. */
  async embedding() {
    const model = await loadPretrained('motion-2d');
    const tracks = motion({
      dim: 2,
      count: 900,
      seed: 5,
      length: { min: 20, max: 400 },
    }).generate();
    const { classes } = model.card.output;
    const rows = [...Array(tracks.count).keys()];
    const { width, values: vectors } = await headVectors(model, tracks, rows);
    const places = await embed(vectors, width);
    const { label, alpha } = tracks.trackColumns;
    const names = Array.from(label.codes, (code) => label.dictionary[code]);
    const codes = names.map((name) => classes.indexOf(name));
    await draw('embedding-class', embeddingPlot({ places, codes, classes, title: 'true class' }));
    await draw('embedding-alpha', embeddingPlot({ places, values: alpha, name: 'true α' }));
    await draw(
      'embedding-length',
      embeddingPlot({ places, values: tracks.lengths(), name: 'points', logarithmic: true }),
    );
  },
};

/** Grey values about their mean, so that a picture can stand among signed ones. */
function centred(pixels) {
  const middle = pixels.reduce((sum, x) => sum + x, 0) / pixels.length;
  return pixels.map((x) => x - middle);
}

await useBackend('wasm', { wide: true });
for (const name of values.only.split(',')) await parts[name]();
