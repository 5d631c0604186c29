import { useBackend } from '@diffusion/backends';
import {
  type Comparison,
  comparePredictions,
  confusionPlot,
  curvesPlot,
  embeddingPlot,
  exponentPlot,
  type Interval,
  intervalPlot,
  learningCurvePlot,
  parsePredictions,
  parseReference,
  precisionRecallPlot,
  type StratumBin,
} from '@diffusion/eval';
import { embed, headVectors } from '@diffusion/eval/explain';
import { loadModel } from '@diffusion/models/node';
import { andi2020 } from '@diffusion/simulate';
import type { TextColumn } from '@diffusion/tracks';
import { readyRecipe } from '@diffusion/train/node';
import { ReproduceError } from '../errors.ts';
import type { Assembled, Item, ItemFigure, Results, Row, Scale } from '../item.ts';
import { nothingTrained } from '../nothing-trained.ts';
import {
  type PrintedEpoch,
  type PrintedScores,
  type PrintedTraining,
  rateIntervals,
  refused,
} from '../printed.ts';
import {
  bankName,
  bankPart,
  bankScales,
  bankStages,
  evaluated,
  openOfBank,
  singleName,
  singlePart,
} from './bank.ts';

/** The score of each subtask as the text has it. */
const SCORES = {
  MAE: { '1D': 0.15069, '2D': 0.132, '3D': 0.11211 },
  F1: { '1D': 0.8808, '2D': 0.9095, '3D': 0.9454 },
} as const;

/** Table 1 as it is printed: 105 and 250 stand there twice. */
const TABLE_1: readonly (readonly [length: number, tracks: number])[] = [
  ...[10, 15, 20, 25, 30, 40, 45, 50, 55, 60, 70, 80, 90, 100].map(
    (length) => [length, 5e6] as const,
  ),
  ...[105, 105, 115, 120, 125, 150, 175, 200, 225, 250, 250].map(
    (length) => [length, 2e6] as const,
  ),
  ...[275, 300, 325, 350, 375].map((length) => [length, 1.5e6] as const),
  ...[400, 425, 450, 475, 500, 550, 600, 650, 700, 750, 800, 850, 900, 950].map(
    (length) => [length, 1e6] as const,
  ),
];

type Evaluated = PrintedScores & {
  readonly by: Readonly<Record<'length' | 'snr' | 'alpha' | 'model', readonly StratumBin[]>>;
};
const ofTask = ({ json }: Results, task: 1 | 2) => json(evaluated(task)) as Evaluated;
const both: Item['stages'] = async (scale) => {
  const [one, two] = [await bankStages(1, scale), await bankStages(2, scale)];
  return one.map((parts, k) => [...parts, ...two[k]]);
};
const middle = ({ from = 0, to }: StratumBin) =>
  to === undefined || to === null || to === Infinity ? from : (from + to) / 2;

const base = { source: 'wadnet2021', unspecified: openOfBank, scales: bankScales } as const;
const alone = 'The paper’s numbers stand in the picture alone.';
/** Why numbers differ from those of the paper. */
const earlyAt = (scale: Scale): string[] =>
  scale === 'full'
    ? []
    : [
        'Ours are early in their training: each network has seen 24,000 tracks, the paper’s millions.',
      ];

export const table1: Item = {
  ...base,
  item: 'table-1',
  title: 'Table 1: lengths and tracks of the training sets',
  about:
    'The tracks that are learnt from at each length, those of the recipe wadnet2021-task1-bank beside the printed ones.',
  scales: nothingTrained,
  stages: () => [],
  async assemble(): Promise<Assembled> {
    const recipe = (await readyRecipe('wadnet2021-task1-bank')) as unknown as {
      lengths: number[];
      data: { tracksPerEpoch: number };
    };
    return {
      rows: TABLE_1.map(
        ([length, paper], k): Row => ({
          name: `length ${length}${TABLE_1.findIndex(([other]) => other === length) < k ? ' (printed twice)' : ''}`,
          measure: 'tracks',
          paper,
          ...(recipe.lengths.includes(length) && { ours: recipe.data.tracksPerEpoch }),
          unit: 'whole',
        }),
      ),
      notes: [
        `The recipe has ${recipe.lengths.length} lengths, 110 among them, which the table does not have.`,
      ],
    };
  },
};

export const figure3: Item = {
  ...base,
  item: 'figure-3',
  title: 'Figure 3: performance in the training process',
  about:
    'Losses and metric against the epoch for 1D tracks of 300 points, one fold; and the best validation metric of each length.',
  stages: async (scale) => [
    [
      await singlePart(1, 300, scale),
      await singlePart(2, 300, scale),
      await bankPart(1, scale),
      await bankPart(2, scale),
    ],
  ],
  assemble({ scale, json }): Assembled {
    const history = (task: 1 | 2) =>
      (json(`wadnet2021-task${task}-300`) as PrintedTraining).history ?? [];
    const records = (task: 1 | 2) =>
      history(task).map(
        ({ epoch, loss, validationLoss, score, validationScore }: PrintedEpoch) => ({
          ...{ epoch, loss, validationLoss },
          ...(task === 1
            ? { mae: score, validationMae: validationScore }
            : { accuracy: score, validationAccuracy: validationScore }),
        }),
      );
    const best = (task: 1 | 2) => {
      const all = history(task).map(({ validationScore = Number.NaN }) => validationScore);
      return task === 1 ? Math.min(...all) : Math.max(...all);
    };
    const bank = (task: 1 | 2) => {
      const { networks } = (json(bankName(task)) as { bank: { networks: readonly BankNetwork[] } })
        .bank;
      return [...new Set(networks.map(({ length }) => length))].map((length) => {
        const scores = networks
          .filter((one) => one.length === length)
          .map(({ metrics }) => metrics.validationScore);
        return { x: length, value: scores.reduce((sum, x) => sum + x, 0) / scores.length };
      });
    };
    const [mae, accuracy] = [bank(1), bank(2)];
    return {
      rows: [
        { name: '1D, 300 points', measure: 'best validation MAE', ours: best(1), unit: 'plain' },
        {
          name: '1D, 300 points',
          measure: 'best validation accuracy',
          ours: best(2),
          unit: 'percent',
        },
        ...mae.map(
          ({ x, value }): Row => ({
            name: `1D, ${x} points, bank`,
            measure: 'validation MAE',
            ours: value,
            unit: 'plain',
          }),
        ),
        ...accuracy.map(
          ({ x, value }): Row => ({
            name: `1D, ${x} points, bank`,
            measure: 'validation accuracy',
            ours: value,
            unit: 'percent',
          }),
        ),
      ],
      figures: [
        ...([1, 2] as const).map((task) => ({
          name: task === 1 ? 'inference' : 'classification',
          alt: `Losses and metric of task ${task} against the epoch`,
          caption: `Task ${task}, 1D tracks of 300 points.`,
          spec: learningCurvePlot(records(task)),
        })),
        {
          name: 'by-length',
          alt: 'Best validation metric of each length',
          caption: 'Of each network of the banks, mean of its folds.',
          spec: curvesPlot({
            panels: [
              { title: 'mean absolute error', curves: [{ name: '1D', points: mae }] },
              { title: 'accuracy (micro F1)', curves: [{ name: '1D', points: accuracy }] },
            ],
            x: 'length (points)',
          }),
        },
      ],
      notes: [
        alone,
        ...earlyAt(scale),
        ...(scale === 'full'
          ? []
          : [
              'At 300 points two trainings of one size stand side by side, alone and in the bank: how far they are apart is chance.',
            ]),
      ],
    };
  },
};

interface BankNetwork {
  readonly length: number;
  readonly metrics: { readonly validationScore: number };
}

export const figure4: Item = {
  ...base,
  item: 'figure-4',
  title: 'Figure 4: performance in the challenge leaderboard',
  about:
    'The score of the bank on test tracks of 10 to 999 points, beside the scores that the paper states for its own.',
  unspecified: [
    ...openOfBank,
    'The scores of the other teams stand in the picture alone, and are not quoted.',
  ],
  stages: both,
  assemble(results): Assembled {
    const [inference, classification] = [ofTask(results, 1), ofTask(results, 2)];
    const { mae } = inference;
    const f1 = classification.f1?.micro;
    const rows = (measure: 'MAE' | 'F1', ours: number | undefined, interval?: Interval): Row[] =>
      Object.entries(SCORES[measure]).map(([dim, paper]) => ({
        name: `${dim}, ${measure === 'MAE' ? 'task 1' : 'task 2'}`,
        measure,
        paper,
        ...(dim === '1D' && { ours, ...interval }),
        unit: 'plain',
      }));
    return {
      // The F1 over all classes is the accuracy.
      rows: [...rows('MAE', mae), ...rows('F1', f1, classification.accuracyInterval)],
      figures: (['MAE', 'F1'] as const).map((measure) => ({
        name: measure.toLowerCase(),
        alt: `${measure} of the paper in each dimension, and ours in 1D`,
        caption: `${measure}: dots are ours, strokes the paper's.`,
        spec: intervalPlot({
          rows: Object.entries(SCORES[measure]).map(([dim, beside]) => ({
            label: dim,
            value: dim === '1D' ? ((measure === 'MAE' ? mae : f1) ?? Number.NaN) : Number.NaN,
            beside,
          })),
          title: measure,
        }),
      })),
      notes: [
        'The scores stand in its text. Its test set is that of the challenge; ours is another draw of the same law, and in 1D alone. Answering 1 for every track has an MAE of 0.5, one class for all an F1 of 0.2.',
        ...earlyAt(results.scale),
        ...[inference, classification].flatMap((task, k) =>
          refused(task).map((note) => `Task ${k + 1}: ${note} The challenge scores all.`),
        ),
      ],
    };
  },
};

async function comparisonOf({ text }: Results, task: 1 | 2): Promise<Comparison> {
  const predictions = await text(`wadnet2021-task${task}-predictions`, 'predictions.csv');
  const reference = await text(`wadnet2021-task${task}-test`, `meta${task}.csv`);
  return comparePredictions(parsePredictions(predictions), parseReference(reference));
}

const maeCurve = (name: string, bins: readonly StratumBin[]) => ({
  name,
  points: bins.flatMap((bin) =>
    bin.exponents
      ? [
          {
            x: middle(bin),
            value: bin.exponents.mae ?? Number.NaN,
            low: bin.exponents.maeInterval.low,
            high: bin.exponents.maeInterval.high,
          },
        ]
      : [],
  ),
});

const maeRows = (bins: readonly StratumBin[], of: string): Row[] =>
  bins.flatMap(({ name, exponents }) =>
    exponents
      ? [
          {
            name: `${of} ${name}`,
            measure: 'MAE',
            ours: exponents.mae,
            low: exponents.maeInterval.low,
            high: exponents.maeInterval.high,
            unit: 'plain' as const,
          },
        ]
      : [],
  );

export const figure5: Item = {
  ...base,
  item: 'figure-5',
  title: 'Figure 5: predicted and true exponents',
  about:
    '2D histogram of predicted against true α, and the mean absolute error against the true α.',
  stages: (scale) => bankStages(1, scale),
  async assemble(results): Promise<Assembled> {
    const { by } = ofTask(results, 1);
    const { exponents } = await comparisonOf(results, 1);
    return {
      rows: maeRows(by.alpha, 'α'),
      figures: [
        {
          name: 'histogram',
          alt: 'Predicted against true α',
          caption: 'The darker, the more tracks; on the dashed line the prediction is perfect.',
          spec: exponentPlot({ actual: exponents!.actual, predicted: exponents!.predicted }),
        },
        {
          name: 'mae-by-alpha',
          alt: 'Mean absolute error against the true α',
          caption: 'With the 95 % intervals of a bootstrap.',
          spec: curvesPlot({
            panels: [{ title: 'mean absolute error', curves: [maeCurve('1D', by.alpha)] }],
            x: 'true α',
          }),
        },
      ],
      notes: [alone, ...earlyAt(results.scale), ...refused(ofTask(results, 1))],
    };
  },
};

export const figure6: Item = {
  ...base,
  item: 'figure-6',
  title: 'Figure 6: error of α by model, signal-to-noise ratio and length',
  about:
    'Mean absolute error of the exponent for each model of motion, signal-to-noise ratio and length of the test tracks.',
  stages: (scale) => bankStages(1, scale),
  assemble(results): Assembled {
    const { by } = ofTask(results, 1);
    const errorOf = ({ exponents }: StratumBin) => exponents?.mae ?? Infinity;
    const lowest = by.model.reduce((a, b) => (errorOf(b) < errorOf(a) ? b : a)).name;
    return {
      rows: [
        ...maeRows(by.model, 'model'),
        ...maeRows(by.snr, 'SNR'),
        ...maeRows(by.length, 'length'),
      ],
      figures: [
        {
          name: 'by-model',
          alt: 'Mean absolute error of each model of motion',
          caption: 'With the 95 % intervals of a bootstrap.',
          spec: intervalPlot({
            rows: by.model.flatMap(({ name, exponents }) =>
              exponents
                ? [
                    {
                      label: name,
                      value: exponents.mae,
                      interval: [exponents.maeInterval.low, exponents.maeInterval.high] as const,
                    },
                  ]
                : [],
            ),
            title: 'mean absolute error of α',
          }),
        },
        {
          name: 'by-length',
          alt: 'Mean absolute error against the length',
          caption: 'Against the length.',
          spec: curvesPlot({
            panels: [{ title: 'mean absolute error', curves: [maeCurve('1D', by.length)] }],
            x: 'length (points)',
          }),
        },
        {
          name: 'by-snr',
          alt: 'Mean absolute error against signal-to-noise ratio',
          caption: 'Against the signal-to-noise ratio.',
          spec: curvesPlot({
            panels: [{ title: 'mean absolute error', curves: [maeCurve('1D', by.snr)] }],
            x: 'signal-to-noise ratio',
            logarithmic: true,
          }),
        },
      ],
      notes: [
        alone,
        ...earlyAt(results.scale),
        ...refused(ofTask(results, 1)),
        `The paper says that FBM has the lowest error in all dimensions; ours has it for ${lowest}.`,
      ],
    };
  },
};

export const figure7: Item = {
  ...base,
  item: 'figure-7',
  title: 'Figure 7: confusion, and precision against recall',
  about:
    'Confusion matrix of the test tracks; precision against recall of each class, with the hull over the signal-to-noise ratios.',
  stages: (scale) => bankStages(2, scale),
  assemble(results): Assembled {
    const { perClass, confusion, by } = ofTask(results, 2);
    const classes = perClass.map(({ label }) => label);
    const pair = (one: { precision: number | null; recall: number | null }) => ({
      precision: one.precision ?? Number.NaN,
      recall: one.recall ?? Number.NaN,
    });
    return {
      rows: perClass.flatMap((one, k): Row[] => {
        const intervals = rateIntervals(confusion, k);
        return (['precision', 'recall'] as const).map((measure) => ({
          name: one.label,
          measure,
          ours: one[measure] ?? Number.NaN,
          ...intervals[measure],
          unit: 'percent',
        }));
      }),
      figures: [
        {
          name: 'confusion',
          alt: `Confusion matrix of ${classes.join(', ')}`,
          caption: '1D test tracks.',
          spec: confusionPlot({ confusion, classes }),
        },
        {
          name: 'precision-recall',
          alt: `Precision against recall of ${classes.join(', ')}`,
          caption:
            'Dots are all tracks, squares those of one signal-to-noise ratio, named where there is room, with their hull.',
          spec: precisionRecallPlot({
            classes,
            overall: perClass.map(pair),
            strata: by.snr.flatMap(({ name, classes: own }) =>
              own ? [{ name, values: own.perClass.map(pair) }] : [],
            ),
          }),
        },
      ],
      notes: [alone, ...earlyAt(results.scale), ...refused(ofTask(results, 2))],
    };
  },
};

export const figure8: Item = {
  ...base,
  item: 'figure-8',
  title: 'Figure 8: F1 by exponent and length',
  about: 'Micro F1 of the classification against the true α and the length of the test tracks.',
  stages: (scale) => bankStages(2, scale),
  assemble(results): Assembled {
    const { by } = ofTask(results, 2);
    const curve = (bins: readonly StratumBin[]) => ({
      name: '1D',
      points: bins.flatMap((bin) =>
        bin.classes
          ? [
              {
                x: middle(bin),
                value: bin.classes.f1.micro,
                low: bin.classes.accuracyInterval.low,
                high: bin.classes.accuracyInterval.high,
              },
            ]
          : [],
      ),
    });
    const rows = (bins: readonly StratumBin[], of: string) =>
      bins.flatMap(({ name, classes }): Row[] =>
        classes
          ? [
              {
                name: `${of} ${name}`,
                measure: 'micro F1',
                ours: classes.f1.micro,
                low: classes.accuracyInterval.low,
                high: classes.accuracyInterval.high,
                unit: 'plain',
              },
            ]
          : [],
      );
    return {
      rows: [...rows(by.alpha, 'α'), ...rows(by.length, 'length')],
      figures: [
        {
          name: 'by-alpha',
          alt: 'Micro F1 against the true α',
          caption: 'With Wilson’s 95 % intervals.',
          spec: curvesPlot({ panels: [{ title: 'F1', curves: [curve(by.alpha)] }], x: 'true α' }),
        },
        {
          name: 'by-length',
          alt: 'Micro F1 against the length',
          caption: 'With Wilson’s 95 % intervals.',
          spec: curvesPlot({
            panels: [{ title: 'F1', curves: [curve(by.length)] }],
            x: 'length (points)',
          }),
        },
      ],
      notes: [alone, ...earlyAt(results.scale), ...refused(ofTask(results, 2))],
    };
  },
};

/** Lengths of Figure 9, and those that stand in for them at small scale. */
const LENGTHS = { small: [50, 300], full: [40, 200, 400, 900] } as const;

export const figure9: Item = {
  ...base,
  item: 'figure-9',
  title: 'Figure 9: learned features',
  about:
    'UMAP of the feature vectors of the layer before the answer, for new tracks of single lengths, by a network trained at each.',
  unspecified: ['The settings of UMAP: 15 neighbours and a least distance of 0.1 here.'],
  scales: {
    small: {
      says: '1D, lengths 50 and 300 in place of 40, 200, 400 and 900; 6,000 training tracks and 4 epochs each, one fold; 1,000 tracks in each picture.',
      minutes: 6,
    },
    full: {
      says: '1D, one fold, 300,000 training tracks for each length, 10,000 tracks in each picture.',
      minutes: 5000,
    },
  },
  stages: async (scale) => [
    await Promise.all(LENGTHS[scale].map((length) => singlePart(2, length, scale))),
  ],
  async assemble({ scale, folder, json }): Promise<Assembled> {
    await useBackend('wasm', { wide: true });
    const figures: ItemFigure[] = [];
    const rows: Row[] = [];
    const tests: string[] = [];
    for (const length of LENGTHS[scale]) {
      const name = singleName(2, length);
      const model = await loadModel(folder(name));
      if (model.kind !== 'network') throw new ReproduceError(`${name} is no network`);
      const count = scale === 'full' ? 10_000 : 1000;
      const tracks = andi2020({ task: 2, dim: 1, length, count, seed: 78 }).generate();
      const { values, width } = await headVectors(model, tracks);
      const places = await embed(values, width, { seed: 1 });
      const label = tracks.trackColumns.label as TextColumn;
      model.dispose();
      const test = (json(name) as PrintedTraining).test!;
      tests.push(...refused(test).map((note) => `${length} points: ${note}`));
      rows.push({
        name: `${length} points`,
        measure: 'accuracy (test)',
        ours: test.accuracy,
        ...test.accuracyInterval,
        unit: 'percent',
      });
      figures.push({
        name: `length-${length}`,
        alt: `Feature vectors of tracks of ${length} points in two dimensions, by model of motion`,
        caption: `UMAP of the feature vectors of ${count} tracks of ${length} points, by true model of motion.`,
        spec: embeddingPlot({
          places,
          codes: label.codes,
          classes: label.dictionary,
          title: `${length} points`,
        }),
      });
    }
    return { rows, figures, notes: [alone, ...earlyAt(scale), ...tests] };
  },
};

/** Table 1 and Figures 3 to 9 of Li, Yao and Huang 2021. */
export const wadnet2021 = [table1, figure3, figure4, figure5, figure6, figure7, figure8, figure9];
