import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareMethods, confusionPlot, parsePredictions } from '@diffusion/eval';
import { ReproduceError } from '../errors.ts';
import type { Assembled, Item, Row } from '../item.ts';
import { finalPart, MODEL, scalesOfFinal } from './training.ts';

/** The columns of Table 16 for the paper's own data, in percent: receptors, G proteins. */
const TABLE_16 = {
  'our model': { subdiffusion: [0, 0.6], 'normal diffusion': [70, 65], superdiffusion: [30, 34.4] },
  'Set A with noise': {
    subdiffusion: [25, 34],
    'normal diffusion': [72, 58],
    superdiffusion: [1, 6],
  },
  'MAX method': { subdiffusion: [21, 24], 'normal diffusion': [79, 76], superdiffusion: [0, 1] },
} as const;

const METHODS = {
  'our model': 'gajowczyk2021-real-network',
  'Set A with noise': 'gajowczyk2021-real-boosting',
  'MAX method': 'gajowczyk2021-real-max',
} as const;

/** Classes of the networks, and the one of the MAX test that has another name there. */
const mapping = {
  FBM: 'subdiffusion',
  CD: 'subdiffusion',
  ND: 'normal diffusion',
  DM: 'superdiffusion',
  free: 'normal diffusion',
};

/** Measured tracks: those of U2OS cells with units among the fixtures of this repository (SOURCES.md), unless others are named. */
const realTracks = (): string[] => {
  const named = process.env.DIFFUSION_REAL_TRACKS;
  if (named !== undefined) return [resolve(named)];
  const names = [
    'U2OS_40_SC35-Cropped_spots_cell2',
    'U2OS_40_SC35-Cropped_spots_cell3',
    'U2OS_MS2-Frame8_spots',
    'U2OS_MS2-MS2_spots_F1C1',
  ].map((name) => fileURLToPath(new URL(`${name}.csv.gz`, fixtures)));
  if (names.every((name) => existsSync(name))) return names;
  throw new ReproduceError(
    'table-16 judges measured tracks, which the package does not hold: expected their file or folder in DIFFUSION_REAL_TRACKS',
  );
};
/** Seen from the sources as from what is built of them. */
const fixtures = new URL('../../../../fixtures/real/spt2025b-trackmate/', import.meta.url);

export const table16: Item = {
  source: 'gajowczyk2021',
  item: 'table-16',
  title: 'Table 16: classification of real data by three methods',
  about:
    'The network, gradient boosting trained with noise (here on the features free of units, in the paper on its Set A), and the MAX test on measured tracks of at least 50 steps, cut at their gaps. The paper’s receptors and G proteins are not public: the layout of its table on other tracks, which DIFFUSION_REAL_TRACKS names, and its own numbers beside them.',
  unspecified: [
    'Which of its trained networks was used.',
    'The significance level of the MAX test is in its references: here 5 %.',
  ],
  scales: scalesOfFinal(15),
  stages: async (scale) => {
    const [network, boosting] = [
      await finalPart(scale),
      {
        name: 'gajowczyk2021-boosting',
        command: ['train', '--recipe', 'gajowczyk2021-boosting', '--output', '{output}'],
      },
    ];
    const judged = (model: string, name: string) => ({
      name,
      command: [
        'predict',
        ...realTracks(),
        '--min-length',
        '51',
        // Neither the test nor the networks judge a track with gaps.
        '--split-gaps',
        '0',
        '--model',
        model,
        '--output',
        '{output}/predictions.csv',
      ],
    });
    return [
      [network, boosting],
      [
        judged(`{part:${MODEL}}`, METHODS['our model']),
        judged('{part:gajowczyk2021-boosting}', METHODS['Set A with noise']),
        judged('max-test', METHODS['MAX method']),
      ],
    ];
  },
  async assemble({ text }): Promise<Assembled> {
    const methods = [];
    for (const [name, part] of Object.entries(METHODS)) {
      methods.push({
        name,
        predictions: parsePredictions(await text(part, 'predictions.csv'), name),
      });
    }
    const said = new Set(
      methods.flatMap(({ predictions }) => [
        ...(predictions.classes ?? []),
        ...(predictions.labels ?? []),
      ]),
    );
    const used = Object.fromEntries(Object.entries(mapping).filter(([label]) => said.has(label)));
    const { methods: found, pairs, classes, count } = compareMethods(methods, { mapping: used });
    const rows = found.flatMap(({ name, shares }) =>
      ['subdiffusion', 'normal diffusion', 'superdiffusion'].map((label): Row => {
        const own = shares.find((one) => one.label === label);
        return {
          name,
          measure: label,
          ours: own?.share ?? 0,
          ...(own && { low: own.interval.low, high: own.interval.high }),
          unit: 'percent',
        };
      }),
    );
    return {
      rows,
      tables: [
        {
          caption: 'The paper’s own data (other tracks): receptors, G proteins',
          columns: ['method', 'class', 'receptors', 'G proteins'],
          rows: Object.entries(TABLE_16).flatMap(([method, own]) =>
            Object.entries(own).map(([label, [receptors, proteins]]) => [
              method,
              label,
              `${receptors} %`,
              `${proteins} %`,
            ]),
          ),
        },
        {
          caption: `Agreement of the methods on ${count} tracks of ours`,
          columns: ['first', 'second', 'both judged', 'agreement', 'κ'],
          rows: pairs.map((pair) => [
            pair.first,
            pair.second,
            pair.count,
            `${(100 * pair.agreement).toFixed(1)} %`,
            Number.isFinite(pair.kappa) ? pair.kappa.toFixed(3) : '–',
          ]),
        },
      ],
      figures: pairs.map(({ first, second, table }, k) => ({
        name: `agreement-${k + 1}`,
        alt: `Tracks by the class of ${first} and of ${second}`,
        caption: `Rows: ${first}; columns: ${second}.`,
        spec: confusionPlot({
          confusion: table,
          classes,
          titles: { rows: first, columns: second },
        }),
      })),
      notes: [
        `Ours are ${count} tracks without gaps${
          process.env.DIFFUSION_REAL_TRACKS === undefined
            ? ' of particles and RNA in nuclei of U2OS cells, 3 s from frame to frame (fixtures/real/SOURCES.md)'
            : ''
        }. Judged, and not refused as unlike what was learnt from: ${found
          .map(({ name, judged }) => `${name} ${judged}`)
          .join(', ')}; shares are of these.`,
        'Differences are not stated: the tracks are others, and the network was trained at Δt = 1/30 s.',
      ],
    };
  },
};
