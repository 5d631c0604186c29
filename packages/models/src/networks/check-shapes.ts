import { quote } from '@diffusion/tracks/messages';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { hasSpread, type Output } from '../card.ts';
import type { Encoder } from '../encode/encoder.ts';
import { axesOf, rowShape } from '../encode/layout.ts';
import { ModelError } from '../errors.ts';
import { widthOf } from '../predict/prediction-of.ts';

/** A network, what feeds it and what it should answer. */
export interface ShapesToCheck {
  /** What the network is called, for messages. */
  readonly name: string;
  readonly network: LayersModel;
  readonly encoder: Pick<Encoder, 'specification' | 'channels' | 'features' | 'layout'>;
  readonly output: Output;
}

/**
 * Throws {@link ModelError} where a network does not take what the encoder gives, points × channels and features, or
 * does not answer what is asked: an output of a probability per class, one of the exponent, or both in that order.
 *
 * @example
 * checkShapes({ name: 'xresnet', network, encoder, output: { kind: 'classes', classes: ['ND', 'DM'] } });
 * // ModelError: network 'xresnet' has outputs of 4: expected 2 (ND, DM)
 */
export function checkShapes({ name, network, encoder, output }: ShapesToCheck): void {
  const { kind } = encoder.specification;
  const other = network.inputs.find(({ dtype }) => dtype !== 'float32');
  if (other) {
    throw new ModelError(
      `network '${name}' takes numbers of type ${quote(other.dtype)}: encoder '${kind}' gives "float32"`,
    );
  }
  const [points, features] = network.inputs.map(({ shape }) => shape.slice(1));
  const given = rowShape(encoder);
  // An encoder without a length gives any: a network of one length cannot be sure of it.
  if (points.length !== given.length || points.some((n, axis) => n !== null && n !== given[axis])) {
    const shown = (shape: readonly (number | null)[]) => shape.map((n) => n ?? 'any').join(' × ');
    throw new ModelError(
      `network '${name}' takes ${shown(points)} numbers per track: encoder '${kind}' gives ${shown(given)} (${axesOf(encoder)})`,
    );
  }
  if (features && features[0] !== encoder.features) {
    throw new ModelError(
      `network '${name}' takes ${features[0]} features: encoder '${kind}' gives ${encoder.features}`,
    );
  }
  const perPoint = network.outputs.some(({ shape }) => shape.length === 3);
  if (perPoint !== (output.kind === 'points')) {
    const [has, wants] = ['a row per track', 'a row per point'];
    throw new ModelError(
      `network '${name}' answers ${perPoint ? wants : has}: expected ${perPoint ? has : wants}`,
    );
  }
  const widths = network.outputs.map(({ shape }) => shape.at(-1)).join(' and ');
  const { wanted, names } = wantedOf(output);
  if (widths !== wanted) {
    throw new ModelError(
      `network '${name}' has outputs of ${widths}: expected ${wanted} (${names})`,
    );
  }
}

/** The widths of the outputs that are asked for, and what they stand for. */
function wantedOf(output: Output): { wanted: string; names: string } {
  const [width, exponent] = hasSpread(output)
    ? ['2', 'the exponent and the logarithm of its spread']
    : ['1', 'the exponent'];
  if (output.kind === 'exponent') return { wanted: width, names: exponent };
  const { classes } = output;
  if (output.kind === 'points') {
    const names = `${classes.join(', ')}, change, α, ln K and two spreads`;
    return { wanted: String(widthOf(output)), names };
  }
  const wanted = String(classes.length);
  const names = classes.join(', ');
  return output.kind === 'both'
    ? { wanted: `${wanted} and ${width}`, names: `${names}; ${exponent}` }
    : { wanted, names };
}
