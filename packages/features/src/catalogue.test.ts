import { keyedRandom } from '@diffusion/random';
import { allFeatures, catalogue, featureNamed } from './catalogue.ts';
import * as confinement from './confinement/index.ts';
import * as gyration from './gyration/index.ts';
import * as increments from './increments/index.ts';
import * as msd from './msd/index.ts';
import * as scaling from './scaling/index.ts';
import * as shape from './shape/index.ts';
import * as size from './size/index.ts';
import * as spectrum from './spectrum/index.ts';
import { fractionalTrack } from './tracks.fixture.ts';

const sections = { confinement, gyration, increments, msd, scaling, shape, size, spectrum };

describe('catalogue', () => {
  it('has every feature of every section, each under its own name, and no others', () => {
    const exported = Object.entries(sections).flatMap(([section, features]) =>
      Object.entries(features).map(([name, feature]) => {
        expect([feature.about.section, feature.about.name]).toEqual([section, name]);
        return feature;
      }),
    );
    expect(new Set(allFeatures)).toEqual(new Set(exported));
    expect(allFeatures).toHaveLength(exported.length);
    expect(catalogue).toHaveLength(72);
  });

  it('finds a feature by its name', () => {
    expect(featureNamed('straightness')).toBe(shape.straightness);
    expect(featureNamed('toString')).toBeUndefined();
  });

  it('finds features that are computed only where they are named', () => {
    const names = ['alphaPosterior', 'alphaPosteriorLow', 'alphaPosteriorHigh'] as const;
    const track = fractionalTrack({ length: 20, noiseVariance: 0.1 }, keyedRandom(1, 'own:asked'));
    const [value, low, high] = names.map((name) => featureNamed(name)!(track));
    expect(low).toBeLessThan(value);
    expect(value).toBeLessThan(high);
    for (const name of names) expect(catalogue.map((about) => about.name)).not.toContain(name);
  });

  it('states the unit that follows from how a feature scales', () => {
    const units = Object.fromEntries(catalogue.map(({ name, unit }) => [name, unit]));
    expect(units).toMatchObject({
      alpha: '1',
      duration: 'time',
      netSpeed: 'length/time',
      pathLength: 'length',
      msdLag1: 'length²',
      diffusionMle: 'length²/time',
      generalizedDiffusion: 'length²/time^alpha',
    });
  });
});
