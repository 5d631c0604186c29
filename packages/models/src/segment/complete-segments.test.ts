import { useBackend } from '@diffusion/backends';
import { classicalSegments, SEGMENT_STATES } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';
import { joinTracks, selectTracks } from '@diffusion/tracks';
import type { NetworkCard } from '../card.ts';
import { openDomain } from '../domain/domain.ts';
import { segmenter } from '../networks/segmenter.ts';
import type { NetworkModel } from '../predict/model.ts';
import { trackModel } from '../track-model.ts';
import { completeSegments } from './complete-segments.ts';
import { networkSegments } from './network-segments.ts';

/** A network that has learnt nothing, for tracks of 20 points and more. */
function untrained(): NetworkModel {
  const card: NetworkCard = {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'segmenter', options: SMALL },
    output: { kind: 'points', classes: [...SEGMENT_STATES] },
    encoder: { kind: 'pointwise', dim: 2, length: null },
    domain: { ...openDomain(2), minLength: 20 },
    recipe: {},
    metrics: {},
    versions: {},
  };
  return trackModel(segmenter(SMALL), card) as NetworkModel;
}
const SMALL = { channels: 13, outputs: 9, widths: [8, 12, 12], seed: 3 };

/** Three that the network judges, two that are too short for it, one that is too short for anything. */
const tracks = joinTracks([
  simulate({ model: 'brownian', D: 0.5, count: 3, length: 60, dim: 2, seed: 1 }),
  simulate({ model: 'brownian', D: 0.5, count: 2, length: 12, dim: 2, seed: 2 }),
  simulate({ model: 'brownian', D: 0.5, count: 1, length: 3, dim: 2, seed: 3 }),
]);

describe('completeSegments', () => {
  let model: NetworkModel;
  beforeAll(async () => {
    await useBackend('wasm');
    model = untrained();
  });
  afterAll(() => model.dispose());

  it('has the segments of the network where it judges, and those of penalised changes where it does not', async () => {
    const told: number[] = [];
    const { segments, reasons, states, beside } = await completeSegments(model, tracks, {
      onProgress: (done) => told.push(done),
    });
    expect(told).toEqual([3, 4, 5, 6]);
    const network = await networkSegments(model, tracks);
    expect(beside).toBe('changes');
    expect(states).toEqual(network.states);
    expect(segments.slice(0, 3)).toEqual(network.segments.slice(0, 3));
    const left = await classicalSegments(selectTracks(tracks, [3, 4, 5]), 'changes');
    expect(segments.slice(3)).toEqual(left.segments);
    expect(reasons.map((reason) => reason?.text)).toEqual([
      ...new Array(3).fill(undefined),
      ...new Array(2).fill(
        'too short: 12 points, the model has seen 20 and more; by --method changes',
      ),
      'too short: 3 points, the rule is not defined',
    ]);
  });

  it('leaves them without segments where nothing tells σ, and says so of a method that was named', async () => {
    const few = selectTracks(tracks, [0, 5]);
    const { segments, reasons, beside } = await completeSegments(model, few);
    expect(beside).toBeUndefined();
    expect(segments[1]).toEqual([]);
    expect(reasons[1]?.text).toBe('too short: 3 points, the model has seen 20 and more');
    await expect(completeSegments(model, few, { method: 'changes' })).rejects.toThrow(
      'nothing tells the localisation error: expected sigma',
    );
    const named = await completeSegments(model, selectTracks(tracks, [0, 3]), {
      method: 'hmm',
      sigma: 0.1,
    });
    expect(named.reasons[1]?.text).toMatch(/; by --method hmm$/);
  });
});
