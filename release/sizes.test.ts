import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/run.mjs';

/** Bundles the built packages; in a process of its own, outside of Jest's globals. */
const { stdout, stderr } = spawnSync(process.execPath, ['release/sizes.mjs', '--json'], {
  cwd: root,
  encoding: 'utf8',
});
const rows: { name: string; size: number; budget: number }[] = stdout ? JSON.parse(stdout) : [];

describe('what a page loads at first', () => {
  it('is known of every door', () => {
    expect(stderr).toBe('');
    expect(rows.length).toBeGreaterThan(30);
    const { doors, tasks } = JSON.parse(readFileSync(join(root, 'release/sizes.json'), 'utf8'));
    const names = rows.map(({ name }) => name);
    const lines = [...Object.keys(doors), ...Object.keys(tasks)];
    expect(lines.filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(rows)('keeps its budget: $name', ({ size, budget }) => {
    expect(size).toBeGreaterThan(100);
    expect(size).toBeLessThanOrEqual(budget);
  });

  it('is at most 20 kB to simulate', () => {
    expect(rows.find(({ name }) => name === 'simulate tracks')!.budget).toBeLessThanOrEqual(20_000);
  });
});

it('is told in docs/install.md as it is', () => {
  const page = readFileSync(join(root, 'docs/install.md'), 'utf8');
  const [, told] = /<!-- budgets -->\n.*?\|---\|---\|\n(.*?)<!-- end -->/s.exec(page)!;
  const tasks: Record<string, { budget: number }> = JSON.parse(
    readFileSync(join(root, 'release/sizes.json'), 'utf8'),
  ).tasks;
  const lines = Object.entries(tasks).map(([name, { budget }]) => `| ${name} | ${budget} kB |\n`);
  expect(told).toBe(lines.join(''));
});
