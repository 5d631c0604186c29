/** The style sheet of a report: readable on a desk, on a telephone, at night and on paper. */
export const style = `
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #5c6370; --paper: #fff; --line: #d9dce1; --band: #f5f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e6ea; --soft: #a3a9b5; --paper: #16181c; --line: #353a42; --band: #1e2126; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1, h2 { overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
p { max-width: 50rem; margin: 0 0 .75rem; overflow-wrap: anywhere; }
.pieces { columns: 2 20rem; column-gap: 2.5rem; margin: 1rem 0; }
.pieces > * { break-inside: avoid; margin-bottom: 1.25rem; }
.pieces th, .pieces td { padding: .3rem .5rem; }
.whole { margin: 1rem 0; }
.whole > figure > div, .whole > figure > figcaption { max-width: 46rem; margin-inline: auto; }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem 2.5rem; margin: .5rem 0 1rem; }
.beside > * { min-width: 0; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .75rem 1rem; margin: 1rem 0 .5rem; }
figure { margin: 0; max-width: 100%; break-inside: avoid; }
figure > div { margin-inline: auto; }
figure svg { display: block; width: 100%; height: auto; }
.panels figcaption { text-align: center; margin-top: 0; white-space: pre-line; }
figcaption, .caption { color: var(--soft); font-size: .85rem; line-height: 1.35; margin-top: .25rem; }
.narrow { display: none; }
@media (max-width: 40rem) {
  .broad { display: none; }
  .narrow { display: block; }
  .table table { font-size: .82rem; }
  .table th, .table td { padding: .3rem .35rem; }
  .dense table { font-size: .76rem; }
  .dense th, .dense td { padding: .3rem .2rem; }
}
.table { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; break-inside: avoid; }
caption { text-align: left; color: var(--soft); font-size: .85rem; padding-bottom: .35rem; }
th, td { padding: .3rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; vertical-align: bottom; background: var(--band); }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
td { overflow-wrap: break-word; }
td.number, .together, .option { white-space: nowrap; }
@media (max-width: 40rem) {
  .together { display: inline-block; white-space: normal; }
}
@media print {
  @page { margin: 14mm; }
  :root { color-scheme: light; --ink: #000; --soft: #444; --paper: #fff; --line: #bbb; --band: #fff; }
  html { font-size: 12px; }
  body { font-size: 1rem; }
  .broad { display: block; }
  .narrow { display: none; }
  .pieces { columns: 2 14rem; }
  .beside { grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); }
  .panels { grid-template-columns: repeat(5, 1fr); }
  .broad svg { max-height: 11cm; }
  .table th, .table td { padding: .2rem .5rem; }
  tr, p { break-inside: avoid; }
  main { max-width: none; padding: 0; }
  h2, p:has(+ .whole) { break-after: avoid; }
}
`;
