import type { Random } from '@diffusion/random';

/** Writes a direction uniform on the sphere of dim dimensions (in 1D: ±1) to out[0] … out[dim − 1]. */
export function unitVector(random: Random, dim: number, out: Float64Array): void {
  if (dim === 1) {
    out[0] = random.int32() < 0 ? -1 : 1;
    return;
  }
  let square = 0;
  do {
    square = 0;
    for (let d = 0; d < dim; d++) {
      out[d] = random.normal();
      square += out[d] * out[d];
    }
  } while (square < 1e-200);
  const inverse = 1 / Math.sqrt(square);
  for (let d = 0; d < dim; d++) out[d] *= inverse;
}
