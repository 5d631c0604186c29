import leven from 'leven';

/**
 * The known name that differs from `name` in the fewest letters (Levenshtein distance), without regard to case, hyphens,
 * underscores and spaces; the first of equally near ones, undefined where none is known. For the hint in an error.
 *
 * @example
 * nearestName('levywalk', ['fbm', 'levy-walk']); // 'levy-walk'
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of known) {
    const distance = leven(plain(name), plain(candidate));
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');
