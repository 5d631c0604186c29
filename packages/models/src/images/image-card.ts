import { type Frame, views } from '@diffusion/tracks';
import type { NetworkCard, Output } from '../card.ts';
import { CardChecks } from '../card-checks.ts';
import type { IntensityScale } from './image-answers.ts';
import type { ImageDomain } from './image-domain.ts';

/** The card of a network that judges images: as that of one that judges tracks, but for what it sees. */
export interface ImageCard
  extends Omit<NetworkCard, 'encoder' | 'domain' | 'output' | 'calibration'> {
  /** What is seen of an image, and how large: what `readImages` and `frameImages` are told. */
  readonly frame: Frame;
  /** What makes its intensities standard: those of the images that it was trained on. */
  readonly scale: IntensityScale;
  readonly output: Output & { readonly kind: 'classes' };
  readonly domain: ImageDomain;
}

/**
 * The card of a model of images in a parsed `card.json`.
 *
 * Throws `ModelError` that names the field that is missing or wrong.
 */
export function parseImageCard(json: unknown, source: string): ImageCard {
  const check = new CardChecks(source);
  const card = check.record('card', json);
  if (card.format !== 'diffusion-model') check.fail('format', card.format, '"diffusion-model"');
  if (card.version !== 1) check.fail('version', card.version, '1, which this release reads');
  const { name, options } = check.record('network', card.network);
  check.text('network.name', name);
  check.record('network.options', options);
  const { view, size } = check.record('frame', card.frame);
  if (!views.some((each) => each === view)) check.fail('frame.view', view, views.join(', '));
  if (!(Number.isInteger(size) && (size as number) >= 1)) {
    check.fail('frame.size', size, 'a number of pixels');
  }
  const { mean, deviation } = check.record('scale', card.scale);
  check.numbers('scale', { mean, deviation });
  if (!((deviation as number) > 0)) check.fail('scale.deviation', deviation, 'a positive number');
  const { kind, classes } = check.record('output', card.output);
  if (kind !== 'classes') check.fail('output.kind', kind, 'classes');
  check.names('output.classes', classes, 2);
  const domain = check.record('domain', card.domain);
  for (const field of ['intensity', 'contrast']) {
    const { low, high } = check.record(`domain.${field}`, domain[field]);
    check.numbers(`domain.${field}`, { low, high });
  }
  if (card.weights) check.text('weights.sha256', check.record('weights', card.weights).sha256);
  return card as unknown as ImageCard;
}
