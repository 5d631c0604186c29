// A report that takes the place of another, for scripts/faults.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderReport } from '@diffusion/eval/render';
import { writeAtomically } from '@diffusion/tracks/node';

const path = (folder) => join(folder, 'report.html');
const section = { heading: 'Tracks', text: 'whatever stands there '.repeat(9999) };

const save = async (folder, title) =>
  writeAtomically(path(folder), await renderReport({ title, sections: [section] }));

export const prepare = (folder) => save(folder, 'old');
export const act = (folder) => save(folder, 'new');

export async function state(folder) {
  const html = await readFile(path(folder), 'utf8');
  const whole = /<title>(\w+)<\/title>/.exec(html);
  return /<\/html>\s*$/.test(html) ? whole?.[1] : `${html.length} characters of a report`;
}
