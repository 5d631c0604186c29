import type { Reason } from '@diffusion/tracks';
import { type Cell, showAs, tableViews } from '@diffusion/tracks/display';
import type { EstimatedSegment } from './segment-of-points.ts';

/** What of them is shown. */
interface Shown {
  readonly segments: readonly (readonly EstimatedSegment[])[];
  readonly reasons: readonly (Reason | undefined)[];
}

/** Segments that show themselves as a table, those of one track after those of the other. */
export const showSegments = <Found extends Shown>(found: Found): Found =>
  showAs(found, ({ segments, reasons }) => {
    const rows = segments.flatMap((own, i): Cell[][] =>
      own.length === 0
        ? [[String(i), '', '', '', undefined, undefined, undefined, reasons[i]?.text ?? '']]
        : own.map(({ from, to, state, diffusion, alpha, probability }) => [
            ...[String(i), String(from), String(to), state],
            ...[diffusion, alpha, probability],
            '',
          ]),
    );
    const count = segments.flat().length;
    return tableViews({
      title: `${count} segment${count === 1 ? '' : 's'} of ${segments.length} track${segments.length === 1 ? '' : 's'}`,
      names: ['track', 'from', 'to', 'state', 'K', 'α', 'p', 'reason'],
      count: rows.length,
      row: (i) => rows[i],
    });
  });
