import {
  type Encoder,
  type EncoderDefinition,
  encoders,
  type JsonObject,
  type NetworkDescription,
  type NetworkModel,
  type Output,
} from '@diffusion/models';
import { readOptions } from '@diffusion/models/classical';
import { hasSpread } from '@diffusion/models/inference';
import { TrainError } from '../errors.ts';

/** The network of a training, how it is fed, and what it answers. */
export interface Beginning {
  readonly network: NetworkDescription;
  /** Those that are chosen for it, given or filled in. */
  readonly options: JsonObject;
  readonly encoder: Encoder;
  readonly output: Output;
  /** Encoders of one's own that the model may have. */
  readonly encoders: readonly EncoderDefinition[];
}

/**
 * Options that weights do not depend on: of the first weights, of what is left out in training, of what is padded. A
 * network of fixed length has weights of other shapes, which is told then.
 */
const free = ['seed', 'dropout', 'length'];

/** Throws {@link TrainError} where the weights of a model mean something else in a training than in the model. */
export function checkStart(start: NetworkModel, beginning: Beginning): void {
  const { network, options, encoder, output, encoders: own } = beginning;
  const { card } = start;
  if (card.network.name !== network.name) {
    fail('network.name', card.network.name, network.name);
  }
  // First what the network's own options follow from.
  same('output.kind', card.output.kind, output.kind);
  same('output.spread', hasSpread(card.output), hasSpread(output));
  same('output.classes', classesOf(card.output), classesOf(output));
  const [before, after] = [start.encoder, encoder].map((each) => {
    const { kind, dim, options: given, features = [] } = each.specification;
    const definition = [...encoders, ...own].find(({ name }) => name === kind);
    return {
      kind,
      dim,
      options: definition?.options
        ? readOptions(`encoder ${kind}`, definition.options, given)
        : (given ?? {}),
      names: features.map(({ name }) => name),
      standards: features.map(({ mean, deviation }) => [mean, deviation]),
    };
  });
  same('encoder.kind', before.kind, after.kind);
  same('encoder.dim', before.dim, after.dim);
  same('encoder.options', before.options, after.options);
  same('encoder.features', before.names, after.names);
  for (const [k, name] of after.names.entries()) {
    same(`the mean and deviation of ${name}`, before.standards[k], after.standards[k]);
  }
  const [had, has] = [card.network.options, options].map((each) =>
    readOptions(network.name, network.options, each),
  );
  for (const name of Object.keys(has)) {
    if (!free.includes(name)) same(`network.options.${name}`, had[name], has[name]);
  }
}

const classesOf = (output: Output): readonly string[] =>
  output.kind === 'exponent' ? [] : output.classes;

/** Of plain data, whose fields are in the order of their declaration. */
function same(place: string, before: unknown, after: unknown): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  fail(place, told(before), told(after));
}

const told = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

function fail(place: string, before: string, after: string): never {
  throw new TrainError(
    `${place} is ${after}: expected ${before} as in the model to begin with, whose weights mean nothing else`,
  );
}
