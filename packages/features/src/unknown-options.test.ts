import { readdirSync, readFileSync } from 'node:fs';
import { keyedRandom } from '@diffusion/random';
import * as all from './index.ts';
import { oneTrack } from './reference.fixture.ts';

const tracks = oneTrack(Array.from({ length: 20 }, (_, i) => [i, (i * i) % 7]));
const track = tracks.at(0);
const image = {
  pixels: new Float32Array(4).fill(1),
  width: 2,
  height: 2,
  mask: Uint8Array.of(1, 1, 1, 1),
};

/** Each function that has options, called with some. */
const calls: Record<string, (options: never) => unknown> = {
  features: (options) => all.features(tracks, options),
  parallelFeatures: (options) => all.parallelFeatures(tracks, options),
  defineFeature: (options) => all.defineFeature(options),
  featureTable: (options) => all.featureTable(tracks, {}, options),
  displacements: (options) => all.displacements(track, options),
  ensembleMsd: (options) => all.ensembleMsd(tracks, options),
  ensembleTimeAveragedMsd: (options) => all.ensembleTimeAveragedMsd(tracks, options),
  firstPassageTimes: (options) => all.firstPassageTimes(track, options),
  msdByClass: (options) => all.msdByClass(tracks, [1], 1, options),
  pVariation: (options) => all.pVariation(track, options),
  timeAveragedMsd: (options) => all.timeAveragedMsd(track, options),
  vanHove: (options) => all.vanHove(tracks, options),
  velocityAutocorrelation: (options) => all.velocityAutocorrelation(track, options),
  estimateCve: (options) => all.estimateCve(track, options),
  estimateFbm: (options) => all.estimateFbm(track, options),
  estimateLinear: (options) => all.estimateLinear(track, options),
  estimateLogLog: (options) => all.estimateLogLog(track, options),
  estimateMichalet: (options) => all.estimateMichalet(track, options),
  estimateMle: (options) => all.estimateMle(track, options),
  estimateMotion: (options) => all.estimateMotion(track, options),
  estimatePowerLaw: (options) => all.estimatePowerLaw(track, options),
  fitMsdModel: (options) => all.fitMsdModel(track, options),
  motionEstimates: (options) => all.motionEstimates(tracks, options),
  parallelMotionEstimates: (options) => all.parallelMotionEstimates(tracks, options),
  segmentByChanges: (options) => all.segmentByChanges(options),
  segmentByMarkov: (options) => all.segmentByMarkov(tracks, options),
  motionStates: (options) => all.motionStates(tracks, options),
  segmentsAt: (options) => all.segmentsAt(track, [], options),
  segmentDensityOf: (options) => all.segmentDensityOf(track, 0, 20, options),
  exponentRule: (options) => all.exponentRule(track, options),
  maxTest: (options) => all.maxTest(track, options),
  maxTestQuantile: (options) => all.maxTestQuantile(options),
  pVariationRule: (options) => all.pVariationRule(track, options),
  simulateMaxTestQuantiles: (options) => all.simulateMaxTestQuantiles(options, keyedRandom(1)),
  imageFeatures: (options) => all.imageFeatures(image, options),
};

describe('an option that does not exist', () => {
  it.each(Object.entries(calls))(
    'is refused by %s, which says what there is',
    async (name, call) => {
      const ask = async (options: unknown) => call(options as never);
      await expect(ask({ sort: true })).rejects.toThrow(
        new RegExp(`^sort is true: unknown option; did you mean \\w+\\? ${name} takes `),
      );
      await expect(ask({ sort: true })).rejects.toThrow(all.FeaturesError);
      await expect(ask('fast')).rejects.toThrow('options is "fast": expected an object');
    },
  );

  it('is asked of every function that has options', () => {
    const folder = new URL('.', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const taking = Object.keys(all).filter((name) =>
      sources.some((source) =>
        new RegExp(
          `export (async )?function ${name}\\b[^{]*\\b(options|selection|declaration)\\??:`,
        ).test(source),
      ),
    );
    expect(Object.keys(calls)).toEqual(expect.arrayContaining(taking));
    expect(taking.length).toBeGreaterThan(20);
  });
});
