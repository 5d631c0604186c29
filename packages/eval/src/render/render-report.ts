import {
  type Figure,
  htmlReport,
  type Piece,
  type Report,
  type Section,
} from '../report/html-report.ts';
import { renderSvg } from './render-svg.ts';

/**
 * Draws every picture of a report that is still a specification, and makes the HTML document.
 *
 * @example
 * const html = await renderReport({ title: 'A classifier', sections: trainingSections({ … }) });
 */
export async function renderReport(report: Report): Promise<string> {
  const sections: Section[] = [];
  for (const section of report.sections) {
    const pieces: Piece[] = [];
    for (const piece of section.pieces ?? []) pieces.push(await drawn(piece));
    sections.push({ ...section, pieces });
  }
  return htmlReport({ ...report, sections });
}

async function drawn(piece: Piece): Promise<Piece> {
  if ('panels' in piece) {
    const panels: Figure[] = [];
    for (const one of piece.panels) panels.push(await drawnFigure(one));
    return { ...piece, panels };
  }
  return 'rows' in piece ? piece : drawnFigure(piece);
}

async function drawnFigure(figure: Figure): Promise<Figure> {
  if (!('spec' in figure)) return figure;
  const { alt, caption, wide, spec, narrow } = figure;
  return {
    alt,
    caption,
    wide,
    svg: await renderSvg(spec),
    ...(narrow && { narrowSvg: await renderSvg(narrow) }),
  };
}
