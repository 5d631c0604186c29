import { ReadError } from '@diffusion/tracks';
import { asSpelled } from './as-spelled.ts';

/** The models of AnDi in the order of their codes. */
const MODELS = ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'];

/**
 * Names of AnDi's label codes 0 to 4, spelled as the classes of the predictions are; a class may also be named by the
 * bare code.
 *
 * Throws ReadError for a code that is none.
 *
 * @example
 * andiLabels([3, 2], ['fbm', 'levy-walk'], reference) // ['levy-walk', 'fbm']
 */
export function andiLabels(
  codes: Float64Array,
  classes: readonly string[],
  { source, lines }: { source: string; lines: readonly number[] },
): string[] {
  const names = MODELS.map((model, code) =>
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
