import { keyedRandom } from '@diffusion/random';
import { classShares } from './class-shares.ts';
import { compareConditions } from './compare-conditions.ts';
import { file, simulated } from './outcomes.fixture.ts';

const like = simulated(1500, 2);
const random = () => keyedRandom(1, 'bootstrap');

/** Cells of a condition whose first share spreads from cell to cell. */
function cells(group: string, number: number, share: number, spread: number, seed: number) {
  const draws = keyedRandom(seed, 'own:cells');
  return Array.from({ length: number }, (_, c) => {
    const own = Math.min(1, Math.max(0, share + spread * draws.normal()));
    const rows = file(60, [own, 0, 1 - own], 50 * seed + c);
    return { rows, group, unit: `${group} ${c}` };
  });
}

function joined(list: ReturnType<typeof cells>) {
  return {
    classes: list[0].rows.classes,
    probabilities: Float32Array.from(list.flatMap(({ rows }) => [...rows.probabilities])),
    judged: Uint8Array.from(list.flatMap(({ rows }) => [...rows.judged])),
    group: list.flatMap(({ rows, group }) => [...rows.truth].map(() => group)),
    unit: list.flatMap(({ rows, unit }) => [...rows.truth].map(() => unit)),
  };
}

describe('compareConditions', () => {
  it('holds shares and differences of cells that differ, where intervals of tracks do not', () => {
    const runs = 16;
    let [held, heldByTracks, heldDifference] = [0, 0, 0];
    for (let run = 1; run <= runs; run++) {
      const list = [
        ...cells('control', 7, 0.5, 0.15, run),
        ...cells('drug', 7, 0.3, 0.15, 1000 + run),
      ];
      const { conditions, differences } = compareConditions(joined(list), like, {
        random: random(),
        resamples: 100,
      });
      expect(conditions.map(({ name, units }) => [name, units])).toEqual([
        ['control', 7],
        ['drug', 7],
      ]);
      const holds = ([low, high]: readonly [number, number], value: number) =>
        low <= value && value <= high;
      if (holds(conditions[0].shares.perParticle[0].interval!, 0.5)) held++;
      const tracks = classShares(joined(list.slice(0, 7)), like).perParticle[0];
      if (holds(tracks.interval!, 0.5)) heldByTracks++;
      const [{ from, to, perParticle }] = differences;
      expect([from, to, perParticle[0].name]).toEqual(['control', 'drug', 'slow']);
      if (holds(perParticle[0].interval!, -0.2)) heldDifference++;
    }
    // At 95 %, 12 and fewer of 16 have a probability of 0.7 %.
    expect(held).toBeGreaterThan(12);
    expect(heldDifference).toBeGreaterThan(12);
    expect(heldByTracks).toBeLessThan(14);
  });

  it('gives no interval of fewer than five cells, and says why', () => {
    const list = [...cells('control', 4, 0.5, 0.1, 1), ...cells('drug', 5, 0.3, 0.1, 2)];
    const { conditions, differences } = compareConditions(joined(list), like, {
      random: random(),
      unitName: 'files',
    });
    const why =
      'too few files (4): expected 5 and more, since the tracks of one have more in common than those of two';
    expect(conditions[0].shares.perParticle[0]).toEqual({
      name: 'slow',
      share: expect.any(Number),
      reason: why,
    });
    expect(conditions[1].shares.perParticle[0].interval).toBeDefined();
    expect(differences[0].perParticle[2]).toMatchObject({ name: 'fast', reason: why });
    expect(differences[0].perParticle[2].interval).toBeUndefined();
  });

  it('is never surer than independent tracks are', () => {
    // The same cell five times over has no spread between cells.
    const [one] = cells('control', 1, 0.5, 0, 1);
    const list = [0, 1, 2, 3, 4].map((c) => ({ ...one, unit: String(c) }));
    const rows = joined(list);
    const { conditions } = compareConditions(rows, like, { random: random() });
    const [low, high] = classShares(rows, like).perParticle[0].interval!;
    const [from, to] = conditions[0].shares.perParticle[0].interval!;
    expect(from).toBeLessThanOrEqual(low);
    expect(to).toBeGreaterThanOrEqual(high);
  });

  it('says which column does not fit', () => {
    const rows = joined(cells('control', 5, 0.5, 0, 1));
    expect(() => compareConditions({ ...rows, unit: [] }, like, { random: random() })).toThrow(
      'observed.unit has 0 names: expected one of each of 300 rows',
    );
    expect(() => compareConditions(rows, like, { random: random(), resamples: 9 })).toThrow(
      'resamples is 9: expected a whole number, at least 100',
    );
  });
});
