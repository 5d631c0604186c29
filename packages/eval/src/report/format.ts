/** A share as a percentage with one decimal, '–' where it is undefined. */
export function percent(share: number, digits = 1): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(digits)}\u00a0%` : '–';
}

/** A number with so many decimals, '–' where it is undefined. */
export function decimal(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A number with two digits that count, as people write it: 0.012, 340, 1.2 × 10⁻⁷; '–' where it is undefined. */
export function digits(value: number, count = 2): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(count));
  const exponent = Math.floor(Math.log10(Math.abs(rounded)));
  const sign = value < 0 ? '−' : '';
  if (exponent < -4 || exponent > 5) {
    const raised = String(exponent).replace(/[-\d]/g, (one) =>
      one === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(one)],
    );
    return `${sign}${Math.abs(rounded / 10 ** exponent).toFixed(count - 1)} × 10${raised}`;
  }
  return `${sign}${Math.abs(rounded).toFixed(Math.max(0, count - 1 - exponent))}`;
}

/** An interval in words, `0.2 to 0.4`, each end as `text` writes it; '–' where there is none. */
export function intervalText(
  interval: readonly [low: number, high: number] | undefined,
  text: (end: number) => string,
): string {
  if (!interval?.every(Number.isFinite)) return '–';
  return `${text(interval[0])} to ${text(interval[1])}`;
}

/** A share with an interval about it: no more digits than it can have, 5.3 % and 43 %. */
export const sharePercent = (share: number): string =>
  percent(share, Math.abs(share) < 0.0995 && Math.abs(share) >= 0.0005 ? 1 : 0);

/** A share and its interval, `43 % (32 to 55 %)`: no decimal where the interval is wider than ten points of percent. */
export function shareWithInterval(
  share: number,
  interval: readonly [low: number, high: number] | undefined,
): string {
  if (!interval?.every(Number.isFinite)) return sharePercent(share);
  const wide = interval[1] - interval[0] > 0.1;
  return `${wide ? percent(share, 0) : sharePercent(share)} (${intervalPercent(interval)})`;
}

/** The interval of a share, `3.2 to 12 %`, each end as `text` writes it; '–' where there is none. */
export const intervalPercent = (
  interval: readonly [low: number, high: number] | undefined,
  text: (end: number) => string = sharePercent,
) => intervalText(interval, text).replace('\u00a0% to ', ' to ');

/** A count with thin separators: 12,368. */
export function whole(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US', { maximumFractionDigits: 1 }) : '–';
}

/** `1 track`, `2 tracks`. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
}
