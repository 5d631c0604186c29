import { htmlReport, type Report } from '../report/html-report.ts';
import { renderSvg } from './render-svg.ts';

/**
 * Draws every picture of a report that is still a specification, and makes the HTML document.
 *
 * @example
 * const html = await renderReport({ title: 'A classifier', sections: trainingSections({ … }) });
 */
export async function renderReport(report: Report): Promise<string> {
  const sections = await Promise.all(
    report.sections.map(async (section) => ({
      ...section,
      pieces: await Promise.all(
        (section.pieces ?? []).map(async (piece) =>
          'spec' in piece ? { ...piece, svg: await renderSvg(piece.spec) } : piece,
        ),
      ),
    })),
  );
  return htmlReport({ ...report, sections });
}
