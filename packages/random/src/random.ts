/** A source of randomness. Every function that samples takes one: nothing here reads a global. */
export interface Random {
  /** 32 random bits, as a signed integer. */
  int32(): number;
  /** Uniform on [0, 1): 0 can occur, 1 cannot; 53 bits. `1 - uniform()` is on (0, 1]. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Exponential of mean 1, on (0, ∞). */
  exponential(): number;
  /** An integer from 0 to n − 1, all equally likely; n from 1 to 2³². Throws a RangeError otherwise. */
  integerBelow(n: number): number;
  /** Writes standard normals to out[from] … out[to − 1]: the same numbers as that many calls of `normal`, faster. */
  fillNormal(out: Float64Array, from?: number, to?: number): void;
}
