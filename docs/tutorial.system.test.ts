import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * The commands of docs/tutorial.md and of the guides for who comes from elsewhere, as they are printed: in an empty folder, in
 * their order, by a `diffusion` that is the built one. What is installed is left out.
 */
const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'diffusion-tutorial-'));
const bin = join(folder, 'bin');

beforeAll(() => {
  mkdirSync(bin);
  const program = join(bin, 'diffusion');
  const built = join(here, '../packages/cli/dist/diffusion.js');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${built}" "$@"\n`);
  chmodSync(program, 0o755);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The commands of a page, and the files that it tells to save, in their order. */
function steps(page: string): { line?: string; file?: [name: string, text: string] }[] {
  const text = readFileSync(join(here, page), 'utf8');
  return [...text.matchAll(/(?:<!-- file: (\S+) -->\n\n)?^```(\w+)\n(.*?)^```/gms)].flatMap(
    ([, name, language, code]) => {
      if (name !== undefined) return [{ file: [name, code] as [string, string] }];
      if (language !== 'sh') return [];
      return code
        .split('\n')
        .filter((line) => line.startsWith('diffusion '))
        .map((line) => ({ line }));
    },
  );
}

/** Runs a command in a folder; what it said on stderr where it failed, else ''. */
function failure(line: string, cwd: string): string {
  const { status, stderr } = spawnSync('sh', ['-c', line], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  return status === 0 ? '' : `${line}: ${stderr}`;
}

describe('the commands of the guides', () => {
  it('of the tutorial do what it says', () => {
    const cwd = join(folder, 'tutorial');
    mkdirSync(cwd);
    const all = steps('tutorial.md');
    expect(all.filter(({ line }) => line).length).toBeGreaterThan(10);
    for (const { line, file } of all) {
      if (file) writeFileSync(join(cwd, file[0]), file[1]);
      if (line) expect(failure(line, cwd)).toBe('');
    }
    for (const name of [
      'cell/labels.csv',
      'report.html',
      'estimates.csv',
      'mine/card.json',
      'mine.html',
      'my-cells/model.safetensors',
    ]) {
      expect([name, existsSync(join(cwd, name))]).toEqual([name, true]);
    }
  }, 900_000);

  it.each(['from-andi-datasets.md', 'from-trackpy.md', 'from-trajclassifier.md'])(
    'of %s work',
    (page) => {
      const cwd = join(folder, page);
      mkdirSync(cwd);
      // The reader's own file: TrackMate's simple export, and trackpy's table.
      const like =
        'diffusion simulate --model brownian --D 0.1 --count 20 --length 60 --noise 0.03 --seed 1';
      for (const name of ['Tracks.xml', 'tracks.csv']) {
        expect(failure(`${like} --output ${name}`, cwd)).toBe('');
      }
      const lines = steps(page).flatMap(({ line }) => line ?? []);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(failure(line, cwd)).toBe('');
    },
    600_000,
  );
});
