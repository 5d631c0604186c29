// Written by scripts/list-models.mjs: do not edit.

/** The models that come with this package, and where their files lie. */
export const shipped = [
  {
    name: 'andi2020-1d',
    dim: 1,
    classes: ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'],
    exponent: true,
    lengths: { min: 10, max: 999 },
    network: 'multiscale',
    numbers: 851201,
    bytes: 1716084,
    sha256: '376943062f30d7a8c0cd2d3a5e62ab8a83e47114ebfaebf77887821d99d0c49b',
    release: '7a67c4df03275e04',
    files: {
      'config.json': () => new URL('../models/andi2020-1d/config.json', import.meta.url),
      'model.safetensors': () => new URL('../models/andi2020-1d/model.safetensors', import.meta.url),
    },
  },
  {
    name: 'motion-2d',
    dim: 2,
    classes: ['immobile', 'confined', 'brownian', 'directed', 'subdiffusive', 'other'],
    exponent: true,
    lengths: { min: 5, max: 2000 },
    network: 'multiscale',
    numbers: 852646,
    bytes: 1718984,
    sha256: '5291ee6f7d74f4e041c560dda027250be5e13c9b73183eee11748d77f1e65c61',
    release: 'ca0fe023b35cbbff',
    files: {
      'config.json': () => new URL('../models/motion-2d/config.json', import.meta.url),
      'model.safetensors': () => new URL('../models/motion-2d/model.safetensors', import.meta.url),
    },
  },
];
