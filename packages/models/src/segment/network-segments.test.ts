import { useBackend } from '@diffusion/backends';
import { SEGMENT_STATES } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';
import { joinTracks, Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkCard, Output } from '../card.ts';
import { openDomain } from '../domain/domain.ts';
import { segmenter } from '../networks/segmenter.ts';
import { trackModel } from '../track-model.ts';
import { networkSegments } from './network-segments.ts';
import { pointAnswers } from './point-answers.ts';
import { pointPlaces } from './point-places.ts';
import { segmentOfPoints } from './segment-of-points.ts';

const classes = [...SEGMENT_STATES];
const output: Output = { kind: 'points', classes };

const modelOf = () => {
  const options = { channels: 13, outputs: 9, widths: [8, 12, 12], seed: 3 };
  const card: NetworkCard = {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'segmenter', options },
    output,
    encoder: { kind: 'pointwise', dim: 2, length: null },
    domain: { ...openDomain(2), minLength: 10 },
    recipe: {},
    metrics: {},
    versions: {},
  };
  return trackModel(segmenter(options), card);
};

const walk = (length: number) =>
  simulate({ model: 'brownian', count: 2, length, dim: 2, seed: length });

beforeAll(async () => {
  await useBackend('wasm');
});

describe('networkSegments', () => {
  it('covers tracks of any lengths, each as it would be alone, and says why one is not judged', async () => {
    const model = modelOf();
    const before = tf.memory().numTensors;
    const tracks = joinTracks([walk(40), walk(9), walk(1), walk(331), walk(40)]);
    const how = { threshold: 0.3, shrink: false };
    const found = await networkSegments(model, tracks, how);
    expect(tf.memory().numTensors).toBe(before);
    for (let i = 0; i < tracks.count; i++) {
      const own = found.segments[i];
      const length = tracks.lengthOf(i);
      if (length < 10) {
        expect(own).toEqual([]);
        expect(found.reasons[i]?.kind).toBe('too-short');
        continue;
      }
      expect(own[0].from).toBe(0);
      expect(own.at(-1)?.to).toBe(length);
      expect(own.slice(1).every(({ from }, s) => from === own[s].to)).toBe(true);
      const part = tracks.at(i);
      const alone = new Tracks({
        positions: part.positions.slice(),
        offsets: Uint32Array.of(0, length),
        dim: 2,
      });
      const again = await networkSegments(model, alone, how);
      expect(again.segments[0].map(({ from }) => from)).toEqual(own.map(({ from }) => from));
      expect(again.segments[0][0].alpha).toBeCloseTo(own[0].alpha, 4);
    }
    model.dispose();
  });

  it('is not asked for tracks as a whole, and a network of those not for points', async () => {
    const model = modelOf();
    await expect(model.predict(walk(20))).rejects.toThrow('answers for every point of a track');
    const other = { ...model, card: { ...model.card, output: { kind: 'exponent' } as const } };
    await expect(networkSegments(other, walk(20))).rejects.toThrow('judges a track as a whole');
    model.dispose();
  });

  it('answers for points in the order of the tracks', async () => {
    const model = modelOf();
    const tracks = joinTracks([walk(30), walk(12)]);
    const answers = await pointAnswers(model.network, model.encoder, tracks, [0, 3]);
    expect(answers.length).toBe(tracks.pointCount * 9);
    expect(answers.subarray(0, 270).every(Number.isFinite)).toBe(true);
    expect(answers.subarray(270, 72 * 9).every(Number.isNaN)).toBe(true);
    expect(answers.subarray(72 * 9).every(Number.isFinite)).toBe(true);
    model.dispose();
  });
});

describe('segmentOfPoints', () => {
  const places = pointPlaces(4);
  const answers = new Float32Array(6 * 9);
  for (let t = 0; t < 6; t++) {
    answers[t * 9 + 2] = 3;
    answers[t * 9 + places.alpha] = t === 0 ? 0.2 : 0.8;
    answers[t * 9 + places.diffusion] = Math.log(2);
    answers[t * 9 + places.alphaSpread] = Math.log(t === 0 ? 1 : 0.1);
    answers[t * 9 + places.diffusionSpread] = Math.log(0.2);
  }

  it('weighs points by their precision, and has K in the unit of the track', () => {
    const found = segmentOfPoints(answers, 0, 6, classes, 3);
    expect(found.state).toBe('free');
    expect(found.probability).toBeCloseTo(Math.exp(3) / (Math.exp(3) + 3), 6);
    expect(found.alpha).toBeCloseTo((0.2 + 5 * 100 * 0.8) / 501, 5);
    expect(found.alphaSpread).toBeCloseTo(0.1 * Math.sqrt(Math.PI / 2), 5);
    expect(found.diffusion).toBeCloseTo(18, 4);
    expect(found.diffusionInterval[1] / found.diffusion).toBeCloseTo(
      Math.exp(1.96 * 0.2 * Math.sqrt(Math.PI / 2)),
      4,
    );
  });

  it('has no α and no K of what stands still', () => {
    const still = answers.slice();
    for (let t = 0; t < 6; t++) still[t * 9] = 9;
    expect(segmentOfPoints(still, 0, 6, classes, 3)).toMatchObject({
      state: 'immobile',
      alpha: 0,
      diffusion: 0,
    });
  });
});
