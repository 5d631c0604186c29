const least = Number.MIN_SAFE_INTEGER;
const most = Number.MAX_SAFE_INTEGER;

/**
 * Throws for a seed that is not a safe integer: a RangeError, or the error of the package that was given the seed.
 *
 * @param Refusal made of the message.
 *
 * @example
 * checkSeed(0.5); // RangeError: seed is 0.5: expected an integer from -9007199254740991 to 9007199254740991
 */
export function checkSeed(
  seed: unknown,
  Refusal: new (message: string) => Error = RangeError,
): asserts seed is number {
  if (!Number.isSafeInteger(seed)) throw new Refusal(problemOf('seed', seed));
}

/** What is wrong with a value that should be a safe integer. */
export function problemOf(name: string, value: unknown): string {
  const shown = typeof value === 'string' ? `'${value}'` : String(value);
  return `${name} is ${shown}: expected an integer from ${least} to ${most}`;
}
