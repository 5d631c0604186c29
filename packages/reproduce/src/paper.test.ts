import { variantRowsOf } from './gajowczyk2021/variants.fixture.ts';
import type { Row } from './item.ts';
import { findItem } from './items.ts';

/** Numbers of Tables 3 to 13 as the paper prints them: parameters, accuracy in training and validation, best epoch. */
const PRINTED: Readonly<Record<number, readonly string[]>> = {
  3: ['11177092 93.16 90.33 12', '11220420 92.19 90.67 21'],
  4: ['11220420 92.19 90.67 21', '2823108 91.32 91.1 25', '721604 90.26 90.8 38'],
  5: ['357188 75.95 76.93 24', '2823108 91.32 91.1 25'],
  6: [
    '973668 92.69 91.23 25',
    '1590148 92.77 92.17 30',
    '2206628 90.91 91.6 14',
    '2823108 93.59 91.17 20',
    '3439588 92.71 91.7 15',
  ],
  7: ['1590148 92.77 92.17 30', '399556 90 92 9', '100900 92.29 91.1 25'],
  8: [
    '399556 90 92 9',
    '399560 89.96 91.03 15',
    '399560 91.34 91.9 61',
    '399560 91.2 91.17 23',
    '399560 90.54 91.03 34',
    '399572 83.82 83.97 12',
  ],
  9: ['399556 90 92 9', '401872 91.55 91.93 19'],
  10: ['399556 90 92 9', '399556 81.81 90.67 14', '399556 80.57 90.97 19'],
  11: ['- 91.91 91.97 26', '399556 90 92 9'],
  12: ['- 87.65 85.13 10', '- 91.5 91.53 24', '- 85.15 87.2 3', '399556 90 92 9'],
  13: ['- 89.15 91.63 7', '399556 90 92 9', '- 94.75 91.37 23'],
};

describe('the tables of Gajowczyk and Szwabiński', () => {
  it.each(Object.keys(PRINTED).map(Number))('are whole: table %i', async (number) => {
    const rows = await variantRowsOf(findItem('gajowczyk2021', `table-${number}`));
    const names = [...new Set(rows.map(({ name }) => name))];
    const of = (name: string, measure: string): number | undefined =>
      rows.find((row: Row) => row.name === name && row.measure === measure)?.paper;
    const percent = (share = Number.NaN) => Number((100 * share).toFixed(2));
    expect(
      names.map(
        (name) =>
          `${of(name, 'parameters') ?? '-'} ${percent(of(name, 'accuracy (training)'))} ${percent(of(name, 'accuracy (validation)'))} ${of(name, 'best epoch')}`,
      ),
    ).toEqual(PRINTED[number]);
    // Ours are the numbers of the stand-in training: its second epoch is the best.
    expect(of(names[0], 'best epoch')).toBeDefined();
    expect(rows.find(({ measure }) => measure === 'best epoch')?.ours).toBe(2);
  });
});
