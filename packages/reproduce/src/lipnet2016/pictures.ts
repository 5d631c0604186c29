import { useBackend } from '@diffusion/backends';
import { mapsPlot, type PlotSpec } from '@diffusion/eval';
import { layerActivations, layerKernels } from '@diffusion/eval/explain';
import { loadImageModel } from '@diffusion/models/node';
import { keyedRandom } from '@diffusion/random';
import { liposomes } from '@diffusion/simulate';
import { frameImages, type Images, selectImages } from '@diffusion/tracks';
import { augmentImages, liposomeAugmentation } from '@diffusion/train';
import * as tf from '@tensorflow/tfjs-core';
import { ReproduceError } from '../errors.ts';
import type { ItemFigure } from '../item.ts';
import type { Problem } from './training.ts';

/** Pictures of drawn liposomes, and of what a network makes of them. */

const even = { unilamellar: 1, multilamellar: 1, uncertain: 1 };

/** Width and height of what the masks of drawn liposomes mark, in pixels. */
export function sizesOf(problem: Problem) {
  const set = liposomes({ problem, count: 3000, seed: 1, size: 64 });
  const images = set.generate();
  const { masks, height, width, labels } = images;
  if (!masks || !labels) throw new ReproduceError('drawn liposomes have no masks: expected some');
  const widths: number[] = [];
  const heights: number[] = [];
  for (let i = 0; i < images.count; i++) {
    let [left, right, top, bottom] = [width, -1, height, -1];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!masks[(i * height + y) * width + x]) continue;
        [left, right, top, bottom] = [
          Math.min(left, x),
          Math.max(right, x),
          Math.min(top, y),
          Math.max(bottom, y),
        ];
      }
    }
    widths.push(right - left + 1);
    heights.push(bottom - top + 1);
  }
  return { widths, heights, codes: labels.codes, classes: set.classes };
}

/** Pictures, four in a row, each from its darkest to its lightest pixel. */
const picturesPlot = (...sets: readonly Images[]): PlotSpec => {
  const [{ height, width }] = sets;
  const maps = sets.flatMap((images) => [...images].map(({ pixels }) => pixels));
  return mapsPlot({ maps, height, width, colours: 'grey', size: 80, columns: 4, each: true });
};

/** Four artificial liposomes of each class of lamellarity. */
export function artificialPictures(): ItemFigure[] {
  const set = liposomes({ problem: 'lamellarity', count: 60, seed: 3, shares: even, size: 64 });
  const images = set.generate();
  const { codes } = images.labels!;
  const rows = set.classes.flatMap((_, k) =>
    [...codes.keys()].filter((i) => codes[i] === k).slice(0, 4),
  );
  return [
    {
      name: 'artificial',
      alt: `Four artificial liposomes each of ${set.classes.join(', ')}`,
      caption: `Rows: ${set.classes.join(', ')}.`,
      spec: picturesPlot(selectImages(images, rows)),
    },
  ];
}

/** An image and eleven random transformations of it. */
export function augmentedPictures(): ItemFigure[] {
  const images = liposomes({
    problem: 'lamellarity',
    count: 6,
    seed: 4,
    shares: even,
    size: 64,
  }).generate();
  const original = selectImages(images, [1]);
  const changed = augmentImages(
    selectImages(images, new Array<number>(11).fill(1)),
    liposomeAugmentation,
    keyedRandom(4, 'augmentation', 0),
  );
  return [
    {
      name: 'augmentation',
      alt: 'A liposome and eleven random transformations of it',
      caption: 'The first is the original: turned, sheared, shifted, zoomed and mirrored.',
      spec: picturesPlot(original, changed),
    },
  ];
}

/** Kernels of the first layer, and what the second layer of each block gives for an image. */
export async function networkPictures(folder: string): Promise<ItemFigure[]> {
  await useBackend('wasm', { wide: true });
  const model = await loadImageModel(folder);
  if (!('network' in model))
    throw new ReproduceError(`${folder} holds no network: expected a LipNet`);
  const { network, card } = model;
  const [first] = layerKernels(network);
  const kernels = Array.from({ length: first.outputs }, (_, k) =>
    Float32Array.from({ length: 9 }, (_, p) => first.values[p * first.outputs + k]),
  );
  const drawn = liposomes({
    problem: 'lamellarity',
    count: 12,
    seed: 2,
    shares: even,
    size: 64,
  }).generate();
  // As the network sees it: in its frame, with intensities that its card makes standard.
  const { frame, scale } = card;
  const { pixels } = frameImages(selectImages(drawn, [1]), frame);
  const seen = Float32Array.from(pixels, (value) => (value - scale.mean) / scale.deviation);
  const picture = tf.tensor4d(seen, [1, frame.size, frame.size, 1]);
  const layers = ['block1.conv2', 'block2.conv2'];
  const given = layerActivations(network, [picture], layers);
  picture.dispose();
  model.dispose();
  return [
    {
      name: 'kernels',
      alt: 'Kernels of the first convolution, 3 × 3 each',
      caption: 'Blue is below 0, vermilion above it.',
      spec: mapsPlot({ maps: kernels, height: 3, width: 3, size: 48 }),
    },
    ...given.map(({ shape: [height, width, count], values }, l) => ({
      name: `activations-${l + 1}`,
      alt: `Output of ${layers[l]} for a liposome, ${count} maps`,
      caption: `Output of ${layers[l]}.`,
      spec: mapsPlot({
        maps: Array.from({ length: count }, (_, k) =>
          Float32Array.from({ length: height * width }, (_, p) => values[p * count + k]),
        ),
        height,
        width,
        size: 70,
        columns: 8,
      }),
    })),
  ];
}
