import { useBackend } from '@diffusion/backends';
import { dataSet, loadModels, type MixtureSpecification } from '@diffusion/simulate';
// Workers load built files.
import { fit, freshTracks, noAugmentation, oneLengthTracks } from '@diffusion/train';

const module = new URL('./zigzag.fixture.mjs', import.meta.url).href;
const mixture: MixtureSpecification = {
  count: 96,
  seed: 1,
  dim: 1,
  length: 12,
  classes: [
    { model: { module, export: 'zigzag' }, label: 'zigzag', parameters: { step: [3, 4] } },
    { model: 'brownian' },
  ],
};
const output = { kind: 'classes', classes: ['zigzag', 'brownian'] } as const;

/** What a training on a source comes to. */
async function trained(source: ReturnType<typeof freshTracks>, workers: number) {
  const { model, history } = await fit({
    network: { name: 'xresnet', options: { filters: 8, depth: 1, dropout: 0 } },
    encoder: { kind: 'motion', dim: 1, length: 12 },
    output,
    source,
    recipe: {
      epochs: 6,
      batchSize: 16,
      learningRate: 0.02,
      seed: 1,
      augmentation: noAugmentation,
      shards: 2,
    },
    data: { mixture: 'zigzag' },
    workers: { count: workers },
  });
  const weights = model.network!.getWeights().map((weight) => [...weight.dataSync()]);
  const { domain } = model.card;
  model.dispose();
  return { score: history[history.length - 1].score, weights, domain };
}

describe('a motion model of one’s own', () => {
  beforeAll(async () => {
    await useBackend('wasm');
    await loadModels(mixture);
  });

  it('is learnt from, with the same weights from workers that import it', async () => {
    const set = dataSet(mixture);
    const alone = await trained(freshTracks(set, 96), 0);
    expect(alone.score).toBeGreaterThan(0.9);
    expect([alone.domain.minLength, alone.domain.maxLength]).toEqual([12, 12]);
    expect((await trained(freshTracks(set, 96), 2)).weights).toEqual(alone.weights);
    // As an object it cannot go to a worker: the thread that trains makes the tracks.
    const { zigzag } = await import(module);
    const [own, brownian] = mixture.classes;
    const asObject = dataSet({ ...mixture, classes: [{ ...own, model: zigzag }, brownian] });
    const source = freshTracks(asObject, 96);
    expect(source.specification).toBeUndefined();
    expect((await trained(source, 2)).weights).toEqual(alone.weights);
  });

  it('is in batches of one length', async () => {
    const { count: _, seed: __, length: ___, ...law } = mixture;
    const source = oneLengthTracks({
      dataSets: [law],
      length: { min: 12, max: 12 },
      pointsPerBatch: 12 * 16,
      tracksPerBatch: { min: 16, max: 16 },
      seed: 1,
    });
    const alone = await trained(source, 0);
    expect((await trained(source, 1)).weights).toEqual(alone.weights);
  });
});
