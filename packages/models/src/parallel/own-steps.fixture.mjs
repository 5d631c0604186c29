import { defineEncoder } from '@diffusion/models';

/** Displacements. */
export const ownSteps = defineEncoder({
  name: 'own-steps',
  source: { module: import.meta.url, export: 'ownSteps' },
  channels: (dim) => dim,
  write({ positions, length, dim }, out) {
    for (let i = 0; i < (length - 1) * dim; i++) out[i] = positions[i + dim] - positions[i];
  },
});
