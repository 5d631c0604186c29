import type {
  Encoder,
  EncoderDefinition,
  JsonObject,
  NetworkDescription,
  NetworkModel,
  Output,
} from '@diffusion/models';
import { checkShapes, chosenOptions, disposeNetwork } from '@diffusion/models/training';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkBackend } from './check-backend.ts';
import { type EncoderChoice, encoderFor } from './encoder-for.ts';
import { chosenNetwork, type NetworkChoice } from './network-choice.ts';
import type { Training } from './prepared.ts';
import { type TrainingRecipe, type WholeRecipe, withDefaults } from './recipe.ts';
import { featureSample } from './seen.ts';
import { checkStart } from './start/check-start.ts';
import { encoderOfStart } from './start/encoder-of-start.ts';
import { takeWeights } from './start/take-weights.ts';

/** What a network is built of, and what it is trained on. */
export interface NetworkToBuild extends Pick<Training, 'source' | 'recipe' | 'output'> {
  /**
   * An architecture of one's own (`defineNetwork`), or the name of one of the registry or of `networks`, alone or with its
   * options; what follows from the encoder and the output is filled in.
   */
  readonly network: NetworkChoice;
  /**
   * How tracks are given to it: a specification of a built-in encoder or of one of `encoders`, a definition of one's own
   * (`defineEncoder`), or an encoder itself. Features that a specification only names, `['asymmetry']`, are made standard
   * by the mean and deviation that they have over training tracks.
   */
  readonly encoder: EncoderChoice;
  /** Architectures of one's own that `network` may name. */
  readonly networks?: readonly NetworkDescription[];
  /** Encoders of one's own that `encoder` may name. */
  readonly encoders?: readonly EncoderDefinition[];
  /**
   * A model whose weights are the first ones, of the same network, encoder and output; features that `encoder` only names
   * are made standard as they are in it. It stays as it is, and the caller's.
   */
  readonly start?: NetworkModel;
}

/** A network before its first batch, and all that was left open of it. */
export interface BuiltNetwork {
  /** Of its architecture. */
  readonly name: string;
  /** The network itself, with its first weights: the caller's to dispose of. */
  readonly built: LayersModel;
  /** Its options, given or filled in. */
  readonly chosen: JsonObject;
  readonly encode: Encoder;
  readonly recipe: WholeRecipe;
  readonly output: Output;
}

/**
 * The network that a training is of, with what follows from the encoder, the output and the tracks.
 *
 * Throws what `fit` throws before its first batch.
 */
export async function builtNetwork(options: NetworkToBuild): Promise<BuiltNetwork> {
  const { source, encoders = [], start } = options;
  const recipe = withDefaults(options.recipe);
  const output = outputOf(options.output, recipe);
  await checkBackend();
  const { network, given } = chosenNetwork(options);
  const { name } = network;
  const asked = start ? encoderOfStart(options.encoder, start) : options.encoder;
  const encode = encoderFor(asked, network, encoders, {
    dim: source.take(0, 0, 1).dim,
    longest: source.lengths?.max,
    sample: () => featureSample(source, recipe),
  });
  const chosen = chosenOptions(network, given, { encoder: encode, output }, recipe.seed);
  const about = { network, options: chosen, encoder: encode, output, encoders };
  if (start) checkStart(start, about);
  const built = network.build(chosen);
  try {
    checkShapes({ name, network: built, encoder: encode, output });
    if (start) takeWeights(built, start.network);
  } catch (error) {
    disposeNetwork(built);
    throw error;
  }
  return { name, built, chosen, encode, recipe, output };
}

/** What a network is to answer: with a spread where the loss needs one. */
function outputOf(output: Output, { loss }: TrainingRecipe): Output {
  return (output.kind === 'exponent' || output.kind === 'both') && loss?.exponent === 'gaussian'
    ? { ...output, spread: true }
    : output;
}
