import { csvRow } from '@diffusion/tracks';
import type { Shares } from './class-shares.ts';
import type { Conditions } from './compare-conditions.ts';

/** Of what the shares are. */
type Kind = 'perParticle' | 'perLocalisation' | 'withLosses';

/** Shares of the classes of a file, and how conditions differ. */
export interface SharesTable {
  /** By what they were corrected: `file`, tracks like those of the file, or `training`, those of the training of the model. */
  readonly like: Readonly<Record<string, Pick<Shares, Kind>>>;
  readonly conditions?: Conditions;
}

const PER: Readonly<Record<Kind, string>> = {
  perParticle: 'particle',
  perLocalisation: 'localisation',
  withLosses: 'particle in focus',
};

/** Four digits are more than a share has. */
const short = (value: number): number => Number(value.toPrecision(4));

const COLUMNS = ['condition', 'like', 'per', 'class', 'share', 'low', 'high', 'reason'];

/**
 * Shares as rows of CSV, header first: `condition,like,per,class,share,low,high,reason`, a row per condition, simulation, kind of share and
 * class. Those of the whole file have no condition; of differences it is `A to B`.
 *
 * @example
 * const rows = [...sharesRows({ like: { file: classShares(judged, simulated) } })];
 */
export function* sharesRows(found: SharesTable): Generator<string> {
  yield csvRow(COLUMNS);
  for (const [like, shares] of Object.entries(found.like)) yield* rowsOf('', like, shares);
  for (const { name, shares } of found.conditions?.conditions ?? []) {
    yield* rowsOf(name, 'file', shares);
  }
  for (const { from, to, perParticle } of found.conditions?.differences ?? []) {
    for (const { name, difference, interval, reason } of perParticle) {
      const ends = interval ?? [Number.NaN, Number.NaN];
      yield csvRow([
        `${from} to ${to}`,
        'file',
        'particle',
        name,
        difference,
        ...ends,
        reason ?? '',
      ]);
    }
  }
}

function* rowsOf(condition: string, like: string, shares: Pick<Shares, Kind>): Generator<string> {
  for (const [key, per] of Object.entries(PER)) {
    for (const { name, share, interval, reason } of shares[key as Kind] ?? []) {
      const ends = interval ?? [Number.NaN, Number.NaN];
      yield csvRow([condition, like, per, name, ...[share, ...ends].map(short), reason ?? '']);
    }
  }
}
