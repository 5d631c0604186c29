import { EvaluationError } from '../errors.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { extent } from './extent.ts';
import { classScale, legendColumns, UNJUDGED_COLOR } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link embeddingPlot} draws. */
export interface EmbeddingPlotOptions {
  /** Rows × 2, as `embed` of `@diffusion/eval/explain` gives them. */
  readonly places: ArrayLike<number>;
  /** What the colours are: a class per row, −1 for one without … */
  readonly codes?: ArrayLike<number>;
  readonly classes?: readonly string[];
  /** … or a number per row, NaN where there is none, and what it is. */
  readonly values?: ArrayLike<number>;
  readonly name?: string;
  /** Whether the colours of numbers go by their logarithms: false when absent. */
  readonly logarithmic?: boolean;
  readonly title?: string;
  /** Width and height in pixels, 260 when absent. */
  readonly size?: number;
}

const OPTIONS: PlotOptionNames<EmbeddingPlotOptions> = {
  places: true,
  codes: false,
  classes: false,
  values: false,
  name: false,
  logarithmic: false,
  title: false,
  size: false,
};

/**
 * Vectors of tracks in two dimensions, a dot each, coloured by class or by a number, grey where there is none. The axes mean nothing, so there are none.
 *
 * Throws {@link EvaluationError} unless there is a colour per row.
 *
 * @example
 * const spec = embeddingPlot({ places, codes, classes: ['ND', 'DM', 'CD', 'FBM'] });
 */
export function embeddingPlot(options: EmbeddingPlotOptions): PlotSpec {
  checkPlotOptions('embeddingPlot', options, OPTIONS, true);
  const { places, codes, classes = [], values, name = '', title, size = 260 } = options;
  const count = places.length / 2;
  const colours = codes ?? values;
  if (colours?.length !== count) {
    throw new EvaluationError(
      `${codes ? 'codes' : 'values'} has ${colours?.length ?? 'no'} rows: expected one per place, ${count}`,
    );
  }
  const rows = Array.from({ length: count }, (_, i) => ({
    x: places[2 * i],
    y: places[2 * i + 1],
    label: codes ? (codes[i] < 0 ? 'unjudged' : classes[codes[i]]) : '',
    value: values && Number.isFinite(values[i]) ? values[i] : null,
  }));
  const names = classes.filter((_, k) => Array.prototype.includes.call(codes ?? [], k));
  const scale = classScale(classes, ['unjudged']);
  const shown = [...names, ...(Array.prototype.includes.call(codes ?? [], -1) ? ['unjudged'] : [])];
  const place = (field: 'x' | 'y') => {
    const { from, to } = extent(rows.map((row) => row[field]));
    const margin = 0.04 * (to - from) || 1;
    const domain = [from - margin, to + margin];
    return { field, type: 'quantitative', axis: null, scale: { domain, nice: false, zero: false } };
  };
  const color = codes
    ? {
        field: 'label',
        type: 'nominal',
        title: null,
        scale: {
          domain: shown,
          range: shown.map((each) => scale.range[scale.domain.indexOf(each)]),
        },
        legend: { columns: legendColumns(shown, size) },
      }
    : {
        field: 'value',
        type: 'quantitative',
        title: name,
        scale: { type: options.logarithmic ? 'log' : 'linear', range: RISING },
        legend: { gradientLength: Math.min(180, size), tickCount: 4 },
      };
  const encoding = { x: place('x'), y: place('y') };
  const mark = { type: 'circle', size: 16, opacity: 0.75, aria: false };
  const known = rows.filter((row) => codes || row.value !== null);
  return plotSpec(`${count} tracks as a network sees them`, {
    width: size,
    height: size,
    ...(title !== undefined && { title }),
    layer: [
      {
        data: { values: rows.filter((row) => !codes && row.value === null) },
        mark: { ...mark, color: UNJUDGED_COLOR },
        encoding,
      },
      { data: { values: known }, mark, encoding: { ...encoding, color } },
    ],
  });
}

/** Numbers from low to high: none of them vanishes on white or on dark paper. */
const RISING = ['#2166ac', '#3fa39a', '#e69f00'];
