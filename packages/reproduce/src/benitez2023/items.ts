import { useBackend } from '@diffusion/backends';
import { confusionPlot, relevancePlot } from '@diffusion/eval';
import { explainTracks, mostRelevantPoints } from '@diffusion/eval/explain';
import { loadModel } from '@diffusion/models/node';
import { andi2020 } from '@diffusion/simulate';
import type { TextColumn } from '@diffusion/tracks';
import { readyRecipe } from '@diffusion/train/node';
import { ReproduceError } from '../errors.ts';
import type { Assembled, Item, Part, RecipeJson, Row, Scale } from '../item.ts';
import { override } from '../override.ts';
import { type PrintedScores, type PrintedTraining, refused, shareInterval } from '../printed.ts';

const open = [
  'It prints no accuracy: ours stand alone.',
  'Epochs and batch size: 20 and 128 at full scale here.',
  'The length of the tracks: 320 points are inferred.',
];

/** Thirty stacks: groups of 123 or 132, one to four times; and six kernel sizes. */
const stacksOf = (groups: number): string[] =>
  groups === 0 ? [''] : stacksOf(groups - 1).flatMap((before) => [`${before}123`, `${before}132`]);
export const stacks = [1, 2, 3, 4].flatMap(stacksOf);
export const kernels = [2, 4, 6, 10, 16, 32] as const;

/** All 180 of the grid, or the 12 of its smallest stacks that stand for them. */
export const networksOf = (scale: Scale): { stack: string; kernel: number }[] =>
  (scale === 'full' ? stacks : ['123', '132', '123123', '132132']).flatMap((stack) =>
    (scale === 'full' ? kernels : [4, 10, 32]).map((kernel) => ({ stack, kernel })),
  );

const partName = ({ stack, kernel }: { stack: string; kernel: number }) =>
  `benitez2023-${stack}-${kernel}`;

const scales = {
  small: {
    says: '12 of the 180 networks (stacks 123, 132, 123123 and 132132, kernels 4, 10 and 32), 6,000 of 50,000 tracks, 5 epochs; 2,000 tracks for the test.',
    minutes: 3,
  },
  full: {
    says: 'all 180 networks, 50,000 tracks, 20 epochs; 10,000 tracks for the test, 2,000 of each class.',
    minutes: 4000,
  },
} as const;

async function gridPart(network: { stack: string; kernel: number }, scale: Scale): Promise<Part> {
  const recipe = { ...(await readyRecipe('benitez2023-grid')) } as unknown as RecipeJson;
  return {
    name: partName(network),
    recipe: override(
      recipe,
      { network: { options: { layers: network.stack, kernelSize: network.kernel } } },
      scale === 'full' ? {} : reduced,
    ),
  };
}
const reduced = { epochs: 5, data: { tracksPerEpoch: 6000, validation: 500, test: 2000 } };

const gridStages: Item['stages'] = async (scale) => {
  const parts: Part[] = [];
  for (const network of networksOf(scale)) parts.push(await gridPart(network, scale));
  return [parts];
};

/** What is refused is the same for all where the test tracks are: what of them is right is each network's own. */
const refusedEach = (tests: readonly PrintedScores[]): string[] => [
  ...new Set(tests.flatMap((test) => refused({ ...test, accuracyOfAll: undefined }))),
];

export const grid: Item = {
  source: 'benitez2023',
  item: 'grid',
  title: 'The grid of 180 networks',
  about:
    'Stacks of convolution (1), pooling (2) and batch normalisation (3) in groups 123 or 132, one to four times, with kernels of 2 to 32; five models of motion, 1D tracks of 320 points, mean squared error, Adam at 0.001.',
  unspecified: open,
  scales,
  stages: gridStages,
  assemble({ scale, json }): Assembled {
    const networks = networksOf(scale);
    const accuracy = (network: (typeof networks)[number]) =>
      (json(partName(network)) as PrintedTraining).test!;
    const used = [...new Set(networks.map(({ kernel }) => kernel))];
    return {
      rows: networks.map((network): Row => {
        const { accuracy: ours, accuracyInterval } = accuracy(network);
        return {
          name: `${network.stack}, kernel ${network.kernel}`,
          measure: 'accuracy (test)',
          ours,
          ...accuracyInterval,
          unit: 'percent',
        };
      }),
      tables: [
        {
          caption: 'Accuracy by stack and kernel',
          columns: ['stack', ...used.map(String)],
          rows: [...new Set(networks.map(({ stack }) => stack))].map((stack) => [
            stack,
            ...used.map((kernel) => `${(100 * accuracy({ stack, kernel }).accuracy).toFixed(1)} %`),
          ]),
        },
      ],
      notes: [...refusedEach(networks.map(accuracy)), 'The source prints no accuracies.'],
    };
  },
};

export const confusion: Item = {
  source: 'benitez2023',
  item: 'confusion',
  title: 'Confusion matrices of the networks',
  about: 'A confusion matrix for each network of the grid.',
  unspecified: open,
  scales,
  stages: gridStages,
  assemble({ scale, json }): Assembled {
    const all = networksOf(scale).map((network) => ({
      network,
      test: (json(partName(network)) as PrintedTraining).test!,
    }));
    return {
      rows: all.flatMap(({ network, test: { perClass } }) =>
        perClass.map(
          ({ label, recall, support }): Row => ({
            name: `${network.stack}, kernel ${network.kernel}`,
            measure: `recall of ${label}`,
            ours: recall ?? Number.NaN,
            ...(recall !== null && shareInterval(recall, support)),
            unit: 'percent',
          }),
        ),
      ),
      figures: all.map(({ network, test }) => ({
        name: `${network.stack}-${network.kernel}`,
        alt: `Confusion matrix of the network ${network.stack} with kernels of ${network.kernel}`,
        caption: `${network.stack}, kernel ${network.kernel}.`,
        spec: confusionPlot({
          confusion: test.confusion,
          classes: test.perClass.map(({ label }) => label),
        }),
      })),
      notes: [...refusedEach(all.map(({ test }) => test)), 'The source prints no accuracies.'],
    };
  },
};

const TUNED = 'benitez2023-tuned';

export const heatMaps: Item = {
  source: 'benitez2023',
  item: 'heat-maps',
  title: 'Heat maps: what the network looks at',
  about:
    'Layer-wise relevance propagation by the ε rule on a track of each model of motion, for the class that wins, without softmax; the 25 most relevant points are marked. The network is the one tuned by hand.',
  unspecified: [...open, 'ε = 1 and the 25 marked points are inferred from its pictures and code.'],
  scales: {
    small: {
      says: 'the network learns from 6,000 of 50,000 tracks in 6 epochs; a track of each class, that which it is most sure of.',
      minutes: 1,
    },
    full: {
      says: '50,000 tracks, 20 epochs; a track of each class, that which the network is most sure of.',
      minutes: 30,
    },
  },
  stages: async (scale) => {
    const recipe = { ...(await readyRecipe(TUNED)) } as unknown as RecipeJson;
    return [
      [
        {
          name: TUNED,
          recipe: override(recipe, scale === 'full' ? {} : { ...reduced, epochs: 6 }),
        },
      ],
    ];
  },
  async assemble({ folder, json }): Promise<Assembled> {
    await useBackend('wasm', { wide: true });
    const model = await loadModel(folder(TUNED));
    if (model.kind !== 'network' || model.card.output.kind !== 'classes') {
      throw new ReproduceError(`${TUNED} is no network of classes`);
    }
    const { classes } = model.card.output;
    const tracks = andi2020({ task: 2, dim: 1, length: 320, count: 100, seed: 12 }).generate();
    const { codes, probabilities } = await model.predict(tracks);
    const label = tracks.trackColumns.label as TextColumn;
    const truth = Array.from(label.codes, (code) => label.dictionary[code]);
    const sure = (i: number) => probabilities![i * classes.length + codes![i]];
    const rows = classes.flatMap((name, k) =>
      [...truth.keys()]
        .filter((i) => truth[i] === name && codes![i] === k)
        .sort((a, b) => sure(b) - sure(a))
        .slice(0, 1),
    );
    const { points } = await explainTracks(tracks, model, {
      method: 'lrp',
      rule: { kind: 'epsilon', epsilon: 1 },
    });
    const marked = mostRelevantPoints(tracks, points, 25);
    const test = (json(TUNED) as PrintedTraining).test!;
    model.dispose();
    return {
      rows: [
        {
          name: 'tuned by hand',
          measure: 'accuracy (test)',
          ours: test.accuracy,
          ...test.accuracyInterval,
          unit: 'percent',
        },
      ],
      figures: [
        {
          name: 'heat-maps',
          alt: `Relevance of the points of a track of each of ${rows.map((i) => truth[i]).join(', ')}`,
          caption: 'Relevance for the class that wins; the 25 most relevant points are marked.',
          spec: relevancePlot({ tracks, rows, points, marked, titles: rows.map((i) => truth[i]) }),
        },
      ],
      notes: [
        ...refused(test),
        'The source prints no accuracies; a class that the network never got right has no picture.',
      ],
    };
  },
};

/** The grid, its confusion matrices and the heat maps of Benitez 2023. */
export const benitez2023 = [grid, confusion, heatMaps];
