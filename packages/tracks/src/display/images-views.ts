import type { TextColumn } from '../column.ts';
import { factText } from './fact-text.ts';
import type { Views } from './show-as.ts';

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
export function imagesViews(images: ShownImages): Views {
  const { count, width, height, labels, masks, imageColumns } = images;
  const title = `${count} image${count === 1 ? '' : 's'} of ${width} × ${height} pixels`;
  const facts = {
    classes: labels ? labels.dictionary.join(', ') : 'not labelled',
    masks: masks ? 'of every pixel' : 'none',
    columns: Object.keys(imageColumns).join(', ') || 'none',
  };
  return {
    text: factText(title, facts),
    html: async () => `${(await import('./table-views.ts')).factViews(title, facts).html}`,
  };
}
