import type { Tracks } from '@diffusion/tracks';
import { tracksPlot } from '../plots/tracks-plot.ts';
import { evenly } from './evenly.ts';
import type { Figure } from './html-report.ts';

/** What {@link exampleFigures} draws. */
export interface Examples {
  readonly tracks: Tracks;
  /** Class per track, −1 for unjudged. */
  readonly codes: ArrayLike<number>;
  readonly classes: readonly string[];
  /** Tracks per class, 4 when absent. */
  readonly perClass?: number;
}

/**
 * One picture per class that has tracks, each of a few tracks taken evenly from those of the class.
 *
 * @example
 * const figures = exampleFigures({ tracks, codes, classes: ['ND', 'DM', 'CD', 'FBM'] });
 */
export function exampleFigures({ tracks, codes, classes, perClass = 4 }: Examples): Figure[] {
  const rowsOf = classes.map((): number[] => []);
  for (let i = 0; i < tracks.count; i++) {
    if (codes[i] >= 0 && tracks.lengthOf(i) > 1) rowsOf[codes[i]].push(i);
  }
  return classes.flatMap((name, k) => {
    const rows = evenly(rowsOf[k], perClass);
    if (rows.length === 0) return [];
    return [
      {
        spec: tracksPlot({
          tracks,
          rows,
          codes,
          titles: rows.map((row) => `${name}, ${tracks.lengthOf(row)} points`),
        }),
        alt: `${rows.length} tracks of class ${name}`,
      },
    ];
  });
}

/** How to read the pictures of {@link exampleFigures}. */
export function examplesText(dim: number): string {
  return dim === 1
    ? 'against time, from their first point (circle).'
    : 'from their first point (circle), x and y to the same scale within each panel.';
}
