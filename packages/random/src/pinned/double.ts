const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
double[0] = 1;
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;

/** Sign, exponent and the upper 20 bits of the fraction of a double. */
export function highWord(x: number): number {
  double[0] = x;
  return words[HIGH];
}

const SMALLEST = -1074;

/** 2^−1074 … 2^1023: multiplying by one of them is exact, and faster than putting a double together from words. */
const POWERS = /* @__PURE__ */ (() => {
  const powers = new Float64Array(1024 - SMALLEST);
  powers[-SMALLEST] = 1;
  for (let k = 1; k < 1024; k++) powers[k - SMALLEST] = 2 * powers[k - 1 - SMALLEST];
  for (let k = -1; k >= SMALLEST; k--) powers[k - SMALLEST] = powers[k + 1 - SMALLEST] / 2;
  return powers;
})();

/** 2^k for an integer k from −1074 to 1023. */
export function powerOfTwo(k: number): number {
  return POWERS[k - SMALLEST];
}
