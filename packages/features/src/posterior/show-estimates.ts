import type { Tracks } from '@diffusion/tracks';
import { type Cell, factViews, showAs, tableViews } from '@diffusion/tracks/display';
import type { PosteriorEstimate } from './posterior-estimate.ts';

/** What of an estimate is shown. */
interface Shown {
  readonly diffusion: PosteriorEstimate;
  readonly alpha: PosteriorEstimate;
  readonly sigma: PosteriorEstimate;
  readonly speed?: PosteriorEstimate;
  readonly radius?: PosteriorEstimate;
  readonly reason: string;
}

/** Names of what is estimated, as the field writes them. */
const NAMES = { diffusion: 'D', alpha: 'α', sigma: 'σ', speed: 'speed', radius: 'radius' } as const;

type Quantity = keyof typeof NAMES;

type Units = Pick<Tracks, 'positionUnit' | 'timeUnit'>;

/** What a head says a quantity is in; nothing where the positions have no unit. */
const unitOf = (name: Quantity, { positionUnit, timeUnit }: Units): string =>
  positionUnit === '' || name === 'alpha'
    ? ''
    : ` (${positionUnit}${{ diffusion: `²/${timeUnit}^α`, speed: `/${timeUnit}`, sigma: '', radius: '' }[name]})`;

/** Estimates of many tracks that show themselves as a table, with the units of the tracks. */
export const showEstimates = <Estimate extends Shown>(
  estimates: Estimate[],
  // Not the tracks themselves, which the estimates would hold in memory.
  { positionUnit, timeUnit }: Units,
): Estimate[] =>
  showAs(estimates, (all) => {
    // A law of motion says of all tracks or of none that it has a speed or a radius.
    const known = (Object.keys(NAMES) as Quantity[]).filter((name) => all[0]?.[name]);
    const count = all.length;
    return tableViews({
      title: `estimates of ${count} track${count === 1 ? '' : 's'}, with 95 % intervals`,
      names: [
        'track',
        ...known.flatMap((name) => [
          `${NAMES[name]}${unitOf(name, { positionUnit, timeUnit })}`,
          `${NAMES[name]} low`,
          `${NAMES[name]} high`,
        ]),
        'reason',
      ],
      count,
      row: (i) => [
        String(i),
        ...known.flatMap((name): Cell[] => {
          const { value, interval } = all[i][name] ?? {};
          return [value, interval?.[0], interval?.[1]];
        }),
        all[i].reason,
      ],
    });
  });

/** An estimate of one track that shows itself. */
export const showEstimate = <Estimate extends Shown>(estimate: Estimate): Estimate =>
  showAs(estimate, (shown) => {
    const digits = (value: number) =>
      Number.isNaN(value) ? '–' : String(Number(value.toPrecision(4)));
    // Of σ without an exposure the interval is not known.
    const between = (low: number, high: number) =>
      Number.isNaN(low) && Number.isNaN(high) ? '' : ` (${digits(low)} to ${digits(high)})`;
    return factViews('estimate of a track', {
      ...Object.fromEntries(
        (Object.keys(NAMES) as Quantity[]).flatMap((name) => {
          const { value, interval: [low, high] = [] } = shown[name] ?? {};
          return value === undefined || low === undefined || high === undefined
            ? []
            : [[NAMES[name], `${digits(value)}${between(low, high)}`]];
        }),
      ),
      ...(shown.reason !== '' && { reason: shown.reason }),
    });
  });
