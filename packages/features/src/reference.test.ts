import { features } from './features.ts';
import { oneTrack, reference } from './reference.fixture.ts';

const { features: specification, trajectories } = reference();

describe('reference values', () => {
  it('every feature of every reference track is within its tolerance', () => {
    expect(trajectories).toHaveLength(40);
    const wrong: string[] = [];
    for (const { id, dims, dt, points, features: expected } of trajectories) {
      const found: Record<string, Float64Array> = features(oneTrack(points, { dim: dims, dt }));
      for (const [name, { tolerance }] of Object.entries(specification)) {
        const value = found[name]?.[0];
        const wanted = expected[name];
        const good =
          wanted === null
            ? Number.isNaN(value)
            : Math.abs(value - wanted) <= tolerance.abs + tolerance.rel * Math.abs(wanted);
        if (!good) wrong.push(`${id} ${name}: ${value}, expected ${wanted}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('the catalogue has the features of the specification, no more and no fewer', () => {
    const [{ points }] = trajectories;
    expect(Object.keys(features(oneTrack(points))).sort()).toEqual(
      Object.keys(specification).sort(),
    );
  });
});
