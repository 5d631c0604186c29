import type { ClassShare, Shares, SharesTable } from '@diffusion/eval';
import { counted, table } from './print.ts';

/** What `diffusion shares` found. */
export interface FoundShares extends SharesTable {
  readonly like: Readonly<Record<string, Shares>>;
  /** Why there are none corrected by tracks of a kind. */
  readonly missing: Readonly<Record<string, string>>;
}

const PER = {
  perParticle: 'particle',
  perLocalisation: 'localisation',
  withLosses: 'particle in focus',
} as const;

const percent = (share: number): string => (100 * share).toFixed(1);

const cell = ({ share, interval }: ClassShare): string =>
  Number.isNaN(share)
    ? '–'
    : interval
      ? `${percent(share)} (${percent(interval[0])} – ${percent(interval[1])})`
      : percent(share);

/** Shares for a terminal, in percent. */
export function sharesLines({ like, missing, conditions }: FoundShares): string[] {
  const lines: string[] = [];
  for (const [name, shares] of Object.entries(like)) {
    const { tracks, refused, expectedRefused, simulated } = shares;
    lines.push(
      `${counted(tracks, 'track')}, corrected by ${simulated} simulated ones ${LIKE[name]}; ${refused} refused, ${expectedRefused.toFixed(0)} expected`,
      ...table([
        ['% of', ...present(shares).map((key) => `all ${PER[key].replace(/^\S+/, '$&s')}`)],
        ...shares.perParticle.map(({ name: of }, k) => [
          `  ${of}`,
          ...present(shares).map((key) => cell(shares[key]![k])),
        ]),
      ]),
      '',
    );
  }
  for (const [name, reason] of Object.entries(missing)) {
    lines.push(`not corrected by tracks ${LIKE[name]}: ${reason}`, '');
  }
  for (const { name, units, shares } of conditions?.conditions ?? []) {
    lines.push(
      `${name}: ${counted(shares.tracks, 'track')} of ${units}${because(shares.perParticle)}`,
      ...table(shares.perParticle.map((share) => [`  ${share.name}`, cell(share)])),
      '',
    );
  }
  for (const { from, to, perParticle } of conditions?.differences ?? []) {
    const rows = perParticle.map(({ name, difference, interval }) => [
      `  ${name}`,
      cell({ name, share: difference, interval }),
    ]);
    lines.push(`${to} less ${from}${because(perParticle)}`, ...table(rows), '');
  }
  return lines.slice(0, -1);
}

const LIKE: Readonly<Record<string, string>> = {
  file: 'like those of the file',
  training: 'of the training of the model',
};

const present = (shares: Shares) =>
  (Object.keys(PER) as (keyof typeof PER)[]).filter((key) => shares[key]);

/** Why there are no intervals, where that is so for all classes. */
function because(shares: readonly { interval?: unknown; reason?: string }[]): string {
  const { reason } = shares[0] ?? {};
  return reason && shares.every((share) => !share.interval) ? `; no intervals: ${reason}` : '';
}
