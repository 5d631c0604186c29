// Stands in for the command: counts how often it is called, and prints the sum of its numbers.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [name, output, calls, ...numbers] = process.argv.slice(2).filter((one) => one !== '--json');
appendFileSync(calls, `${name}\n`);
if (name === 'fails' && !existsSync(`${calls}.mended`)) {
  process.stderr.write('diffusion: there is no disk\n');
  process.exit(2);
}
const values = numbers.map((one) =>
  existsSync(one) ? Number(readFileSync(join(one, 'sum'), 'utf8')) : Number(one),
);
const sum = values.reduce((a, b) => a + b, 0);
writeFileSync(join(output, 'sum'), String(sum));
process.stdout.write(JSON.stringify({ sum }));
