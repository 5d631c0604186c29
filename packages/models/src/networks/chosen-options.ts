import type { JsonObject } from '../json.ts';
import { OptionError } from '../options.ts';
import type { NetworkDescription, NetworkTask } from './define-network.ts';

/**
 * The options of a network for a task: the caller's, those that follow from the task (`optionsFor` of the
 * architecture), and the seed where the architecture has one.
 *
 * Throws {@link OptionError} for an option that contradicts what follows, and what `optionsFor` throws.
 *
 * @example
 * chosenOptions(networkByName('xresnet'), { filters: 16 }, { encoder, output }, 1);
 * // { seed: 1, dimension: 1, channels: 6, features: 1, classes: 4, length: 600, filters: 16 }
 */
export function chosenOptions(
  network: NetworkDescription,
  given: Readonly<Record<string, unknown>>,
  task: NetworkTask,
  seed: number,
): JsonObject {
  const follows = network.optionsFor(task);
  for (const [name, value] of Object.entries(follows)) {
    if (given[name] !== undefined && given[name] !== value) {
      throw new OptionError(
        `${network.name} option ${name} is ${JSON.stringify(given[name])}: expected ${JSON.stringify(value)}, which follows from the tracks, or left out`,
      );
    }
  }
  // Values of declared options are numbers, texts, lists of them and null.
  return { ...(network.options.seed && { seed }), ...follows, ...given } as JsonObject;
}
