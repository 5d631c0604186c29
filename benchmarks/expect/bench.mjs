// What `expectOn` says against what is counted: on simulated files of which nothing is known, how often recall, precision, shares and
// accuracy lie in their intervals and how often the check and the drift are false alarms; on real files, how often the halves of a
// track agree in class against simulated whole tracks that are then halved; and the time.
//   pnpm bench expect [--files N] [--from I] [--json] [--only unknown,halves,time] [--real FOLDER]
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { useBackend } from '@diffusion/backends';
import { loadPretrained } from '@diffusion/weights';
import { halvesOf } from './halves.mjs';
import { timeOf } from './time.mjs';
import { unknownRow, unknownScores } from './unknown-files.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100' },
    from: { type: 'string', default: '0' },
    only: { type: 'string', default: 'unknown,halves,time' },
    real: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const { name } = await useBackend('wasm', { wide: true });
const model = await loadPretrained('motion-2d');
const only = values.only.split(',');
const tell = (text) => process.stderr.write(`bench expect: ${text}\n`);
const result = { model: 'motion-2d', node: process.version, backend: name };

if (only.includes('unknown')) {
  const [from, files] = [Number(values.from), Number(values.files)];
  const rows = [];
  for (let i = from; i < from + files; i++) {
    rows.push(await unknownRow(model, i));
    tell(`file ${i + 1}: ${JSON.stringify(unknownScores(rows).all)}`);
  }
  result.unknown = unknownScores(rows);
}
if (only.includes('halves')) {
  const own = new URL('../../fixtures/real', import.meta.url).pathname;
  const found = [own, ...(values.real ? [values.real] : [])].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.csv(\.gz)?$/.test(file))
      .map((file) => join(folder, file)),
  );
  result.halves = [];
  for (const file of found) {
    const row = await halvesOf(model, file);
    if (!row) continue;
    tell(JSON.stringify(row));
    result.halves.push(row);
  }
}
if (only.includes('time')) result.time = await timeOf(model);
if (values.json) process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
else {
  for (const [section, found] of Object.entries(result)) {
    if (Array.isArray(found)) console.table(found);
    else if (typeof found === 'object')
      console.table(Object.hasOwn(found, 'all') ? found : [found]);
    else console.log(`${section}: ${found}`);
  }
}
