/** The name that differs in the fewest letters from `name`, without regard to case and hyphens. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of names) {
    const distance = editDistance(plain(name), plain(candidate));
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      now[j] = Math.min(
        before[j] + 1,
        now[j - 1] + 1,
        before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    before = now;
  }
  return before[b.length];
}
