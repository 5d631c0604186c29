import { readFileSync } from 'node:fs';
import { columnValue, filterTracks, type Tracks } from '@diffusion/tracks';
import { readTracks } from '@diffusion/tracks/node';
import { referencePath } from '../../../fixtures/reference.ts';
import { ensembleTimeAveragedMsd } from './curves/ensemble-time-averaged-msd.ts';
import { estimateLinear } from './estimators/estimate-linear.ts';
import { motionEstimates } from './posterior/estimate-motion.ts';

/** What trackpy, numpy and saspt find on a measured file: fixtures/independent-estimates.py has written it. */
const theirs: {
  file: string;
  tracks: number;
  emsd: number;
  lines: { id: number; D: number; intercept: number }[];
  saspt: number;
} = JSON.parse(readFileSync(referencePath('independent-estimates.json'), 'utf8'));

/** Whose localisation errors are in the file. */
const OPTIONS = { dt: 0.00748, pixelSize: 0.16, errors: true };

describe('programs of others agree on a measured file', () => {
  let tracks: Tracks;
  beforeAll(async () => {
    const all = await readTracks(referencePath(theirs.file), OPTIONS);
    tracks = filterTracks(all.tracks, ({ length }) => length >= 4);
    expect(tracks.count).toBe(theirs.tracks);
  });

  it('with the MSD at lag 1 of trackpy, to 0.001', () => {
    // trackpy gives a track with gaps less weight than its pairs.
    expect(ensembleTimeAveragedMsd(tracks).values[0] / theirs.emsd).toBeCloseTo(1, 3);
  });

  it('with the lines that numpy fits to MSDs', () => {
    const ids = Array.from(tracks, (_, i) => Number(columnValue(tracks.trackColumns.track, i)));
    for (const { id, D, intercept } of theirs.lines) {
      const { diffusion, noiseVariance } = estimateLinear(tracks.at(ids.indexOf(id)), { lags: 4 });
      expect(diffusion.value / D).toBeCloseTo(1, 6);
      expect((4 * noiseVariance.value) / intercept).toBeCloseTo(1, 6);
    }
    expect(theirs.lines).toHaveLength(20);
  });

  it('with saspt’s posterior mean of D, weighted by jumps, to 10 of 100', () => {
    // It knows of no blur; here the errors that the file has are known, without which D is half as large for short tracks.
    const found = motionEstimates(tracks, { model: 'brownian', exposure: 0 });
    let [sum, jumps] = [0, 0];
    found.forEach(({ diffusion }, i) => {
      const weight = tracks.lengthOf(i) - 1;
      sum += weight * diffusion.value;
      jumps += weight;
    });
    expect(Math.abs(sum / jumps / theirs.saspt - 1)).toBeLessThan(0.1);
  });
});
