import { compile } from 'vega-lite';
import { renderSvg } from '../render/render-svg.ts';
import type { PlotSpec } from './plot-spec.ts';

/** Draws a specification and insists that vega-lite has nothing to complain about and that every number is one. */
export async function draw(spec: PlotSpec): Promise<string> {
  const said: unknown[] = [];
  const hear = (...what: readonly unknown[]) => {
    said.push(...what);
    return logger;
  };
  const logger = {
    level: () => logger,
    error: hear,
    warn: hear,
    info: () => logger,
    debug: () => logger,
  };
  compile(spec, { logger: logger as never });
  expect(said).toEqual([]);
  const svg = await renderSvg(spec);
  expect(svg).toMatch(/^<svg[^>]* width="[1-9]\d*" height="[1-9]\d*"/);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  return svg;
}

/** The texts of a picture, in its order. */
export function textsOf(svg: string): string[] {
  return Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text]) => text);
}

/** The corners of the lines of one colour, without those of legends: [x, y] per corner, in pixels, y downwards. */
export function linesOf(svg: string, color: string): [number, number][][] {
  const lines = svg
    .split('role-legend')[0]
    .matchAll(/<path[^>]* d="(M[^"]*)"[^>]* stroke="([^"]*)"/g);
  return Array.from(lines)
    .filter(([, , stroke]) => stroke === color)
    .map(([, d]) =>
      d
        .slice(1)
        .split('L')
        .map((pair) => pair.split(',').map(Number) as [number, number]),
    );
}
