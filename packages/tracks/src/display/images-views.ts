import type { TextColumn } from '../column.ts';
import type { Views } from './show-as.ts';
import { factViews } from './table-views.ts';

/** What of a set of images is shown. */
interface ShownImages {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly labels?: TextColumn;
  readonly masks?: Uint8Array;
  readonly imageColumns: object;
}

/** What a set of images looks like. */
export const imagesViews = ({
  count,
  width,
  height,
  labels,
  masks,
  imageColumns,
}: ShownImages): Views =>
  factViews(`${count} image${count === 1 ? '' : 's'} of ${width} × ${height} pixels`, {
    classes: labels ? labels.dictionary.join(', ') : 'not labelled',
    masks: masks ? 'of every pixel' : 'none',
    columns: Object.keys(imageColumns).join(', ') || 'none',
  });
