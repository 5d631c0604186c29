import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainOf, pageWithTable, trainingTable } from '../scripts/training-table.mjs';

const page = readFileSync(join(import.meta.dirname, 'training.md'), 'utf8');

describe('docs/training.md', () => {
  it('has the table of the recipes and of their results as they are (node scripts/training-table.mjs writes it)', async () => {
    expect(page).toBe(await pageWithTable());
  });

  it('lists every recipe with its result, its time and its command', async () => {
    const results = JSON.parse(
      readFileSync(join(import.meta.dirname, 'training-results.json'), 'utf8'),
    ) as Record<string, { result: string; time: string }>;
    for (const { result, time } of Object.values(results)) {
      expect([typeof result, typeof time]).toEqual(['string', 'string']);
    }
    const rows = (await trainingTable()).split('\n').slice(2);
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) {
      const [, name, what, result, , command] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
      expect(what.length).toBeGreaterThan(20);
      expect(result.length).toBeGreaterThan(0);
      const commands = command.split('<br>');
      expect(commands.at(-1)).toBe(
        `\`diffusion train --recipe ${name.slice(1, -1)} --output ${name.slice(1, -1)}\``,
      );
    }
    expect(await chainOf('andi2020-1d')).toEqual([
      'andi2020-1d-short',
      'andi2020-1d-second',
      'andi2020-1d-third',
      'andi2020-1d-fourth',
      'andi2020-1d',
    ]);
  });
});
