/** κ² = Σ_{i<j}(λ_i − λ_j)² / ((d − 1)(Σλ)²): 0 when all are equal, 1 when only one is not zero. */
export function inequality(values: readonly number[]): number {
  let sum = 0;
  let differences = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    for (let j = 0; j < i; j++) differences += (values[i] - values[j]) ** 2;
  }
  return Math.min(1, differences / ((values.length - 1) * sum * sum));
}
