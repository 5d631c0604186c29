import { nearestName } from '@diffusion/tracks/messages';
import { benitez2023 } from './benitez2023/items.ts';
import { ReproduceError } from './errors.ts';
import { gajowczyk2021 } from './gajowczyk2021/index.ts';
import type { Item } from './item.ts';
import { lipnet2016 } from './lipnet2016/items.ts';
import { sources } from './sources.ts';
import { wadnet2021 } from './wadnet2021/items.ts';

/** All tables and figures that can be reproduced, source after source. */
export const items: readonly Item[] = [
  ...gajowczyk2021,
  ...wadnet2021,
  ...lipnet2016,
  ...benitez2023,
];

/**
 * A table or figure of a source.
 *
 * Throws {@link ReproduceError} for a source or an item that there is not, with the nearest one.
 *
 * @example
 * findItem('gajowczyk2021', 'table-15').title // 'Table 15: performance of the final model on test data'
 */
export function findItem(source: string, item: string): Item {
  const known = Object.keys(sources);
  if (!known.includes(source)) throw new ReproduceError(unknown('source', source, known));
  const own = items.filter((one) => one.source === source);
  const found = own.find((one) => one.item === item);
  if (found) return found;
  throw new ReproduceError(
    unknown(
      'item',
      item,
      own.map((one) => one.item),
    ),
  );
}

function unknown(what: string, given: string, known: readonly string[]): string {
  const nearest = nearestName(given, known);
  return `${what} is ${given}: expected one of ${known.join(', ')}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}
