import type { Random } from '@diffusion/random';

/**
 * A random orthogonal matrix, uniform over rotations and reflections: dim × dim, row-major. Columns of independent
 * normals made orthonormal (Stewart, SIAM J. Numer. Anal. 17, 403 (1980)).
 */
export function rotationMatrix(dim: number, random: Random): Float64Array {
  const matrix = new Float64Array(dim * dim);
  for (let row = 0; row < dim; row++) {
    let norm = 0;
    while (norm < 1e-6) {
      for (let k = 0; k < dim; k++) matrix[row * dim + k] = random.normal();
      for (let other = 0; other < row; other++) {
        let dot = 0;
        for (let k = 0; k < dim; k++) dot += matrix[row * dim + k] * matrix[other * dim + k];
        for (let k = 0; k < dim; k++) matrix[row * dim + k] -= dot * matrix[other * dim + k];
      }
      let square = 0;
      for (let k = 0; k < dim; k++) square += matrix[row * dim + k] * matrix[row * dim + k];
      norm = Math.sqrt(square);
    }
    for (let k = 0; k < dim; k++) matrix[row * dim + k] /= norm;
  }
  return matrix;
}
