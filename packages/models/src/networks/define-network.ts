import { checkOptions, shown } from '@diffusion/tracks/messages';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Output } from '../card.ts';
import type { Encoder } from '../encode/encoder.ts';
import { ModelError } from '../errors.ts';
import { type Options, type OptionsOf, readOptions } from '../options.ts';

/** What a network is fed with unless told otherwise. */
export interface NetworkInput {
  /** The kind of encoder. */
  readonly kind: string;
  /** Whether rows are padded to the length of the longest track; else every batch has tracks of one length. */
  readonly padded: boolean;
  /** Whether features may stand beside the track; false if left out. */
  readonly features?: boolean;
}

/** What a network is given and what it must answer. */
export interface NetworkTask {
  /** What feeds it: `specification.dim`, `specification.length` (null: any), `layout`, `channels` and `features`. */
  readonly encoder: Pick<Encoder, 'specification' | 'channels' | 'features' | 'layout'>;
  readonly output: Output;
}

/** What {@link defineNetwork} is told of an architecture. */
export interface NetworkDefinition<Declared extends Options> {
  readonly name: string;
  /** Where the architecture comes from. */
  readonly paper?: string;
  /** Every option, declared once: its type follows. */
  readonly options: Declared;
  /** What it is fed with unless told otherwise; absent where it takes pictures or is always told. */
  readonly input?: NetworkInput;
  /**
   * The options that follow from what the network is given and must answer; none when absent. Throws where the
   * architecture cannot answer that.
   */
  optionsFor?(task: NetworkTask): Partial<OptionsOf<Declared>>;
  /**
   * The model with fresh weights. Inputs [batch, points, channels] and, where it wants them, [batch, features];
   * outputs class probabilities [batch, classes], the exponent [batch, 1], or both in that order.
   *
   * @param options every option, checked.
   */
  build(options: OptionsOf<Declared>): LayersModel;
  /** Layers of its own, which tfjs must know to load what was saved. */
  readonly layers?: readonly LayerClass[];
}

/** A class of layers with its `className`, as `tf.serialization.registerClass` takes it. */
export type LayerClass = (new (...args: never[]) => object) & { readonly className: string };

/** A network as the registry lists it: built in, or one's own. */
export interface NetworkDescription<Declared extends Options = Options>
  extends Omit<NetworkDefinition<Declared>, 'build' | 'optionsFor'> {
  readonly paper: string;
  optionsFor(task: NetworkTask): Partial<OptionsOf<Declared>>;
  /**
   * The model with fresh weights, seeded where there is an option `seed`. Throws `OptionError` for an unknown option
   * or a value out of its range.
   */
  build(options?: Partial<OptionsOf<Declared>>): LayersModel;
}

/**
 * An architecture of one's own, the same as the built-in ones: it goes wherever they go by name.
 *
 * Throws {@link ModelError} for a definition that is not one.
 *
 * @example
 * const tiny = defineNetwork({
 *   name: 'tiny',
 *   options: {
 *     channels: integerOption({ default: 2, min: 1, max: 64, description: 'Numbers per point.' }),
 *     classes: classesOption(2),
 *   },
 *   optionsFor: ({ encoder, output }) => ({ channels: encoder.channels, classes: classesOf(output) }),
 *   build: ({ channels, classes }) => sequential({ layers: [
 *     layers.globalMaxPooling1d({ inputShape: [null, channels] }),
 *     layers.dense({ units: classes, activation: 'softmax' }),
 *   ] }),
 * });
 * await fit({ network: tiny, … });
 */
export function defineNetwork<Declared extends Options>(
  definition: NetworkDefinition<Declared>,
): NetworkDescription<Declared> {
  checkDefinition(definition as unknown as NetworkDefinition<Options>);
  const { name, options, paper = '' } = definition;
  return {
    ...definition,
    paper,
    optionsFor: (task) => definition.optionsFor?.(task) ?? {},
    build: (given) => definition.build(readOptions(name, options, given)),
  };
}

const KNOWN = {
  name: true,
  paper: true,
  options: true,
  input: true,
  optionsFor: true,
  build: true,
  layers: true,
} as const;

function checkDefinition(definition: NetworkDefinition<Options>): void {
  checkOptions<NetworkDefinition<Options>>('defineNetwork', definition, KNOWN, ModelError);
  const { name, options, optionsFor, build } = definition;
  if (typeof name !== 'string' || name === '') {
    throw new ModelError(`name is ${shown(name)}: expected the network's name`);
  }
  const wrong = (what: string, value: unknown, expected: string): never => {
    throw new ModelError(`${what} of network '${name}' is ${shown(value)}: expected ${expected}`);
  };
  if (typeof options !== 'object' || options === null) {
    wrong('options', options, 'declared options by their names, {} for none');
  }
  if (optionsFor !== undefined && typeof optionsFor !== 'function') {
    wrong('optionsFor', optionsFor, 'a function of the task, or none');
  }
  if (typeof build !== 'function') wrong('build', build, 'a function of the options');
}
