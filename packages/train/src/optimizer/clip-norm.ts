/**
 * Shortens a gradient, of all weights together, to a norm of `most` where it is longer, in place: g ← g · min(1, most / (‖g‖ + 10⁻⁶)),
 * as PyTorch's `clip_grad_norm_` (Pascanu et al., arXiv:1211.5063).
 *
 * @returns the norm that it had.
 */
export function clipNorm(gradient: Float32Array, most: number): number {
  let squares = 0;
  for (const value of gradient) squares += value * value;
  const norm = Math.sqrt(squares);
  const scale = most / (norm + 1e-6);
  if (scale < 1) for (let i = 0; i < gradient.length; i++) gradient[i] *= scale;
  return norm;
}
