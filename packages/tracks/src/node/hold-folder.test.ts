import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeFolder, holdFolder, refuseHeld } from './index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('says who holds a folder, until it is let go', async () => {
  const release = await holdFolder(folder);
  await expect(holdFolder(folder)).rejects.toThrow(
    `${folder}: is held by process ${process.pid} on ${hostname()} since `,
  );
  await expect(refuseHeld(folder)).rejects.toThrow(`is held by process ${process.pid} on`);
  await release();
  await refuseHeld(folder);
  await (await holdFolder(folder))();
  expect(await readdir(folder)).toEqual([]);
});

it('is free again when its holder was killed, and not when that was on another machine', async () => {
  const child = spawn(process.execPath, ['--eval', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  const holder = { pid: child.pid, host: hostname(), since: '2026-01-01T00:00:00.000Z' };
  const path = join(folder, '.diffusion-held.json');
  await writeFile(path, JSON.stringify(holder));
  await (await holdFolder(folder))();
  await writeFile(path, JSON.stringify({ ...holder, host: 'elsewhere' }));
  await expect(holdFolder(folder)).rejects.toThrow(/is held by process \d+ on elsewhere since/);
});

it('is free again when somebody says so, who knows better of another machine', async () => {
  const holder = { pid: 1, host: `not-${hostname()}`, since: '2026-01-01T00:00:00.000Z' };
  await writeFile(join(folder, '.diffusion-held.json'), JSON.stringify(holder));
  await expect(refuseHeld(folder)).rejects.toThrow(`on not-${hostname()}`);
  await freeFolder(folder);
  await refuseHeld(folder);
});
