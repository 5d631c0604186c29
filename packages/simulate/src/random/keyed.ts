/** A source of randomness. Every function that samples takes one: nothing here reads a global. */
export interface Random {
  /** Uniform 32 random bits, as a signed integer. */
  int32(): number;
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
}
