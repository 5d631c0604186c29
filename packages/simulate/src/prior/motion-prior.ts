// Written by scripts/write-prior.mjs from priors/motion.json; change it there.

import type { MotionPrior } from './read-prior.ts';

/** The prior of `priors/motion.json`: what ordinary microscopes see, as far as is known of them. */
// biome-ignore format: as the file has it
export const motionPrior: MotionPrior = {
  "name": "motion",
  "version": 1,
  "about": "Tracks of ordinary microscopes. One frame is the unit of time; a is the standard deviation of a true one-frame displacement per coordinate, sigma the static localisation error, Q their ratio in every class.",
  "length": { "law": "log-uniform", "min": 5, "max": 2000 },
  "q": [
    { "share": 0.9, "law": "log-uniform", "min": 0.1, "max": 30 },
    { "share": 0.1, "at": "infinity" }
  ],
  "exposure": [
    { "share": 0.2, "at": 0 },
    { "share": 0.5, "law": "uniform", "min": 0, "max": 1 },
    { "share": 0.3, "at": 1 }
  ],
  "scale": { "law": "log-uniform", "min": 0.01, "max": 1 },
  "gaps": [{ "share": 0.5, "at": 0 }, { "share": 0.5, "law": "uniform", "min": 0, "max": 0.3 }],
  "burst": [{ "share": 0.4, "at": 1 }, { "share": 0.6, "law": "log-uniform", "min": 1, "max": 20 }],
  "variation": [
    { "share": 0.4, "at": 0 },
    { "share": 0.6, "law": "uniform", "min": 0, "max": 0.5 }
  ],
  "axes": {
    "xy": [{ "share": 0.5, "at": 1 }, { "share": 0.5, "law": "uniform", "min": 1, "max": 1.3 }],
    "z": [{ "share": 0.1, "at": 1 }, { "share": 0.9, "law": "uniform", "min": 2, "max": 3 }]
  },
  "pixel": [
    { "share": 0.85, "at": 0 },
    { "share": 0.15, "law": "log-uniform", "min": 0.2, "max": 2 }
  ],
  "drift": [
    { "share": 0.5, "at": 0 },
    { "share": 0.5, "law": "log-uniform", "min": 0.01, "max": 0.5 }
  ],
  "search": [
    { "share": 0.7, "at": "infinity" },
    { "share": 0.3, "law": "log-uniform", "min": 2, "max": 6 }
  ],
  "laws": [
    { "name": "immobile", "model": "immobile", "label": "immobile", "share": 1 },
    {
      "name": "confined",
      "model": "confined",
      "label": "confined",
      "share": 1,
      "relaxation": { "law": "log-uniform", "min": 1, "max": 1000 },
      "leastRadius": 2,
      "leastRelaxations": 2
    },
    { "name": "brownian", "model": "brownian", "label": "brownian", "share": 1 },
    {
      "name": "directed",
      "model": "directed",
      "label": "directed",
      "share": 1,
      "R": { "law": "log-uniform", "min": 1, "max": 100 }
    },
    {
      "name": "subdiffusive",
      "model": "fbm",
      "label": "subdiffusive",
      "share": 1,
      "alpha": { "law": "uniform", "min": 0.1, "max": 0.8 }
    },
    {
      "name": "boundary",
      "model": "fbm",
      "label": "subdiffusive",
      "share": 0,
      "alpha": { "law": "uniform", "min": 0.8, "max": 1 }
    },
    {
      "name": "ctrw",
      "model": "ctrw",
      "label": "other",
      "share": 0.125,
      "alpha": { "law": "uniform", "min": 0.1, "max": 1 }
    },
    {
      "name": "levy-walk",
      "model": "levy-walk",
      "label": "other",
      "share": 0.125,
      "alpha": { "law": "uniform", "min": 1, "max": 2 }
    },
    {
      "name": "attm",
      "model": "attm",
      "label": "other",
      "share": 0.125,
      "alpha": { "law": "uniform", "min": 0.1, "max": 1 }
    },
    {
      "name": "sbm",
      "model": "sbm",
      "label": "other",
      "share": 0.125,
      "alpha": [
        { "share": 0.5, "law": "uniform", "min": 0.1, "max": 0.8 },
        { "share": 0.5, "law": "uniform", "min": 1.2, "max": 2 }
      ]
    },
    {
      "name": "superdiffusive",
      "model": "fbm",
      "label": "other",
      "share": 0.125,
      "alpha": { "law": "uniform", "min": 1.2, "max": 1.9 }
    },
    {
      "name": "directed-subdiffusive",
      "model": "directed-fbm",
      "label": "other",
      "share": 0.125,
      "alpha": { "law": "uniform", "min": 0.1, "max": 0.8 },
      "R": { "law": "log-uniform", "min": 1, "max": 100 }
    },
    {
      "name": "switching-diffusion",
      "model": "switching-diffusion",
      "label": "other",
      "share": 0.125,
      "dwell": { "law": "log-uniform", "min": 5, "max": 500 },
      "ratio": { "law": "log-uniform", "min": 4, "max": 400 }
    },
    {
      "name": "switching-directed",
      "model": "switching-directed",
      "label": "other",
      "share": 0.0625,
      "dwell": { "law": "log-uniform", "min": 5, "max": 500 },
      "R": { "law": "log-uniform", "min": 3, "max": 100 }
    },
    {
      "name": "switching-confined",
      "model": "switching-confined",
      "label": "other",
      "share": 0.0625,
      "dwell": { "law": "log-uniform", "min": 10, "max": 500 },
      "relaxations": { "law": "log-uniform", "min": 2, "max": 20 }
    }
  ]
};
