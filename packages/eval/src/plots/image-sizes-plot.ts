import { EvaluationError } from '../errors.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { classScale, legendColumns } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** Sizes of labelled images, or of the objects in them. */
export interface ImageSizes {
  /** In pixels, one per image. */
  readonly widths: ArrayLike<number>;
  readonly heights: ArrayLike<number>;
  /** Class of each, an index into `classes`. */
  readonly codes: ArrayLike<number>;
  readonly classes: readonly string[];
}

/** What {@link imageSizesPlot} draws. */
export interface ImageSizesPlotOptions extends ImageSizes {
  /** At most so many points of a class, evenly chosen; 1,500 when absent. */
  readonly maxPoints?: number;
}

const OPTIONS: PlotOptionNames<ImageSizesPlotOptions> = {
  widths: true,
  heights: true,
  codes: true,
  classes: true,
  maxPoints: false,
};

/**
 * Height against width of images in the colours of their classes, the largest class at the bottom: whether size alone tells
 * classes apart (Gryshkevych 2016, figure 3).
 *
 * Throws {@link EvaluationError} when there is no image, lengths differ or a code is of no class.
 *
 * @example
 * imageSizesPlot({ widths: [61, 120], heights: [60, 124], codes: [0, 1], classes: ['unilamellar', 'multilamellar'] })
 */
export function imageSizesPlot(options: ImageSizesPlotOptions): PlotSpec {
  checkPlotOptions('imageSizesPlot', options, OPTIONS);
  const { maxPoints = 1500, ...sizes } = options;
  const { widths, heights, classes } = sizes;
  const members = checkSizes(sizes);
  const largestFirst = [...members.entries()].sort(([, a], [, b]) => b.length - a.length);
  const values = largestFirst.flatMap(([code, own]) => {
    const count = Math.min(own.length, maxPoints);
    return Array.from({ length: count }, (_, k) => {
      const i = own[Math.floor((k * own.length) / count)];
      return { width: widths[i], height: heights[i], label: classes[code] };
    });
  });
  const axis = { tickCount: 5 };
  const scale = { zero: false };
  return plotSpec('Height of images against their width, by class', {
    width: 300,
    height: 300,
    data: { values },
    mark: { type: 'point', size: 14, opacity: 0.65, strokeWidth: 1.2, aria: false },
    encoding: {
      x: { field: 'width', type: 'quantitative', title: 'width (pixels)', axis, scale },
      y: { field: 'height', type: 'quantitative', title: 'height (pixels)', axis, scale },
      color: {
        field: 'label',
        type: 'nominal',
        scale: classScale(classes),
        legend: { title: null, columns: legendColumns(classes), symbolOpacity: 1 },
      },
    },
  });
}

/** What {@link sizeDistributionPlot} draws. */
export interface SizeDistributionPlotOptions extends ImageSizes {
  /** Number of bins; 20 when absent. */
  readonly bins?: number;
}

const DISTRIBUTION_OPTIONS: PlotOptionNames<SizeDistributionPlotOptions> = {
  widths: true,
  heights: true,
  codes: true,
  classes: true,
  bins: false,
};

/**
 * Share of the images of each class by their size, the square root of height × width, one class below the other (Gryshkevych
 * 2016, figure 4).
 *
 * Throws {@link EvaluationError} as {@link imageSizesPlot} does.
 */
export function sizeDistributionPlot(options: SizeDistributionPlotOptions): PlotSpec {
  checkPlotOptions('sizeDistributionPlot', options, DISTRIBUTION_OPTIONS);
  const { bins = 20, ...sizes } = options;
  const { widths, heights, classes } = sizes;
  const members = checkSizes(sizes);
  const sizeOf = (i: number): number => Math.sqrt(widths[i] * heights[i]);
  const all = members.flat().map(sizeOf);
  const least = all.reduce((a, b) => Math.min(a, b));
  const most = all.reduce((a, b) => Math.max(a, b));
  const step = (most - least) / bins || 1;
  const values = members.flatMap((own, code) => {
    const counts = new Float64Array(bins);
    for (const i of own) counts[Math.min(bins - 1, Math.floor((sizeOf(i) - least) / step))]++;
    return Array.from(counts, (count, bin) => ({
      label: `${classes[code]} (${own.length.toLocaleString('en')})`,
      from: least + bin * step,
      to: least + (bin + 1) * step,
      share: own.length > 0 ? count / own.length : 0,
      class: classes[code],
    }));
  });
  const labels = [...new Set(values.map(({ label }) => label))];
  return plotSpec('Share of the images of each class by their size', {
    data: { values },
    facet: {
      row: {
        field: 'label',
        type: 'nominal',
        sort: labels,
        title: null,
        header: {
          labelAngle: 0,
          labelOrient: 'top',
          labelAnchor: 'start',
          labelColor: 'currentColor',
          labelFontSize: 12,
        },
      },
    },
    spacing: 8,
    spec: {
      width: 300,
      height: 70,
      mark: { type: 'bar', binSpacing: 1, aria: false },
      encoding: {
        x: {
          field: 'from',
          type: 'quantitative',
          bin: { binned: true },
          title: '√(height × width) (pixels)',
          axis: { tickCount: 6 },
          scale: { zero: false, nice: false, domain: [least, least + bins * step] },
        },
        x2: { field: 'to' },
        y: {
          field: 'share',
          type: 'quantitative',
          title: 'share',
          axis: { tickCount: 3, format: '%' },
        },
        color: { field: 'class', type: 'nominal', scale: classScale(classes), legend: null },
      },
    },
  });
}

/** The images of each class. Throws {@link EvaluationError} for sizes that do not fit each other. */
function checkSizes({ widths, heights, codes, classes }: ImageSizes): number[][] {
  if (codes.length === 0) throw new EvaluationError('codes is empty: expected at least one image');
  for (const [name, values] of Object.entries({ widths, heights })) {
    if (values.length === codes.length) continue;
    throw new EvaluationError(
      `${name} has ${values.length} numbers: expected one per code, ${codes.length}`,
    );
  }
  const members: number[][] = classes.map(() => []);
  for (let i = 0; i < codes.length; i++) {
    const own = members[codes[i]];
    if (!own) {
      throw new EvaluationError(
        `codes[${i}] is ${codes[i]}: expected a class code, 0 to ${classes.length - 1}`,
      );
    }
    for (const [name, values] of Object.entries({ widths, heights })) {
      if (values[i] > 0 && values[i] < Infinity) continue;
      throw new EvaluationError(`${name}[${i}] is ${values[i]}: expected a size in pixels above 0`);
    }
    own.push(i);
  }
  return members;
}
