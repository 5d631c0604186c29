import { ANDI_LABELS, ReadError } from '@diffusion/tracks';
import { asSpelled } from './as-spelled.ts';

/**
 * Names of AnDi's label codes 0 to 4, spelled as the classes of the predictions are; a class may also be named by the
 * bare code.
 *
 * Throws ReadError for a code that is none.
 *
 * @example
 * nameAndiCodes([3, 2], ['fbm', 'levy-walk'], reference) // ['levy-walk', 'fbm']
 */
export function nameAndiCodes(
  codes: Float64Array,
  classes: readonly string[],
  { source, lines }: { source: string; lines: readonly number[] },
): string[] {
  const names = ANDI_LABELS.map((model, code) =>
    classes.includes(String(code)) ? String(code) : asSpelled(model, classes),
  );
  return Array.from(codes, (code, i) => {
    if (names[code] === undefined) {
      throw new ReadError(`is ${code}: expected a label code, 0 to 4, as classes were predicted`, {
        source,
        line: lines[i],
        column: '2',
      });
    }
    return names[code];
  });
}
