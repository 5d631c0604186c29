import { defineEncoder } from '@diffusion/models';

/** Displacements in units of the first. */
export const steps = defineEncoder({
  name: 'steps',
  source: { module: import.meta.url, export: 'steps' },
  channels: (dim) => dim,
  write({ positions, length, dim }, out) {
    for (let i = 0; i < (length - 1) * dim; i++) out[i] = positions[i + dim] - positions[i];
  },
});
