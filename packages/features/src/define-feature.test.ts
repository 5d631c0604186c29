import { simulate } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { allFeatures, type FeatureName } from './catalogue.ts';
import { contextOf, derived } from './context.ts';
import { defineFeature, type FeatureDeclaration } from './define-feature.ts';
import { FeaturesError } from './errors.ts';
import { estimateMle } from './estimators/estimate-mle.ts';
import type { Feature } from './feature.ts';
import { features } from './features.ts';
import { pathLength } from './size/index.ts';
import { featureTable } from './table/feature-table.ts';

const tracks = simulate({
  model: 'brownian',
  count: 30,
  length: { min: 1, max: 90 },
  dim: 2,
  seed: 4,
});
const gapped = simulate({
  model: 'brownian',
  count: 20,
  length: { min: 5, max: 90 },
  dim: 3,
  seed: 5,
  missed: 0.1,
});

/** The furthest that a track gets to the right. */
const reach = defineFeature({
  name: 'reach',
  meaning: 'The furthest that a track gets to the right.',
  unit: 'length',
  range: '≥ 0',
  minPoints: 3,
  gaps: 'positions',
  compute: ({ axes: [x] }) => Math.max(...x) - x[0],
});

describe('defineFeature', () => {
  it('gives its column beside those of the catalogue, in the order asked for', () => {
    const columns = features(tracks, { names: ['alpha', reach, 'straightness'] });
    expect(Object.keys(columns)).toEqual(['alpha', 'reach', 'straightness']);
    expect(columns.alpha).toEqual(features(tracks, { names: ['alpha'] }).alpha);
    for (const { index, length, positions } of tracks) {
      const x = Array.from({ length }, (_, i) => positions[2 * i] - positions[0]);
      if (length < 3) expect(columns.reach[index]).toBeNaN();
      else expect(columns.reach[index]).toBe(Math.max(...x));
    }
  });

  it('has the bits of the catalogue where it computes the same, with gaps and too few points', () => {
    const again = allFeatures.map((feature) =>
      defineFeature({
        name: `own-${feature.about.name}`,
        meaning: feature.about.meaning,
        minPoints: feature.about.minPoints,
        dims: feature.about.dims,
        gaps: feature.about.gaps,
        compute: (context) => feature(context),
      }),
    );
    for (const set of [tracks, gapped]) {
      const own = features(set, { names: again });
      const builtIn = features(set);
      expect(Object.values(own)).toEqual(Object.values(builtIn));
    }
  });

  it('is NaN on tracks with gaps unless it says what it makes of them', () => {
    const silent = defineFeature({ name: 'silent', meaning: 'One.', compute: () => 1 });
    const columns = features(gapped, { names: [silent, reach, 'pathLength'] });
    const whole = Array.from(gapped, (track) => contextOf(track).frames === undefined);
    expect(whole).toContain(false);
    expect(whole).toContain(true);
    expect(Array.from(columns.silent, Number.isFinite)).toEqual(whole);
    expect(columns.silent).toEqual(
      columns.pathLength.map((value) => (Number.isNaN(value) ? Number.NaN : 1)),
    );
    expect(columns.reach.every(Number.isFinite)).toBe(true);
  });

  it('is a function of one track, with its description and defaults', () => {
    const track = tracks.at(5);
    expect(reach(track)).toBe(features(tracks, { names: [reach] }).reach[5]);
    expect(reach.name).toBe('reach');
    expect(defineFeature({ name: 'one', meaning: 'One.', compute: () => 1 }).about).toEqual({
      name: 'one',
      section: 'own',
      meaning: 'One.',
      formula: '',
      unit: '1',
      range: 'any',
      minPoints: 1,
      dims: [1, 2, 3],
      gaps: 'undefined',
      source: '',
    });
  });

  it('can use estimators, other features and results shared by several', () => {
    let computed = 0;
    const half = derived((context) => {
      computed++;
      return pathLength(context) / 2;
    });
    const own = [1, 2].map((power) =>
      defineFeature({
        name: `half${power}`,
        meaning: 'Half of the path, to a power.',
        compute: (context) => half(context) ** power,
      }),
    );
    const d = defineFeature({
      name: 'd',
      meaning: 'D.',
      compute: (context) => estimateMle(context).diffusion.value,
    });
    const columns: Record<string, Float64Array> = features(tracks, { names: [...own, d] });
    const { pathLength: whole } = features(tracks, { names: ['pathLength'] });
    expect(computed).toBe(tracks.count);
    expect(columns.half2).toEqual(whole.map((value) => (value / 2) ** 2));
    expect(columns.d[9]).toBe(estimateMle(tracks.at(9)).diffusion.value);
  });

  it('does not read what another copy of the package keeps of a track', () => {
    const context = contextOf(tracks.at(9));
    pathLength(context);
    const foreign = { ...context, memo: context.memo.map(() => ({ total: 1 })) };
    expect(pathLength(foreign)).toBe(pathLength(tracks.at(9)));
  });

  it('turns what is not finite into NaN, and says when there is no number at all', () => {
    const infinite = defineFeature({ name: 'infinite', meaning: '∞', compute: () => 1 / 0 });
    expect(infinite(tracks.at(5))).toBeNaN();
    const forgetful = defineFeature({
      name: 'forgetful',
      meaning: 'Returns nothing.',
      compute: (() => {}) as unknown as () => number,
    });
    expect(() => features(tracks, { names: [forgetful] })).toThrow(
      "feature 'forgetful' gave undefined: expected a number",
    );
  });

  it.each<[object, string]>([
    [{ name: 'alpha' }, "name is 'alpha': the catalogue has a feature of that name"],
    [{ name: '' }, 'name is "": expected a letter, then'],
    [{ name: '2nd' }, 'name is "2nd"'],
    [{ name: undefined }, 'name is undefined'],
    [{ meaning: '' }, 'meaning of feature \'x\' is "": expected a line'],
    [{ compute: 3 }, "compute of feature 'x' is 3: expected a function"],
    [{ minPoints: 0 }, "minPoints of feature 'x' is 0: expected an integer of at least 1"],
    [{ dims: [] }, "dims of feature 'x' is []: expected some of 1, 2 and 3"],
    [{ dims: [4] }, "dims of feature 'x' is [4]"],
    [{ gaps: 'maybe' }, "gaps of feature 'x' is 'maybe': expected 'by lag', 'positions'"],
    [{ minPoint: 3 }, 'minPoint is 3: unknown option; did you mean minPoints?'],
  ])('refuses %j', (wrong, message) => {
    const declare = () =>
      defineFeature({ name: 'x', meaning: 'X.', compute: () => 1, ...wrong } as FeatureDeclaration);
    expect(declare).toThrow(message);
    expect(declare).toThrow(FeaturesError);
  });

  it('refuses two features of one name, and what is no feature', () => {
    const other = defineFeature({ name: 'reach', meaning: 'Another.', compute: () => 1 });
    expect(() => features(tracks, { names: [reach, other] })).toThrow(
      "names has two features 'reach': expected different names",
    );
    expect(Object.keys(features(tracks, { names: [reach, reach] }))).toEqual(['reach']);
    const disguised = Object.assign(() => 1, { about: { ...reach.about, name: 'alpha' } });
    expect(() => features(tracks, { names: [disguised] })).toThrow("two features 'alpha'");
    expect(() => features(tracks, { names: [Math.max as unknown as Feature] })).toThrow(
      'expected a name of the catalogue, or what defineFeature gives',
    );
    expect(() => features(tracks, { names: ['reach' as 'alpha'] })).toThrow(
      'An own feature is given itself',
    );
  });

  it('cannot take the place of a column of a table', () => {
    const track = defineFeature({ name: 'track', meaning: 'One.', compute: () => 1 });
    expect(() => featureTable(tracks, features(tracks, { names: [track] }))).toThrow(
      "feature 'track' has the name of a track column",
    );
  });
});

describe('the types of features', () => {
  it('know the names of the catalogue, of the sets and of own features', () => {
    const two = new Tracks({
      positions: Float64Array.of(0, 0, 1, 1, 2, 0),
      offsets: Uint32Array.of(0, 3),
      dim: 2,
    });
    // @ts-expect-error: no such feature
    expect(() => features(two, { names: ['alhpa'] })).toThrow('did you mean alpha');
    // @ts-expect-error: no such option
    expect(() => features(two, { features: ['x'] })).toThrow(
      'features is ["x"]: unknown option; did you mean names?',
    );
    // @ts-expect-error: no such set
    expect(() => features(two, { set: 'wagner' })).toThrow("set is 'wagner'");
    // @ts-expect-error: not asked for
    expect(features(two, { names: ['alpha'] }).straightness).toBeUndefined();
    // @ts-expect-error: not in this set
    expect(features(two, { set: 'kowalek2019' }).joseph).toBeUndefined();
    const names: readonly FeatureName[] = ['numPoints'];
    expect(features(two, { names }).numPoints[0]).toBe(3);
    expect(features(two, { set: 'pinholt2021' }).numPoints[0]).toBe(3);
    expect(features(two, { names: [reach] }).reach[0]).toBe(2);
    expect(features(two).straightness[0]).toBeCloseTo(1 / Math.SQRT2);
  });
});
