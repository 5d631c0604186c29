import { binPlot } from '../plots/bin-plot.ts';
import { exponentPlot } from '../plots/exponent-plot.ts';
import type { ClassComparison, Comparison } from '../predictions/compare-predictions.ts';
import { counted, decimal, percent, whole } from './format.ts';
import type { Figure, Section, Table } from './html-report.ts';
import { classificationSection, regressionTable } from './metric-sections.ts';

/**
 * The report of a comparison of predictions with the truth: the metrics and their pictures, how they depend on length
 * and exponent, and why tracks were not judged.
 *
 * @example
 * const html = await renderReport({ title: 'Evaluation', sections: evaluationSections(comparison) });
 */
export function evaluationSections({
  noun = 'track',
  classification,
  exponents,
  reasons,
}: Comparison): Section[] {
  const sections: Section[] = [];
  if (classification) {
    const { metrics, calibration, byLength } = classification;
    const section = classificationSection({ heading: 'Classes', metrics, calibration, noun });
    const more: (Figure | Table)[] = byLength
      ? [
          {
            spec: binPlot({
              bins: byLength.map(({ from, to, accuracy }) => ({ from, to, value: accuracy })),
              x: 'length (points)',
              y: 'accuracy',
              logarithmic: true,
            }),
            alt: `Accuracy by length: ${byLength.map((bin) => `from ${bin.from} points ${percent(bin.accuracy)}`).join(', ')}`,
            caption: 'Accuracy of judged tracks by length.',
          },
          ...(metrics.sets ? [setsByLength(byLength)] : []),
        ]
      : [];
    sections.push({ ...section, pieces: [...(section.pieces ?? []), ...more] });
  }
  if (exponents) {
    const { actual, predicted, metrics, spread, byExponent, byLength } = exponents;
    const error = (bins: typeof byExponent, x: string, logarithmic: boolean): Figure => ({
      spec: binPlot({
        bins: bins.map(({ from, to, mae }) => ({ from, to, value: mae })),
        x,
        y: 'mean absolute error of α',
        logarithmic,
      }),
      alt: `Mean absolute error by ${x}: ${bins.map((bin) => `from ${bin.from} ${decimal(bin.mae)}`).join(', ')}`,
      caption: `Mean absolute error by ${x}.`,
    });
    sections.push({
      heading: 'Exponents',
      text: [
        `The mean absolute error of α is ${decimal(metrics.mae)} over ${counted(metrics.count - metrics.unjudged, 'judged track')}.`,
        ...(spread
          ? [
              `The true α is within one predicted standard deviation for ${percent(spread.withinOne)} of ${counted(spread.count, 'track')}, and within two for ${percent(spread.withinTwo)}; with normal errors it would be for 68.3 and 95.4 %. The mean of these deviations is ${decimal(spread.mean)}.`,
            ]
          : []),
      ],
      pieces: [
        {
          spec: exponentPlot({ actual, predicted }),
          alt: `Predicted against true α. Mean absolute error ${decimal(metrics.mae)}, bias ${decimal(metrics.bias)}`,
          caption: 'The darker, the more tracks; on the dashed line the prediction is perfect.',
        },
        regressionTable(metrics),
        error(byExponent, 'true α', false),
        ...(byLength ? [error(byLength, 'length (points)', true)] : []),
      ],
    });
  }
  if (reasons.length > 0) {
    sections.push({
      heading: `Why ${noun}s were not judged, or only with doubt`,
      pieces: [
        {
          columns: ['reason', `${noun}s`],
          rows: reasons.map(({ reason, count }) => [reason, whole(count)]),
        },
      ],
    });
  }
  return sections;
}

/** Coverage and size of sets by length. */
const setsByLength = (bins: NonNullable<ClassComparison['byLength']>): Table => ({
  caption: 'Sets by length',
  columns: ['from (points)', 'tracks', 'coverage', 'classes per set'],
  rows: bins.map(({ from, count, setCoverage = Number.NaN, meanSetSize = Number.NaN }) => [
    whole(from),
    whole(count),
    percent(setCoverage),
    decimal(meanSetSize, 2),
  ]),
});
