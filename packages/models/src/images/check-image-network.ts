import type { Frame } from '@diffusion/tracks';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Output } from '../card.ts';
import { ModelError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { chosenOptions } from '../networks/chosen-options.ts';
import type { NetworkDescription } from '../networks/define-network.ts';

/** Classes, which is all that images are judged for. */
type Classes = Output & { readonly kind: 'classes' };

/** Throws {@link ModelError} where a network does not take images of that frame, or does not answer with those classes. */
export function checkImageNetwork(
  name: string,
  network: LayersModel,
  { size }: Frame,
  { classes }: Classes,
): void {
  const shown = (shape: readonly (number | null)[]) => shape.map((n) => n ?? 'any').join(' × ');
  const shapes = network.inputs.map(({ shape }) => shape.slice(1));
  const wanted = [size, size, 1];
  const [shape] = shapes;
  const fits =
    shapes.length === 1 &&
    shape.length === 3 &&
    shape.every((n, axis) => n === null || n === wanted[axis]);
  if (!fits) {
    throw new ModelError(
      `network '${name}' takes ${shapes.map(shown).join(' and ')} numbers: expected ${shown(wanted)}, an image`,
    );
  }
  const widths = network.outputs.map(({ shape: answer }) => answer.slice(1).join(' × '));
  if (widths.join() !== String(classes.length)) {
    throw new ModelError(
      `network '${name}' has outputs of ${widths.join(' and ')}: expected ${classes.length} (${classes.join(', ')})`,
    );
  }
}

/**
 * The options of a network for images: the caller's, and what follows from the frame and the classes as far as the architecture
 * has such options (`size`, `channels`, `classes`, `seed`).
 *
 * Throws `OptionError` for an option that contradicts what follows, and {@link ModelError} for a network that takes tracks.
 *
 * @example
 * imageNetworkOptions(networkByName('lipnet'), { variant: '6' }, { view: 'mask', size: 32 }, output, 1);
 */
export function imageNetworkOptions(
  network: NetworkDescription,
  given: Readonly<Record<string, unknown>>,
  { size }: Frame,
  output: Classes,
  seed: number,
): JsonObject {
  if (network.input) {
    throw new ModelError(`network '${network.name}' takes tracks: expected one that takes images`);
  }
  const follows = Object.fromEntries(
    Object.entries({ size, channels: 1, classes: output.classes.length }).filter(([name]) =>
      Object.hasOwn(network.options, name),
    ),
  );
  const forImages = { ...network, optionsFor: () => follows } as NetworkDescription;
  const task = {} as Parameters<NetworkDescription['optionsFor']>[0];
  return chosenOptions(forImages, given, task, seed);
}
