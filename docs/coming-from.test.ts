import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The guides for people who come from other software: what is "ours" in their tables is there. A name that is called, or that stands alone
 * and begins like one, is exported by some door; a feature is in the catalogue. Commands are those of commands.test.ts.
 */
const here = import.meta.dirname;
const root = join(here, '..');
const guides = readdirSync(here).filter((name) => /^from-.*\.md$/.test(name));

/** Every name that a door of a package gives away. */
async function exportedNames(): Promise<Set<string>> {
  const names = new Set<string>();
  for (const name of readdirSync(join(root, 'packages'))) {
    const manifest = join(root, 'packages', name, 'package.json');
    if (!existsSync(manifest)) continue;
    const { exports = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
    for (const [door, { default: file }] of Object.entries<{ default?: string }>(exports)) {
      if (!file?.endsWith('.js') || door.endsWith('worker')) continue;
      for (const each of Object.keys(await import(join(root, 'packages', name, file))))
        names.add(each);
    }
  }
  return names;
}

/** The code in the last cell of each row of the tables of a page. */
function ours(page: string): string[] {
  return readFileSync(join(here, page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => {
      const cells = line.split(/(?<!\\)\|/);
      return [...cells[cells.length - 2].matchAll(/`([^`]+)`/g)].map(([, code]) => code);
    });
}

describe('the guides for who comes from elsewhere', () => {
  it('are there', () => expect(guides.length).toBeGreaterThanOrEqual(4));

  it.each(guides)('%s calls functions that are exported', async (page) => {
    const names = await exportedNames();
    // A method of a value, and what tfjs makes, are not exported by a package.
    const called = ours(page).flatMap((code) =>
      [...code.matchAll(/(?<![\w.$'"])(\w+)\(/g)].map(([, name]) => name),
    );
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((name) => !names.has(name))).toEqual([]);
  });

  it.each(guides)('%s names features and functions by themselves that are there', async (page) => {
    const { catalogue } = await import('../packages/features/dist/index.js');
    const { motionModels } = await import('../packages/simulate/dist/index.js');
    const { networks, encoders } = await import('../packages/models/dist/index.js');
    const known = new Set([
      ...(await exportedNames()),
      ...[...catalogue, ...networks, ...encoders].map(({ name }) => name),
      ...Object.keys(motionModels),
    ]);
    // A word of two parts, as functions and features are called, and no field with its value.
    const alone = ours(page).filter((code) => /^[a-z]+(?:[A-Z][a-z]+)+$/.test(code));
    const fields = new Set(['standardErrors', 'labelSmoothing']);
    expect(alone.filter((name) => !known.has(name) && !fields.has(name))).toEqual([]);
  });
});
