import type { Interval } from '../metrics/wilson-interval.ts';
import { curvesPlot } from '../plots/curves-plot.ts';
import { intervalPlot } from '../plots/interval-plot.ts';
import { precisionRecallPlot } from '../plots/precision-recall-plot.ts';
import type { Comparison } from '../predictions/compare-predictions.ts';
import type { Stratification, Stratum, StratumBin } from '../predictions/stratify.ts';
import { decimal, intervalPercent, intervalText, percent, whole } from './format.ts';
import type { Figure, Section, Table } from './html-report.ts';

const TITLES: Readonly<Record<Stratum, string>> = {
  length: 'length (points)',
  snr: 'signal-to-noise ratio',
  alpha: 'true α',
  model: 'model of motion',
};

/**
 * The sections of a stratified evaluation, one for each kind of strata: accuracy, F1 and error of α against it, and precision
 * against recall with hulls where it is the signal-to-noise ratio or the length.
 *
 * @example
 * const sections = stratifiedSections(comparison, stratify(comparison, reference, { by: ['snr'] }));
 */
export function stratifiedSections(
  comparison: Comparison,
  stratifications: readonly Stratification[],
): Section[] {
  return stratifications
    .filter(({ bins }) => bins.length > 0)
    .map(({ by, bins }) => ({
      heading: `By ${TITLES[by].replace(' (points)', '')}`,
      text: 'Intervals are of 95 %: of the accuracy Wilson’s, of the mean absolute error of a bootstrap over tracks.',
      pieces: [...figures(comparison, by, bins), table(by, bins)],
    }));
}

function figures(
  { classification }: Comparison,
  by: Stratum,
  bins: readonly StratumBin[],
): Figure[] {
  const accuracy = measure(
    bins,
    ({ classes }) => classes && { value: classes.accuracy, ...classes.accuracyInterval },
  );
  const error = measure(
    bins,
    ({ exponents }) => exponents && { value: exponents.mae, ...exponents.maeInterval },
  );
  const found: Figure[] = [];
  for (const [title, points] of [
    ['accuracy (micro F1)', accuracy],
    ['mean absolute error of α', error],
  ] as const) {
    if (points.length === 0) continue;
    const alt = `${title} by ${TITLES[by]}: ${points.map(({ bin, value }) => `${bin.name} ${decimal(value)}`).join(', ')}`;
    const caption = `${title[0].toUpperCase()}${title.slice(1)} by ${TITLES[by]}.`;
    const spec =
      by === 'model'
        ? intervalPlot({
            rows: points.map(({ bin, value, low, high }) => ({
              label: bin.name,
              value,
              interval: [low, high] as const,
            })),
            title,
          })
        : curvesPlot({
            panels: [
              {
                title,
                curves: [
                  {
                    name: title,
                    points: points.map(({ bin, ...point }) => ({ ...point, x: middle(bin) })),
                  },
                ],
              },
            ],
            x: TITLES[by],
            logarithmic: by !== 'alpha',
          });
    found.push({ spec, alt, caption });
  }
  const strata = bins.flatMap(({ name, classes }) =>
    classes ? [{ name, values: classes.perClass }] : [],
  );
  if (classification && strata.length > 0 && (by === 'snr' || by === 'length')) {
    const { classes, metrics } = classification;
    found.push({
      spec: precisionRecallPlot({ classes, overall: metrics.perClass, strata }),
      alt: `Precision against recall of ${classes.join(', ')} for each ${TITLES[by]}`,
      caption: `Precision against recall: dots are all tracks, squares those of one ${TITLES[by]}, named where there is room, with their hull.`,
    });
  }
  return found;
}

interface Measured {
  readonly bin: StratumBin;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const measure = (
  bins: readonly StratumBin[],
  of: (bin: StratumBin) => Omit<Measured, 'bin'> | undefined,
): Measured[] =>
  bins.flatMap((bin) => {
    const value = of(bin);
    return value && Number.isFinite(value.value) ? [{ bin, ...value }] : [];
  });

/** Where a bin stands on an axis; one without end at one and a half times its beginning. */
function middle({ from = 0, to = 0 }: StratumBin): number {
  return to === Infinity ? 1.5 * from : (from + to) / 2;
}

const table = (by: Stratum, bins: readonly StratumBin[]): Table => {
  const ofClasses = bins.some(({ classes }) => classes);
  const ofExponents = bins.some(({ exponents }) => exponents);
  // Tracks of one model are of one class: a mean over what they are mistaken for says nothing.
  const severalClasses = by !== 'model';
  return {
    wide: true,
    columns: [
      TITLES[by],
      'tracks',
      ...(ofClasses ? ['accuracy', '95 %'] : []),
      ...(ofClasses && severalClasses ? ['macro F1'] : []),
      ...(ofExponents ? ['mean absolute error of α', '95 %', 'bias'] : []),
    ],
    rows: bins.map(({ name, classes, exponents }) => [
      name,
      whole((classes ?? exponents)!.count),
      ...(ofClasses
        ? [
            percent(classes?.accuracy ?? Number.NaN),
            intervalPercent(ends(classes?.accuracyInterval), percent),
          ]
        : []),
      ...(ofClasses && severalClasses ? [decimal(classes?.f1.macro ?? Number.NaN)] : []),
      ...(ofExponents
        ? [
            decimal(exponents?.mae ?? Number.NaN),
            intervalText(ends(exponents?.maeInterval), decimal),
            decimal(exponents?.bias ?? Number.NaN),
          ]
        : []),
    ]),
  };
};

const ends = (interval: Interval | undefined) =>
  interval && ([interval.low, interval.high] as const);
