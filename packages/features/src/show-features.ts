import { showAs, tableViews } from '@diffusion/tracks/display';

/** Columns of features that show themselves as a table. */
export const showFeatures = <Columns extends Readonly<Record<string, Float64Array>>>(
  columns: Columns,
): Columns =>
  showAs(columns, (shown) => {
    const all = Object.entries(shown);
    const count = all[0]?.[1].length ?? 0;
    return tableViews({
      title: `${all.length} feature${all.length === 1 ? '' : 's'} of ${count} track${count === 1 ? '' : 's'}`,
      names: ['track', ...all.map(([name]) => name)],
      count,
      row: (i) => [String(i), ...all.map(([, values]) => values[i])],
    });
  });
