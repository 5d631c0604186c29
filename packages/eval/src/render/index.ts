// Plots and reports, drawn without a page

export { renderReport } from './render-report.ts';
export { renderSvg } from './render-svg.ts';
