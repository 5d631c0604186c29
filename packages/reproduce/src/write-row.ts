import type { Row } from './item.ts';

/** A number of a row as it is read: `90.3 %`, `11,177,092`, `0.151`; '–' where there is none. */
export function rowText(value: number | undefined, unit: Row['unit']): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  if (unit === 'percent') return `${(100 * value).toFixed(2)} %`;
  if (unit === 'whole') return Math.round(value).toLocaleString('en-US');
  if (unit === 'seconds') return value.toFixed(1);
  return String(Number(value.toPrecision(4)));
}

/** Cells of a row: name, measure, paper, ours, 95 %, difference. */
export function rowCells(row: Row): string[] {
  const { name, measure, paper, ours, low, high, unit } = row;
  const between =
    low === undefined || high === undefined || !Number.isFinite(low) || !Number.isFinite(high)
      ? '–'
      : `${rowText(low, unit)} to ${rowText(high, unit)}`;
  // A source's number has its own digits.
  const printed = paper !== undefined && unit === 'plain' ? String(paper) : rowText(paper, unit);
  return [name, measure, printed, rowText(ours, unit), between, differenceText(row)];
}

/** Ours less the paper's, with its sign; of shares in points of percent. */
function differenceText({ paper, ours, unit }: Row): string {
  if (paper === undefined || ours === undefined || !Number.isFinite(ours)) return '–';
  const difference = ours - paper;
  const sign = difference < 0 ? '−' : '+';
  const size = Math.abs(difference);
  const text = unit === 'percent' ? (100 * size).toFixed(2) : rowText(size, unit);
  return Number(text) === 0 ? '0' : `${sign}${text}`;
}

/** Headings of {@link rowCells}; no line ends before the percent sign. */
export const rowHeadings = ['what', 'measure', 'paper', 'ours', '95\u00a0%', 'difference'];
