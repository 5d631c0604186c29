import type { EncoderRequest, NetworkModel } from '@diffusion/models';
import type { EncoderChoice } from '../encoder-for.ts';

/**
 * An encoder as it is asked for, whose features that have only a name get the mean and the deviation that they have in a
 * model: its weights have learnt numbers made standard by these.
 */
export function encoderOfStart(choice: EncoderChoice, start: NetworkModel): EncoderChoice {
  if ('encode' in choice || 'write' in choice || !Array.isArray(choice.features)) return choice;
  const { features: known = [] } = start.encoder.specification;
  type Asked = NonNullable<EncoderRequest['features']>[number];
  const features = choice.features.map((feature: Asked) => {
    if (typeof feature === 'object' && 'mean' in feature) return feature;
    const name = typeof feature === 'string' ? feature : feature.name;
    return known.find((each) => each.name === name) ?? feature;
  });
  return { ...choice, features };
}
