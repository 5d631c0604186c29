// A model as a user writes it, in a module of its own; without the package, so that it runs wherever it is imported.

export const hop = {
  name: 'hop',
  parameters: {
    size: { kind: 'number', meaning: 'length of a hop', unit: 'position', above: 0, default: 1 },
    rate: { kind: 'number', meaning: 'hops per time', unit: '1/time', min: 0 },
  },
  prepare({ size, rate }, { dim, dt }) {
    return {
      derived: { alpha: 1, reach: size * rate },
      write(random, out, points, substeps) {
        out.fill(0, 0, dim);
        for (let at = dim; at < points * dim; at++) {
          const hops = random.uniform() < (rate * dt) / substeps;
          out[at] = out[at - dim] + (hops ? size * Math.sign(random.uniform() - 0.5) : 0);
        }
      },
    };
  },
};

export default hop;

export const broken = { name: 'broken', parameters: { length: hop.parameters.size } };

/** Forgets the last coordinate. */
export const forgetful = {
  name: 'forgetful',
  parameters: {},
  prepare: () => ({
    write(_random, out, points) {
      out.fill(0);
      out[points - 1] = Number.NaN;
    },
  }),
};
