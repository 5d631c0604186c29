import { type MsdPlotOptions, msdPlot } from '../plots/msd-plot.ts';
import type { Figure } from './html-report.ts';

/**
 * MSD curves as a figure of a report.
 *
 * @example
 * const figure = msdFigure({ curves: [{ label: 'ND', lag, msd }], positionUnit: 'µm', timeUnit: 's' });
 */
export function msdFigure(options: MsdPlotOptions): Figure {
  const labels = options.curves.map((curve) => curve.label).join(', ');
  return {
    spec: msdPlot(options),
    alt: `Mean squared displacement against lag, both logarithmic, for ${labels}`,
    caption: 'Mean squared displacement. Dashed: MSD ∝ τᵅ with the given exponent.',
  };
}
