import {
  type ImageCard,
  type ImageModel,
  type IntensityScale,
  imageModel,
  type JsonObject,
  measureImageDomain,
  measureScale,
  type NetworkDescription,
  type Output,
} from '@diffusion/models';
import { imageAnswers, scaled } from '@diffusion/models/inference';
import { checkImageNetwork, disposeNetwork, imageNetworkOptions } from '@diffusion/models/training';
import { keyedRandom } from '@diffusion/random';
import { type Frame, type Images, views } from '@diffusion/tracks';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  augmentImages,
  checkAugmentation,
  type ImageAugmentation,
} from '../augment/augment-images.ts';
import { balancedWeights } from '../balance/class-weights.ts';
import { batchEdges } from '../batch-edges.ts';
import { checkBackend } from '../check-backend.ts';
import { checkGiven } from '../check-given.ts';
import { TrainError } from '../errors.ts';
import type { Examples } from '../examples.ts';
import { withoutNetwork } from '../fit.ts';
import { scoresOf } from '../loss.ts';
import { chosenNetwork, type NetworkChoice } from '../network-choice.ts';
import { checkRecipe, type TrainingRecipe } from '../recipe.ts';
import { tryGradient } from '../rehearse.ts';
import { type EpochHooks, runEpochs } from '../run-epochs.ts';
import { wholeBatches } from '../stepper.ts';
import { keptEpoch } from '../stopping.ts';
import type { EpochResult } from '../training-state.ts';
import { lossOfAnswers } from '../validate.ts';
import { codesOf, imageSource } from './image-source.ts';

/** Everything that decides the weights of a network of images after training, given its first weights and the images. */
export interface ImageTrainingRecipe
  extends Omit<TrainingRecipe, 'augmentation' | 'shards' | 'selection'> {
  /** What is done to each image before the network sees it; nothing if left out. */
  readonly augmentation?: ImageAugmentation;
}

/** What {@link fitImages} is told. */
export interface FitImagesOptions extends EpochHooks {
  /** An architecture that takes images: the name of one, alone or with its options, or one of one's own. */
  readonly network: NetworkChoice;
  /** Architectures of one's own that `network` may name. */
  readonly networks?: readonly NetworkDescription[];
  /** Labelled images of one size; the classes are those of their labels, in that order. */
  readonly images: Images;
  /** How these images were framed: whoever uses the model frames his own like this. */
  readonly frame: Frame;
  /** Labelled images of the same classes that training never sees, or none. */
  readonly validation?: Images;
  readonly recipe: ImageTrainingRecipe;
  /** What the images are, for the card. */
  readonly data: JsonObject;
  readonly versions?: Readonly<Record<string, string>>;
  /** Awaited once all has been tried, before the first batch. */
  readonly onReady?: () => void | Promise<void>;
}

const KNOWN = {
  network: true,
  networks: true,
  images: true,
  frame: true,
  validation: true,
  recipe: true,
  data: true,
  versions: true,
  onReady: true,
  onBatch: true,
  onEpoch: true,
  signal: true,
} as const;

/**
 * Builds a network, trains it on labelled images and joins it with its card: a model that judges images. Needs a tfjs backend
 * (`useBackend` of `@diffusion/backends`). The weights afterwards are a function of the first weights, the images and the recipe.
 *
 * Throws {@link TrainError} for an option that there is not, for a wrong recipe, for images without labels, of one class or of
 * another size than the frame, and as `train` does; `ModelError` and `OptionError` where the network does not take such images.
 *
 * @example
 * const frame = { view: 'mask', size: 28 };
 * const { model, history } = await fitImages({
 *   network: { name: 'lipnet', options: { variant: '4' } },
 *   images: await readImages('liposomes', frame),
 *   frame,
 *   recipe: {
 *     epochs: 20, batchSize: 32, learningRate: 1e-3, schedule: { name: 'constant' }, seed: 1,
 *     loss: { labelSmoothing: 0.05 }, balance: { kind: 'oversample' }, augmentation: liposomeAugmentation,
 *   },
 *   data: { folder: 'liposomes' },
 * });
 */
export async function fitImages(
  options: FitImagesOptions,
): Promise<{ model: ImageModel; history: EpochResult[] }> {
  checkOptions<FitImagesOptions>('fitImages', options, KNOWN, TrainError);
  checkGiven(options, ['network', 'images', 'frame', 'recipe']);
  const { images, frame, validation, recipe, data, versions = {}, signal } = options;
  const { network, given } = chosenNetwork(options);
  const output = outputOf(images, frame, validation);
  const { augmentation, ...training } = checkedRecipe(recipe, output, validation);
  await checkBackend();
  const chosen = imageNetworkOptions(network, given, frame, output, recipe.seed);
  const built = network.build(chosen);
  try {
    checkImageNetwork(network.name, built, frame, output);
    const scale = measureScale(images);
    const balanced = withWeights(training, images, output.classes);
    const source = imageSource(images, recipe.seed, recipe.balance);
    const examplesAt = (epoch: number, from: number, to: number): Examples => {
      const first = epoch * source.perEpoch + from;
      const random = () => keyedRandom(recipe.seed, 'augmentation', first);
      const raw = source.take(epoch, from, to);
      return examplesOf(augmentation ? augmentImages(raw, augmentation, random()) : raw, scale);
    };
    const trial = { network: built, output, recipe: balanced };
    await tryGradient(trial, examplesAt(0, 0, Math.min(2, source.perEpoch)));
    await options.onReady?.();
    const history = await runEpochs({
      ...trial,
      edgesOf: batchEdges(source, recipe.batchSize),
      stepperOf: () => wholeBatches({ ...trial, examplesAt }),
      ...(validation && { check: () => checkOn(built, output, validation, scale, recipe) }),
      onBatch: options.onBatch,
      onEpoch: options.onEpoch,
      signal,
    });
    const last = keptEpoch(recipe, history, output);
    const card: ImageCard = {
      format: 'diffusion-model',
      version: 1,
      network: { name: network.name, options: chosen },
      output,
      frame,
      scale,
      domain: measureImageDomain(images),
      recipe: { ...recipe, data, imagesPerEpoch: source.perEpoch } as unknown as JsonObject,
      metrics: {
        validationLoss: last.validationLoss ?? null,
        validationScore: last.validationScore ?? null,
      },
      versions,
    };
    return { model: imageModel(built, card), history };
  } catch (error) {
    disposeNetwork(built);
    throw withoutNetwork(error);
  }
}

type Classes = Output & { readonly kind: 'classes' };

/** The classes of the images. Throws {@link TrainError} where they, their labels or those of the validation are not as they should be. */
function outputOf(images: Images, frame: Frame, validation: Images | undefined): Classes {
  const { count, width, height, labels } = images;
  if (count === 0) throw new TrainError('there are no images to train on');
  if (!labels) throw new TrainError('images have no labels to learn from');
  if (!views.includes(frame.view) || width !== frame.size || height !== frame.size) {
    throw new TrainError(
      `images are ${width} × ${height}: expected ${frame.size} × ${frame.size}, that of frame ${shown(frame)}`,
    );
  }
  const classes = labels.dictionary;
  if (new Set(labels.codes).size < 2) {
    throw new TrainError(`there is one class, ${classes[labels.codes[0]]}: expected at least two`);
  }
  if (validation && validation.labels?.dictionary.join('\n') !== classes.join('\n')) {
    throw new TrainError(
      `validation has the classes ${validation.labels?.dictionary.join(', ') ?? 'none'}: expected ${classes.join(', ')} in that order`,
    );
  }
  if (validation && (validation.width !== frame.size || validation.height !== frame.size)) {
    throw new TrainError(
      `validation is ${validation.width} × ${validation.height}: expected ${frame.size} × ${frame.size} as the images`,
    );
  }
  return { kind: 'classes', classes };
}

/** Throws {@link TrainError} that names what is wrong with a recipe for images. */
export function checkedRecipe(
  recipe: ImageTrainingRecipe,
  output: Output,
  validation: { readonly count: number } | undefined,
): ImageTrainingRecipe {
  checkOptions<ImageTrainingRecipe>('recipe', recipe, IMAGE_TRAINING, TrainError);
  const { augmentation, ...training } = recipe;
  checkRecipe(training, { source: { perEpoch: 1 }, output, validation });
  if (augmentation !== undefined) checkAugmentation(augmentation);
  return recipe;
}

/** The fields of an {@link ImageTrainingRecipe}. */
export const IMAGE_TRAINING = {
  epochs: true,
  batchSize: true,
  learningRate: true,
  schedule: true,
  loss: true,
  optimizer: true,
  stopping: true,
  balance: true,
  averaging: true,
  seed: true,
  augmentation: true,
} as const;

/** The recipe with the weights of the classes in its loss, where it balances so. */
function withWeights<Recipe extends Omit<ImageTrainingRecipe, 'augmentation'>>(
  recipe: Recipe,
  images: Images,
  classes: readonly string[],
): Recipe {
  if (recipe.balance?.kind !== 'class-weights') return recipe;
  if (recipe.loss?.classWeights !== undefined) {
    throw new TrainError(
      "loss.classWeights is an object: expected none beside balance.kind 'class-weights'",
    );
  }
  const weights = balancedWeights(codesOf(images), classes.length);
  const classWeights = Object.fromEntries(classes.map((name, k) => [name, weights[k]]));
  return { ...recipe, loss: { ...recipe.loss, classWeights } };
}

/** Images as a network sees them in training, and the code of the class that each is of. */
function examplesOf(images: Images, scale: IntensityScale): Examples {
  const { count, height, pixels } = images;
  return {
    count,
    length: height,
    inputs: scaled(pixels, scale),
    features: new Float32Array(0),
    wanted: { codes: codesOf(images) },
  };
}

/** Loss and accuracy on images that are not learnt from. */
async function checkOn(
  network: LayersModel,
  output: Output,
  images: Images,
  scale: IntensityScale,
  { loss }: ImageTrainingRecipe,
) {
  const wanted = { codes: codesOf(images) };
  const answers = await imageAnswers(network, images, scale);
  return {
    loss: lossOfAnswers(answers, wanted, output, loss),
    ...scoresOf(answers, wanted, output),
  };
}
