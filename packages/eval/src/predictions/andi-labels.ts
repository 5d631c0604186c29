import { ReadError } from '@diffusion/tracks';

/** The models of AnDi in the order of their codes; the first name is the challenge's, the second ours. */
const NAMES = [['ATTM'], ['CTRW'], ['FBM'], ['LW', 'levy-walk'], ['SBM']];

/**
 * Names of AnDi's label codes 0 to 4, written as the classes of the predictions are (`FBM`, `fbm`, `levy-walk` or
 * the bare code), and as in the challenge where no class has such a name.
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
  const written = NAMES.map((names, code) => {
    const same = [...names, String(code), `${code}.0`].map((name) => name.toLowerCase());
    return classes.find((name) => same.includes(name.toLowerCase())) ?? names[0];
  });
  return Array.from(codes, (code, i) => {
    if (written[code] === undefined) {
      throw new ReadError(`is ${code}: expected a label code, 0 to 4, as classes were predicted`, {
        source,
        line: lines[i],
        column: '2',
      });
    }
    return written[code];
  });
}
