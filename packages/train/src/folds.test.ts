import { columnValue, selectTracks, type TextColumn, Tracks, textColumn } from '@diffusion/tracks';
import { foldsOf, splitGroups } from './folds.ts';

/** Tracks of one point, with labels and files. */
function tracksOf(labels: readonly string[], files: readonly string[]): Tracks {
  return new Tracks({
    positions: Float64Array.from(labels, (_, i) => i),
    offsets: Uint32Array.from({ length: labels.length + 1 }, (_, i) => i),
    dim: 1,
    trackColumns: { label: textColumn(labels), file: textColumn(files) },
  });
}

const numbersOf = (tracks: Tracks) => [...tracks.positions];
const countsOf = (tracks: Tracks, of: string) => {
  const { codes, dictionary } = tracks.trackColumns[of] as TextColumn;
  const counts: Record<string, number> = {};
  for (const code of codes) counts[dictionary[code]] = (counts[dictionary[code]] ?? 0) + 1;
  return counts;
};

describe('foldsOf', () => {
  // Twelve films of ten tracks, each with more of one label than of the other.
  const films = Array.from({ length: 120 }, (_, i) => `film ${Math.floor(i / 10)}`);
  const labels = Array.from({ length: 120 }, (_, i) => (i % 10 < (i < 60 ? 7 : 3) ? 'A' : 'B'));
  const tracks = tracksOf(labels, films);

  it('puts every track in one fold, with the shares of the labels', () => {
    const folds = foldsOf(tracks, { folds: 5, seed: 2 });
    expect(folds.flatMap(({ validation }) => numbersOf(validation)).sort((a, b) => a - b)).toEqual(
      numbersOf(tracks),
    );
    for (const { training, validation } of folds) {
      expect(countsOf(validation, 'label')).toEqual({ A: 12, B: 12 });
      expect(training.count).toBe(96);
      expect(new Set([...numbersOf(training), ...numbersOf(validation)]).size).toBe(120);
    }
    expect(new Set(folds.map(({ seed }) => seed)).size).toBe(5);
  });

  it('keeps groups whole, and the shares of the labels as near as that can be', () => {
    const folds = foldsOf(tracks, { folds: 4, seed: 2, group: 'file' });
    for (const { training, validation } of folds) {
      expect(Object.values(countsOf(validation, 'file'))).toEqual([10, 10, 10]);
      const seen = new Set(Object.keys(countsOf(training, 'file')));
      for (const film of Object.keys(countsOf(validation, 'file')))
        expect(seen.has(film)).toBe(false);
      // Three films have 21 to 9, 17 to 13, 13 to 17 or 9 to 21.
      expect(Math.abs(countsOf(validation, 'label').A - 15)).toBeLessThanOrEqual(2);
    }
    const other = foldsOf(tracks, { folds: 4, seed: 3, group: 'file' });
    expect(other.map(({ validation }) => numbersOf(validation))).not.toEqual(
      folds.map(({ validation }) => numbersOf(validation)),
    );
  });

  it('leaves no fold empty where the groups are very unlike', () => {
    const files = Array.from({ length: 40 }, (_, i) => (i < 38 ? 'large' : `small ${i}`));
    const unlike = tracksOf(
      files.map((_, i) => (i % 2 ? 'A' : 'B')),
      files,
    );
    const folds = foldsOf(unlike, { folds: 3, seed: 1, group: 'file' });
    expect(folds.map(({ validation }) => validation.count).sort()).toEqual([1, 1, 38]);
  });

  it('refuses more folds than there are tracks or groups, and a column that there is not', () => {
    expect(() => foldsOf(tracks, { folds: 61, seed: 1 })).toThrow(
      "folds is 61: expected at most 60, the number of tracks with label 'A'",
    );
    expect(() => foldsOf(tracks, { folds: 13, seed: 1, group: 'file' })).toThrow(
      'folds is 13: expected at most 12, the number of different values in the column file',
    );
    expect(() => foldsOf(tracks, { folds: 2, seed: 1, group: 'film' })).toThrow(
      "group is 'film': expected a column of the tracks, one of label, file",
    );
    expect(() => foldsOf(tracks, { folds: 1, seed: 1 })).toThrow('folds is 1: expected an integer');
  });

  it('gives the same folds for the same seed', () => {
    const of = (seed: number) =>
      foldsOf(tracks, { folds: 3, seed }).map(({ validation }) => numbersOf(validation));
    expect(of(1)).toEqual(of(1));
    expect(of(2)).not.toEqual(of(1));
    const half = selectTracks(tracks, [0, 1, 2, 7, 8, 9]);
    expect(columnValue(half.trackColumns.label, 0)).toBe('A');
    expect(foldsOf(half, { folds: 3, seed: 1 })).toHaveLength(3);
  });
});

describe('splitGroups', () => {
  it('keeps groups whole, near the shares of the parts', () => {
    const films = Array.from({ length: 400 }, (_, i) => `film ${Math.floor(i / 10)}`);
    const tracks = tracksOf(
      films.map((_, i) => (i % 2 ? 'A' : 'B')),
      films,
    );
    const [training, test] = splitGroups(tracks, [0.85, 0.15], 4, 'file');
    expect([...numbersOf(training), ...numbersOf(test)].sort((a, b) => a - b)).toEqual(
      numbersOf(tracks),
    );
    const tested = Object.entries(countsOf(test, 'file'));
    expect(tested.map(([, count]) => count)).toEqual(tested.map(() => 10));
    // 6 of 40 films are the share.
    expect(Math.abs(tested.length - 6)).toBeLessThanOrEqual(1);
    const other = splitGroups(tracks, [0.85, 0.15], 5, 'file');
    expect(numbersOf(other[1])).not.toEqual(numbersOf(test));
  });

  it('leaves no part empty, and refuses fewer groups than parts', () => {
    const two = tracksOf(['A', 'A', 'A', 'A'], ['large', 'large', 'large', 'small']);
    expect(splitGroups(two, [0.85, 0.15], 1, 'file').map(numbersOf)).toEqual([[0, 1, 2], [3]]);
    expect(() => splitGroups(two, [0.5, 0.3, 0.2], 1, 'file')).toThrow(
      "group is 'file': expected a column with at least 3 different values, one for each part; it has 2",
    );
  });
});
