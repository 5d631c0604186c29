// A model of motion as a user writes it, in a module that workers can import.

export const zigzag = {
  name: 'zigzag',
  parameters: { step: { kind: 'number', meaning: 'length of a step', unit: 'position', min: 0 } },
  prepare: ({ step }, { dim }) => ({
    write(random, out, points) {
      out.fill(0, 0, points * dim);
      for (let i = 1; i < points; i++) {
        out[i * dim] = (i % 2) * step * (0.5 + random.uniform());
      }
    },
  }),
};
