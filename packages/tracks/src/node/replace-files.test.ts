import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { committedPath, finishReplacing, replaceFiles } from './index.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const content = async (name: string) => readFile(await committedPath(folder, name), 'utf8');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replace-'));
  await writeFile(at('a.txt'), 'old a');
  await writeFile(at('b.txt'), 'old b');
});
afterEach(() => rm(folder, { recursive: true }));

/** A folder as a program that was killed after the new files began to count leaves it. */
async function killedInTheMiddle() {
  await writeFile(at('.diffusion-00000000-1-1.tmp'), 'new b');
  await writeFile(at('a.txt'), 'new a');
  const renames = [
    ['.diffusion-00000000-1-0.tmp', 'a.txt'],
    ['.diffusion-00000000-1-1.tmp', 'b.txt'],
  ];
  await writeFile(at('.diffusion-replacing.json'), JSON.stringify({ renames, removes: ['c.txt'] }));
  await writeFile(at('c.txt'), 'old c');
}

describe('replaceFiles', () => {
  it('writes, replaces and removes together', async () => {
    await replaceFiles(
      folder,
      [
        { name: 'a.txt', chunks: 'new a' },
        { name: 'c.txt', chunks: ['new', ' c'] },
      ],
      { removes: ['b.txt', 'not-there.txt'] },
    );
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'c.txt']);
    expect([await content('a.txt'), await content('c.txt')]).toEqual(['new a', 'new c']);
  });

  it('leaves all as it was when one of them cannot be written', async () => {
    function* broken() {
      yield 'half';
      throw new Error('no more');
    }
    const files = [
      { name: 'a.txt', chunks: 'new a' },
      { name: 'b.txt', chunks: broken() },
    ];
    await expect(replaceFiles(folder, files, { removes: ['a.txt'] })).rejects.toThrow('no more');
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'b.txt']);
    expect([await content('a.txt'), await content('b.txt')]).toEqual(['old a', 'old b']);
  });

  it('finds the new files where a killed program left them, and gives them their names', async () => {
    await killedInTheMiddle();
    expect([await content('a.txt'), await content('b.txt')]).toEqual(['new a', 'new b']);
    await finishReplacing(folder);
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'b.txt']);
    expect(await readFile(at('b.txt'), 'utf8')).toBe('new b');
  });

  it('finishes what a killed program began before it begins itself', async () => {
    await killedInTheMiddle();
    await replaceFiles(folder, [{ name: 'a.txt', chunks: 'newest a' }]);
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'b.txt']);
    expect([await content('a.txt'), await content('b.txt')]).toEqual(['newest a', 'new b']);
  });

  it.each([
    ['reaches out of the folder', JSON.stringify({ renames: [['../x', 'a.txt']], removes: [] })],
    ['is of another shape', JSON.stringify({ renames: [3], removes: 'a.txt' })],
    ['is cut short', '{"renames": [['],
  ])('does nothing with a list that %s', async (_, list) => {
    await writeFile(at('.diffusion-replacing.json'), list);
    await finishReplacing(folder);
    expect([await content('a.txt'), await content('b.txt')]).toEqual(['old a', 'old b']);
  });
});
