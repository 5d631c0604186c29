import type { Images, Prediction, Reason } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { disposeNetwork } from '../dispose-network.ts';
import { ModelError } from '../errors.ts';
import { predictionOf } from '../predict/prediction-of.ts';
import { checkImageNetwork } from './check-image-network.ts';
import { imageAnswers } from './image-answers.ts';
import type { ImageCard } from './image-card.ts';
import { outsideImageDomain } from './image-domain.ts';

/** What `predict` of a model of images may be told. */
export interface ImagePredictOptions {
  /** Images per call of the network, 128 if left out. */
  readonly batchSize?: number;
  /** Told of how many images the answer is known. */
  readonly onProgress?: (done: number) => void;
}

interface PredictsImages {
  /**
   * Judges every image, in the order of the set; one far outside of what the model has seen gets a reason in place of an
   * answer.
   *
   * @param images in the frame of the model, `card.frame`: intensities from 0 to 1.
   */
  predict(images: Images, options?: ImagePredictOptions): Promise<Prediction>;
  /** Frees the weights. */
  dispose(): void;
}

/** A network with all it needs to judge images. */
export interface ImageModel extends PredictsImages {
  readonly kind: 'image';
  readonly card: ImageCard;
  readonly network: LayersModel;
}

/** Several models of images that answer as one: those of the folds of a cross-validation. */
export interface ImageEnsemble extends PredictsImages {
  readonly kind: 'images';
  readonly models: readonly ImageModel[];
}

/**
 * Joins a network with the card that says what it sees of an image.
 *
 * Throws {@link ModelError} when the network's input or output does not have the shape that the card asks for.
 *
 * @example
 * const model = imageModel(lipnet({ size: 28 }), card);
 * (await model.predict(await readImages('micrographs', card.frame))).labels;
 */
export function imageModel(network: LayersModel, card: ImageCard): ImageModel {
  checkImageNetwork(card.network.name, network, card.frame, card.output);
  return {
    kind: 'image',
    card,
    network,
    dispose: () => disposeNetwork(network),
    predict: (images, options) => predictImages([{ card, network }], images, options),
  };
}

/**
 * The mean of the probabilities of models of images that tell the same classes apart in the same frame. An image is judged where
 * every model judges it.
 *
 * Throws {@link ModelError} when there is no model, or they differ in their classes or their frames.
 *
 * @example
 * const { labels } = await imageEnsemble(folds).predict(images);
 */
export function imageEnsemble(models: readonly ImageModel[]): ImageEnsemble {
  if (models.length === 0) throw new ModelError('models is empty: expected at least one model');
  const told = ({ card: { frame, output } }: ImageModel) =>
    `${output.classes.join(', ')} in ${frame.size} pixels of the view ${frame.view}`;
  for (const [i, model] of models.entries()) {
    if (told(model) === told(models[0])) continue;
    throw new ModelError(`models[${i}] answers ${told(model)}: expected ${told(models[0])}`);
  }
  return {
    kind: 'images',
    models,
    dispose: () => {
      for (const model of models) model.dispose();
    },
    predict: (images, options) => predictImages(models, images, options),
  };
}

async function predictImages(
  members: readonly Pick<ImageModel, 'card' | 'network'>[],
  images: Images,
  options: ImagePredictOptions = {},
): Promise<Prediction> {
  const known = { batchSize: true, onProgress: true } as const;
  checkOptions<ImagePredictOptions>('predict', options, known, ModelError);
  const { frame, output } = members[0].card;
  const { width, height, count } = images;
  if (width !== frame.size || height !== frame.size) {
    throw new ModelError(
      `images are ${width} × ${height}: expected ${frame.size} × ${frame.size}, as readImages or frameImages makes them with the model's card.frame`,
    );
  }
  const reasons = new Array<Reason | undefined>(count).fill(undefined);
  const mean = new Float32Array(count * output.classes.length);
  for (const [m, { card, network }] of members.entries()) {
    for (const [i, reason] of outsideImageDomain(card.domain, images).entries()) {
      reasons[i] ??= reason;
    }
    const told = (done: number) => options.onProgress?.((m * count + done) / members.length);
    const answers = await imageAnswers(network, images, card.scale, options.batchSize, told);
    for (let i = 0; i < mean.length; i++) mean[i] += answers[i] / members.length;
  }
  for (const [i, reason] of reasons.entries()) {
    if (reason) mean.fill(Number.NaN, i * output.classes.length, (i + 1) * output.classes.length);
  }
  return predictionOf(output, mean, reasons);
}
