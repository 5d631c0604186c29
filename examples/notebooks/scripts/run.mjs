import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { renderSvg } from '@diffusion/eval/render';
import { executeNotebooks, here, notebookNames } from './execute.mjs';

/**
 * Runs the notebooks, or those that are named, and keeps in them what they put out:
 *   node scripts/run.mjs [NAME …]
 * A plot is kept as SVG: vega-lite is drawn by JupyterLab and VS Code, SVG by everything that shows a notebook.
 */
const jupyter = process.env.DIFFUSION_JUPYTER ?? join(homedir(), '.cache/diffusion-bench/jupyter');
const chosen = process.argv.length > 2 ? process.argv.slice(2) : notebookNames;
const fileOf = (name) => join(here, `${name}.ipynb`);

const done = executeNotebooks(
  Object.fromEntries(chosen.map((name) => [name, JSON.parse(readFileSync(fileOf(name), 'utf8'))])),
  jupyter,
);
for (const [name, notebook] of Object.entries(done)) {
  let counted = 0;
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'code') continue;
    cell.metadata = {};
    cell.execution_count = ++counted;
    for (const output of cell.outputs) {
      if (output.output_type === 'error') throw new Error(`${name}: ${output.evalue}`);
      if (output.output_type === 'stream') continue;
      if ('execution_count' in output) output.execution_count = counted;
      const { 'application/vnd.vegalite.v5+json': plot, ...data } = output.data;
      if (plot) output.data = { 'image/svg+xml': compact(await renderSvg(plot)), ...data };
    }
  }
  writeFileSync(fileOf(name), `${JSON.stringify(notebook, null, 1)}\n`);
}

/** The same picture in fewer bytes, light or dark as the page is: the font is said once, and nothing is said that holds anyway. */
function compact(svg) {
  const font = /font-family="([^"]*)"/.exec(svg)?.[1].replaceAll('&quot;', '"') ?? 'sans-serif';
  const style = [
    '.marks{color:#1c1e21;background:#fff}',
    '@media (prefers-color-scheme:dark){.marks{color:#e4e6ea;background:#16181c}}',
    `.marks text{font-family:${font}}`,
  ].join('');
  return svg
    .replaceAll(/ font-family="[^"]*"/g, '')
    .replace('>', `><style>${style}</style>`)
    .replaceAll(/<path [^>]*? d="(?:M0,0h0v0h0Z)?"[^>]*\/>/g, '')
    .replaceAll(/ (?:pointer-events="none"|opacity="1"|stroke-width="1"|aria-hidden="true")/g, '')
    .replaceAll(/( (?:x2|y2|stroke-width)="-?\d+\.\d{2})\d+"/g, '$1"')
    .replaceAll(/ (?:x2|y2)="-?0(?:\.00)?"/g, '');
}
