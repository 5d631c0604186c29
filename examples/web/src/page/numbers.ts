/** A number with two digits that count, as the report writes it; an empty text where there is none. */
export function digits(value: number, count = 2): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent < -4 || exponent > 5) return value.toExponential(count - 1).replace('-', '−');
  return value.toFixed(Math.max(0, count - 1 - exponent)).replace('-', '−');
}

export const whole = (value: number): string => value.toLocaleString('en-US');

export const percent = (share: number): string =>
  Number.isFinite(share)
    ? `${(100 * share).toFixed(share < 0.0995 && share >= 0.0005 ? 1 : 0)} %`
    : '–';

/** Bytes for people. */
export const bytes = (count: number): string =>
  count < 1e6
    ? `${Math.ceil(count / 1e3)} kB`
    : count < 1e9
      ? `${(count / 1e6).toFixed(1)} MB`
      : `${(count / 1e9).toFixed(1)} GB`;

/** A count with its noun: 1 track, 2 tracks. */
export const counted = (count: number, noun: string): string =>
  `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
