import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TracksError } from '../index.ts';
import { writeAtomically } from './index.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('writeAtomically', () => {
  it('writes text and bytes, whole and in pieces, over what was there', async () => {
    async function* pieces() {
      yield 'b';
      yield Uint8Array.of(99);
    }
    for (const chunks of ['abc', Uint8Array.of(97, 98, 99), ['a', 'bc'], pieces()]) {
      await writeAtomically(at('a.txt'), chunks);
      expect(await readFile(at('a.txt'), 'utf8')).toMatch(/^a?bc$/);
      expect(await readdir(folder)).toEqual(['a.txt']);
    }
  });

  it('leaves what was there, and nothing else, when the pieces end in an error', async () => {
    await writeFile(at('a.txt'), 'before');
    async function* broken() {
      yield 'half';
      expect(await readdir(folder)).toHaveLength(2);
      expect(await readFile(at('a.txt'), 'utf8')).toBe('before');
      throw new Error('no more');
    }
    await expect(writeAtomically(at('a.txt'), broken())).rejects.toThrow('no more');
    expect(await readFile(at('a.txt'), 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('stops when the signal aborts, even where the next piece never comes', async () => {
    const controller = new AbortController();
    async function* slow() {
      yield 'half';
      setTimeout(() => controller.abort(new Error('interrupted')), 10);
      await new Promise(() => {});
    }
    const { signal } = controller;
    await expect(writeAtomically(at('a.txt'), slow(), { signal })).rejects.toThrow('interrupted');
    expect(await readdir(folder)).toEqual([]);
    await expect(writeAtomically(at('a.txt'), 'x', { signal })).rejects.toThrow('interrupted');
  });

  it('says in one line what cannot be written', async () => {
    await mkdir(at('there'));
    const none = writeAtomically(at('none/a.txt'), 'x');
    await expect(none).rejects.toThrow(
      new TracksError(`${at('none/a.txt')}: there is no folder ${at('none')}`),
    );
    await expect(writeAtomically(at('there'), 'x')).rejects.toThrow(
      `${at('there')}: is a folder: expected a file`,
    );
    expect(await readdir(folder)).toEqual(['there']);
  });

  it('replaces what a link points to, and writes to a device as it is', async () => {
    await writeFile(at('a.txt'), 'before');
    await symlink(at('a.txt'), at('link.txt'));
    await writeAtomically(at('link.txt'), 'after');
    expect(await readFile(at('a.txt'), 'utf8')).toBe('after');
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'link.txt']);
    await writeAtomically('/dev/null', 'x');
    expect((await readFile('/dev/null')).length).toBe(0);
  });

  it('leaves nothing behind when the program exits half-way', async () => {
    const program = `
      import { writeAtomically } from '@diffusion/tracks/node';
      process.on('SIGINT', () => process.exit(130));
      async function* slow() {
        yield 'half';
        console.log('writing');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }
      await writeAtomically(${JSON.stringify(at('a.txt'))}, slow());
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: new URL('../..', import.meta.url).pathname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(await readdir(folder)).toHaveLength(1);
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('files that a killed program left half-written', () => {
  const program = (body: string) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', body], {
      cwd: new URL('../..', import.meta.url).pathname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return { child, said: new Promise((resolve) => child.stdout.once('data', resolve)) };
  };
  const slowly = (name: string) => `
    import { writeAtomically } from '@diffusion/tracks/node';
    async function* slow() {
      yield 'half';
      console.log('writing');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }
    await writeAtomically(${JSON.stringify(at(name))}, slow());
  `;

  it('are removed by the next one that writes there, those of a living one are not', async () => {
    const killed = program(slowly('a.txt'));
    const living = program(slowly('b.txt'));
    await Promise.all([killed.said, living.said]);
    const ended = new Promise((resolve) => killed.child.once('exit', resolve));
    killed.child.kill('SIGKILL');
    await ended;
    await writeFile(at('.diffusion-0badcafe-1-0.tmp'), 'of another machine');
    expect(await readdir(folder)).toHaveLength(3);
    await writeAtomically(at('c.txt'), 'c');
    const left = (await readdir(folder)).sort();
    living.child.kill('SIGKILL');
    expect(left).toEqual([
      '.diffusion-0badcafe-1-0.tmp',
      expect.stringContaining(`-${living.child.pid}-`),
      'c.txt',
    ]);
  });

  it('have names that are short enough wherever that of the file is', async () => {
    const long = `${'x'.repeat(251)}.csv`;
    await writeAtomically(at(long), 'a');
    expect(await readdir(folder)).toEqual([long]);
    await expect(writeAtomically(at(`x${long}`), 'a')).rejects.toThrow(
      /: the name is too long for the file system$/,
    );
  });
});
