import { type Figure, htmlReport, type Report, type Section } from '../report/html-report.ts';
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
    const pieces = [];
    for (const piece of section.pieces ?? []) {
      pieces.push('spec' in piece ? await drawn(piece) : piece);
    }
    sections.push({ ...section, pieces });
  }
  return htmlReport({ ...report, sections });
}

async function drawn({ alt, caption, spec }: Extract<Figure, { spec: unknown }>): Promise<Figure> {
  return { alt, caption, svg: await renderSvg(spec) };
}
