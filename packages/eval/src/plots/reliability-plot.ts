import type { Calibration } from '../metrics/calibration.ts';
import type { Noun } from '../predictions/noun.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/**
 * Reliability diagram: the accuracy of the tracks in each bin of confidence against that confidence, with the
 * diagonal on which a calibrated classifier lies; below it, how many tracks each bin holds.
 *
 * @example
 * reliabilityPlot(calibration({ actual, predicted, probabilities, classes: 4 }))
 */
export function reliabilityPlot({ bins }: Calibration, noun: Noun = 'track'): PlotSpec {
  const values = bins.filter((bin) => bin.count > 0);
  const x = { type: 'quantitative', scale: { domain: [0, 1], nice: false } } as const;
  const axis = { format: '.0%', tickCount: 5 };
  return plotSpec(`Accuracy against confidence, and the number of ${noun}s per confidence`, {
    spacing: 8,
    vconcat: [
      {
        width: 300,
        height: 220,
        layer: [
          {
            data: { values: [{ a: 0 }, { a: 1 }] },
            mark: {
              type: 'line',
              color: 'currentColor',
              opacity: 0.45,
              strokeDash: [4, 4],
              strokeWidth: 1,
            },
            encoding: {
              x: { ...x, field: 'a', axis: { ...axis, title: null } },
              y: { ...x, field: 'a', axis: { ...axis, title: 'accuracy' } },
            },
          },
          {
            data: { values },
            mark: {
              type: 'line',
              color: '#0072b2',
              point: { size: 40, filled: true, color: '#0072b2' },
            },
            encoding: {
              x: { ...x, field: 'confidence' },
              y: { ...x, field: 'accuracy' },
            },
          },
        ],
      },
      {
        width: 300,
        height: 60,
        data: { values },
        mark: { type: 'rect', color: '#0072b2' },
        encoding: {
          x: { ...x, field: 'from', axis: { ...axis, title: 'confidence' } },
          x2: { field: 'to' },
          y2: { datum: 0 },
          y: {
            field: 'count',
            type: 'quantitative',
            title: `${noun}s`,
            axis: { tickCount: 2, tickMinStep: 1, format: ',d' },
          },
        },
      },
    ],
  });
}
