import { confusionPlot } from '../plots/confusion-plot.ts';
import { intervalPlot } from '../plots/interval-plot.ts';
import type { MethodComparison } from '../predictions/compare-methods.ts';
import { decimal, digits, intervalPercent, percent, whole } from './format.ts';
import type { Section } from './html-report.ts';

/**
 * The sections of a comparison of methods: what share of the tracks each gives to each class, and every two of them beside each
 * other.
 *
 * @example
 * const html = await renderReport({ title: 'Methods', sections: methodSections(compareMethods(methods)) });
 */
export function methodSections({ classes, methods, pairs, count }: MethodComparison): Section[] {
  return [
    {
      heading: 'What the methods say',
      text: `Shares of the judged tracks of ${whole(count)}, with Wilson’s 95 % intervals.`,
      pieces: [
        {
          columns: ['method', 'judged', ...classes, ...(methods[0].accuracy ? ['accuracy'] : [])],
          rows: methods.map(({ name, judged, shares, accuracy }) => [
            name,
            whole(judged),
            ...shares.map(({ share }) => percent(share)),
            ...(accuracy ? [percent(accuracy.value)] : []),
          ]),
        },
        ...classes.map((label, k) => ({
          spec: intervalPlot({
            rows: methods.map(({ name, shares }) => ({
              label: name,
              value: shares[k].share,
              interval: [shares[k].interval.low, shares[k].interval.high] as const,
            })),
            title: `share of ${label}`,
            domain: [0, 1] as const,
            format: '.0%',
          }),
          alt: `Share of ${label}: ${methods.map(({ name, shares }) => `${name} ${percent(shares[k].share)}`).join(', ')}`,
        })),
      ],
    },
    {
      heading: 'Two by two',
      text: [
        'Agreement is the share of the tracks that both judged and gave the same class; κ is what of it chance would not give.',
        ...(pairs[0].mcnemar
          ? [
              'McNemar’s test asks whether the tracks that one alone got right could fall to either by chance; the difference of the accuracies has the 95 % interval of a paired bootstrap.',
            ]
          : []),
      ],
      pieces: [
        {
          wide: true,
          columns: [
            'first',
            'second',
            'both judged',
            'agreement',
            'κ',
            ...(pairs[0].mcnemar
              ? ['first alone right', 'second alone right', 'McNemar’s p', 'difference', '95 %']
              : []),
          ],
          rows: pairs.map((pair) => [
            pair.first,
            pair.second,
            whole(pair.count),
            percent(pair.agreement),
            decimal(pair.kappa),
            ...(pair.mcnemar
              ? [
                  whole(pair.mcnemar.firstOnly),
                  whole(pair.mcnemar.secondOnly),
                  digits(pair.mcnemar.p),
                  percent(pair.difference?.value ?? Number.NaN),
                  intervalPercent(
                    pair.difference && [
                      pair.difference.interval.low,
                      pair.difference.interval.high,
                    ],
                    percent,
                  ),
                ]
              : []),
          ]),
        },
        ...pairs.map(({ first, second, table }) => ({
          spec: confusionPlot({
            confusion: table,
            classes,
            titles: { rows: first, columns: second },
          }),
          alt: `Tracks by the class of ${first} and of ${second}`,
          caption: `Rows: ${first}. Columns: ${second}.`,
        })),
      ],
    },
  ];
}
