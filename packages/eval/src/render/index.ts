export { renderReport } from './render-report.ts';
export { renderSvg } from './render-svg.ts';
