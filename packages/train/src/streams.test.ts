import type { Key } from '@diffusion/random';
import * as real from '@diffusion/random';
import type { ClassSpecification, SpecificationWithout } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import fc from 'fast-check';

const { deriveSeed } = real;

/** The first numbers of every stream that is opened, by what it is opened for. */
let opened = new Map<string, Set<string>>();
let role = '';

/** Notes the first numbers of a stream. One without a key is a trial that checks parameters: no track is made of it. */
function note(seed: number, keys: readonly Key[]): void {
  if (keys.length === 0) return;
  const random = real.keyedRandom(seed, ...keys);
  if (!opened.has(role)) opened.set(role, new Set());
  opened.get(role)!.add(`${random.int32()} ${random.int32()}`);
}

// The types of jest lack what mocks an ES module.
const { unstable_mockModule: mockModule } = import.meta.jest as unknown as {
  unstable_mockModule(name: string, factory: () => object): void;
};
// Everything imported from here on, simulate and models too, opens its streams through these.
mockModule('@diffusion/random', () => ({
  ...real,
  keyedRandom(seed: number, ...keys: Key[]) {
    note(seed, keys);
    return real.keyedRandom(seed, ...keys);
  },
  permutation(n: number, seed: number, ...keys: Key[]) {
    note(seed, keys);
    return real.permutation(n, seed, ...keys);
  },
}));
const { dataSet, dataSetFrom } = await import('@diffusion/simulate');
const { networkByName, networkEncoder } = await import('@diffusion/models');
const { fitBoosting, fitForest, fitSvm } = await import('@diffusion/models/classical');
const {
  alternateTracks,
  augmentTracks,
  fitFolds,
  freshTracks,
  oneLengthBatches,
  oneLengthTracks,
  oversampled,
  repeatedTracks,
  simulatedBankSets,
  smote,
  splitTracks,
  stretchTracks,
} = await import('./index.ts');
const { useBackend } = await import('@diffusion/backends');

/** Runs one of the parts of a training, and notes the streams that it opens. */
async function as<T>(name: string, part: () => T): Promise<Awaited<T>> {
  role = name;
  const result = await part();
  role = '';
  return result;
}

beforeEach(() => {
  opened = new Map();
});

/** Every stream was opened for one purpose. */
function expectApart(): void {
  const owner = new Map<string, string>();
  for (const [name, streams] of opened) {
    expect([name, streams.size > 0]).toEqual([name, true]);
    for (const stream of streams) {
      expect([stream, owner.get(stream) ?? name]).toEqual([stream, name]);
      owner.set(stream, name);
    }
  }
}

/** How a track begins: its first displacement, which no other track has by chance. */
function beginnings(tracks: Tracks): string[] {
  return Array.from(tracks, ({ positions }) =>
    Array.from({ length: tracks.dim }, (_, k) => positions[tracks.dim + k] - positions[k]).join(),
  );
}

type Law = SpecificationWithout<'count' | 'length' | 'seed'>;
const mixture = (classes: readonly ClassSpecification[]) => ({ dim: 2, classes }) as const;
const sets = {
  fbm: mixture([{ model: 'fbm', parameters: { alpha: { min: 0.3, max: 0.9 } } }]),
  two: mixture([
    { model: 'brownian' },
    { model: 'fbm', parameters: { alpha: { min: 1.1, max: 1.7 } } },
  ]),
  andi1: { preset: 'andi2020', task: 1, dim: 2 },
  andi2: { preset: 'andi2020', task: 2, dim: 2 },
} as const;
const augmentation = { rotate: true, cutShare: 0.5, minLength: 3, gapShare: 0.5, maxMissing: 0.3 };
const count = 12;

describe('streams', () => {
  it('keep the validation tracks apart from those of two mixtures in batches of one length', () => {
    const points = 50;
    const [first, second] = [0.5, 0.5].map((alpha) =>
      mixture([{ model: 'fbm', parameters: { alpha } }]),
    );
    const source = oneLengthTracks({
      dataSets: [first, second],
      length: { min: points, max: points },
      pointsPerBatch: 400 * points,
      tracksPerBatch: { min: 400, max: 400 },
      seed: 1,
    });
    const seen = new Set(beginnings(source.take(0, 0, 400)));
    expect(seen.size).toBe(400);
    const validation = dataSet({
      ...first,
      count: 200,
      length: points,
      seed: deriveSeed(1, 'validation'),
    });
    const met = beginnings(validation.generate()).filter((beginning) => seen.has(beginning));
    expect(met).toEqual([]);
  });

  it('are of one purpose each, whatever seeds, data sets and lengths are combined', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: -2, max: 9 }), fc.maxSafeInteger()),
        // Sets that can be joined: their columns are the same.
        fc.oneof(
          fc.array(fc.constantFrom<Law[]>(sets.fbm, sets.two), { minLength: 1, maxLength: 3 }),
          fc.array(fc.constantFrom<Law[]>(sets.andi1, sets.andi2), { minLength: 1, maxLength: 3 }),
        ),
        fc.integer({ min: 5, max: 60 }),
        async (seed, dataSets, points) => {
          opened = new Map();
          const shown: Tracks[] = [];
          const made = (set: Law, ofSeed: number) =>
            dataSetFrom({ ...set, count, length: points, seed: ofSeed });
          const oneLength = (ofSeed: number) =>
            oneLengthTracks({
              dataSets,
              length: { min: points, max: points + 3 },
              pointsPerBatch: 4 * points,
              tracksPerBatch: { min: 4, max: 6 },
              seed: ofSeed,
            });
          for (const [name, ofSeed] of [
            ['one length', seed],
            ['one length of the training seed', deriveSeed(seed, 'training')],
            ['one length of fold 1', deriveSeed(seed, 'fold', 1)],
            ['one length of fold 2', deriveSeed(seed, 'fold', 2)],
          ] as const) {
            shown.push(await as(name, () => oneLength(ofSeed).take(0, 0, 16)));
          }
          const inTurn = () =>
            alternateTracks(
              dataSets.map((set, k) =>
                freshTracks(made(set, deriveSeed(seed, 'training', 'data set', k)), count),
              ),
            );
          shown.push(await as('in turn', () => inTurn().take(0, 0, count * dataSets.length)));
          shown.push(await as('the seed itself', () => made(dataSets[0], seed).generate()));
          for (const purpose of ['validation', 'test', 'calibration'] as const) {
            for (const [k, set] of dataSets.entries()) {
              const ofSeed = deriveSeed(seed, purpose, 'data set', k);
              shown.push(await as(`${purpose} ${k}`, () => made(set, ofSeed).generate()));
            }
            const ofSeed = deriveSeed(seed, purpose);
            shown.push(await as(purpose, () => made(dataSets[0], ofSeed).generate()));
          }
          const bank = simulatedBankSets({ dataSet: dataSets[0], tracksPerLength: count, seed });
          for (const length of [points, points + 1]) {
            const ofLength = await as(`bank of ${length}`, () => {
              const { source, validation } = bank({ length, fold: 1, folds: 2 });
              return [source.take(0, 0, source.perEpoch), validation];
            });
            shown.push(...ofLength);
          }
          const beginning = shown.flatMap(beginnings);
          expect(new Set(beginning).size).toBe(beginning.length);

          const [tracks] = shown;
          const memory = { perEpoch: 16, take: () => tracks };
          const batches = { batchSize: 4, seed, augmentation };
          await as('augmentation', () => augmentTracks(tracks, augmentation, seed, 0));
          await as('split', () => splitTracks(tracks, [0.5, 0.5], seed));
          await as('order', () => repeatedTracks(tracks, seed).take(0, 0, 16));
          await as('stretches', () =>
            stretchTracks(tracks, 2, deriveSeed(seed, 'training', 'lengths', 2)).take(0, 0, 16),
          );
          await as('batches', () => oneLengthBatches(memory, batches).take(0, 0, 4));
          const rows = Array.from({ length: 12 }, (_, i) => [i % 5, i % 3]);
          const codes = rows.map((_, i) => i % 2);
          await as('balance', () => oversampled([0, 0, 1], seed, 0));
          const few = codes.map((code, i) => (i < 4 ? code : 0));
          await as('rows between rows', () => smote(rows, few, { neighbours: 1, seed }));
          await as('forest', () => fitForest(rows, codes, { trees: 3, seed }));
          await as('support vectors', () => fitSvm(rows, codes, { seed }));
          const half = {
            rowShare: 0.5,
            columnShare: 0.5,
            validationShare: 0.4,
            rounds: 3,
            minLeaf: 1,
          };
          await as('boosting', () => fitBoosting(rows, codes, { ...half, seed }));
          expect(opened.size).toBe(4 + 2 + 3 * (dataSets.length + 1) + 2 + 10);
          expectApart();
        },
      ),
      { numRuns: 20 },
    );
  });

  it('of the folds and of their networks are apart', async () => {
    await useBackend('wasm');
    const seed = 3;
    const all = await as('tracks', () =>
      dataSet({ ...sets.two, count: 24, length: 10, seed }).generate(),
    );
    const [rest] = await as('split', () => splitTracks(all, [0.75, 0.25], seed));
    const built = await as('initial weights', () =>
      networkByName('xresnet').build({ filters: 8, depth: 1, features: 0, classes: 2, seed }),
    );
    built.dispose();
    // Initial weights are drawn by the generator of tfjs: no stream of ours.
    expect(opened.has('initial weights')).toBe(false);

    role = 'parting into folds';
    const { model } = await fitFolds({
      tracks: rest,
      folds: 2,
      network: { name: 'xresnet', options: { filters: 8, depth: 1 } },
      output: { kind: 'classes', classes: ['brownian', 'fbm'] },
      encoder: networkEncoder('xresnet', { dim: 2, length: 10 }),
      recipe: {
        epochs: 1,
        batchSize: 6,
        learningRate: 1e-3,
        seed,
        augmentation,
      },
      data: {},
      foldSource: (part, ofSeed) => {
        role = `fold of seed ${ofSeed}`;
        return repeatedTracks(part, ofSeed);
      },
    });
    const seeds = model.models.map(({ card }) => card.recipe.seed as number);
    expect(seeds).toEqual([deriveSeed(seed, 'fold', 1), deriveSeed(seed, 'fold', 2)]);
    expect([...opened.keys()]).toEqual([
      'tracks',
      'split',
      'parting into folds',
      ...seeds.map((ofSeed) => `fold of seed ${ofSeed}`),
    ]);
    expectApart();
    model.dispose();
  });
});
