import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/run.mjs';
import { brought, isPermissive, START, table } from './licences.mjs';

describe('licences', () => {
  it('of all that is installed with a package are permissive', () => {
    const all = brought();
    expect(all.length).toBeGreaterThan(80);
    const others = all.filter(({ license }) => !isPermissive(String(license)));
    expect(others).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['Apache-2.0 AND MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND GPL-3.0', false],
    ['LGPL-2.1', false],
    ['undefined', false],
  ])('%s: permissive %s', (expression, wanted) => {
    expect(isPermissive(expression)).toBe(wanted);
  });

  it('are listed in docs/licences.md (node release/licences.mjs)', () => {
    const [, listed] = readFileSync(join(root, 'docs/licences.md'), 'utf8').split(START);
    expect(listed.trim()).toBe(table().trim());
  });
});
