import { showAs } from '@diffusion/tracks/display';
import type { TopLevelSpec } from 'vega-lite';

/** A picture as vega-lite JSON: draw it with `renderSvg`, or hand it to any notebook that knows vega-lite. */
export type PlotSpec = TopLevelSpec;

const SOFT = 0.25;

/**
 * Text and axes take the colour of the text around the picture (`currentColor`), and the paper shows through, so
 * that one SVG is right on light and on dark pages.
 */
const theme = {
  background: 'transparent',
  font: 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif',
  view: { stroke: 'currentColor', strokeOpacity: SOFT },
  axis: {
    labelColor: 'currentColor',
    titleColor: 'currentColor',
    tickColor: 'currentColor',
    domainColor: 'currentColor',
    gridColor: 'currentColor',
    gridOpacity: 0.12,
    tickOpacity: 0.5,
    domainOpacity: 0.5,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 6,
  },
  legend: {
    labelColor: 'currentColor',
    titleColor: 'currentColor',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    orient: 'bottom',
    symbolStrokeWidth: 2.5,
    labelLimit: 260,
  },
  title: { color: 'currentColor', fontSize: 12, fontWeight: 'normal', anchor: 'start', offset: 6 },
  text: { color: 'currentColor', fontSize: 11 },
  concat: { spacing: 14 },
} as const;

/** Makes a part a whole: schema, theme, what the picture is for those who cannot see it; and it shows itself in a notebook. */
export function plotSpec(description: string, spec: object): PlotSpec {
  const plot = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    padding: 4,
    config: theme,
    ...spec,
  } as PlotSpec;
  return showAs(plot, (shown) => ({
    text: `plot (vega-lite): ${description}`,
    vegaLite: { ...shown, ...forNotebooks },
  }));
}

/**
 * What notebooks draw is version 5, which knows all that is used here. In SVG text has the colour of the page, light or dark.
 */
const forNotebooks = {
  $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
  usermeta: { embedOptions: { renderer: 'svg', actions: false } },
};
