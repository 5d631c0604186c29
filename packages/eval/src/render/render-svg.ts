import type { PlotSpec } from '../plots/plot-spec.ts';

/**
 * Draws a vega-lite specification as SVG text, without a DOM. vega and vega-lite are loaded on the first call.
 * Coordinates are rounded to a hundredth of a pixel, which halves the size of a picture of tracks.
 * In a page it needs no `unsafe-eval` of a content security policy.
 * Rejects with what vega-lite says of a specification it does not understand.
 *
 * @example
 * const svg = await renderSvg(confusionPlot({ confusion: [[8, 2], [1, 9]], classes: ['ND', 'DM'] }));
 */
export async function renderSvg(spec: PlotSpec): Promise<string> {
  const { compile } = await import('vega-lite');
  const vega = await import('vega');
  const logger = vega.logger(vega.Error);
  // A page may forbid making code of text, which asking for would be reported: there vega's expressions are interpreted.
  const expr = inPage() ? (await import('vega-interpreter')).expressionInterpreter : undefined;
  const runtime = vega.parse(compile(spec, { logger }).spec, undefined, {
    ast: expr !== undefined,
  });
  const view = new vega.View(runtime, {
    renderer: 'none',
    logger,
    ...(expr && { expr }),
  });
  try {
    return round(await view.toSVG());
  } finally {
    view.finalize();
  }
}

const inPage = (): boolean =>
  (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node ===
  undefined;

/** Shortens the numbers in what places things: paths and transforms. */
function round(svg: string): string {
  return svg.replace(/ (?:d|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d+(?:e-?\d+)?/g, (number) =>
      String(Math.round(Number(number) * 100) / 100),
    ),
  );
}
