/** At most `most` of the values, at even distances, in their order. */
export function evenly(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values];
  return Array.from(
    { length: most },
    (_, j) => values[Math.floor(((j + 0.5) * values.length) / most)],
  );
}
