import type { NetworkDescription } from './networks/define-network.ts';
import { optionTable } from './option-table.ts';
import { describeNetwork } from './registry.ts';

/**
 * A network's parameters, shapes and options as Markdown, for `docs/models.md`. Needs a tfjs backend.
 *
 * @example
 * networkTable(networkByName('xresnet')); // '399,556 parameters with the defaults; input …'
 */
export function networkTable(network: NetworkDescription): string {
  const { parameters, inputShape, outputShape } = describeNetwork(network);
  const count = String(parameters).replace(/\B(?=(\d{3})+$)/g, ',');
  const shape = (of: readonly unknown[]): string =>
    Array.isArray(of[0])
      ? of.map((each) => shape(each as unknown[])).join(' and ')
      : `[${of.map((n) => n ?? 'any').join(', ')}]`;
  return `${count} parameters with the defaults; input ${shape(inputShape)}, output ${shape(outputShape)}.\n\n${optionTable(network.options)}`;
}
