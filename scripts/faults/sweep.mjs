import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Faults below Node: the k-th open, write, fsync, rename or unlink of a saving fails (no space, a broken disk), writes a
 * part only, or is where the process is killed, for every k. Needs Linux and a C compiler.
 */
const source = fileURLToPath(new URL('faults.c', import.meta.url));
const self = fileURLToPath(import.meta.url);

/**
 * Tries every fault on a scenario, a module that exports `prepare(folder)`, which makes what is there before,
 * `act(folder)`, which saves over it, and `state(folder)`, which says 'old', 'new' or what else there is.
 *
 * @param options.every takes only every so-many-th call of a kind, from an own start per kind; 1: all.
 * @returns how many faults were tried, and what was wrong, a line each.
 */
export async function sweepFaults(scenario, { every = 1 } = {}) {
  const work = await mkdtemp(join(tmpdir(), 'faults-'));
  const library = join(work, 'faults.so');
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (compiled.status !== 0) throw new Error(compiled.stderr);
  const folder = join(work, 'saved');
  const run = (...args) =>
    new Promise((resolve) => {
      const env = {
        ...process.env,
        NODE_OPTIONS: '',
        LD_PRELOAD: library,
        FAULT_FOLDER: folder,
        FAULT_COUNT: join(work, 'count'),
      };
      const child = spawn(process.execPath, [self, scenario, folder, ...args.map(String)], { env });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => (out += chunk));
      child.stderr.on('data', (chunk) => (err += chunk));
      child.on('close', (code, signal) => resolve({ code, signal, out, err }));
    });
  try {
    const errors = await run('errors', every);
    if (errors.code !== 0) throw new Error(errors.err || errors.out);
    const { calls, tried, problems } = JSON.parse(errors.out);
    let kills = 0;
    for (let k = 1; k <= calls; k += every, kills++) {
      const { signal } = await run('kill', k);
      const after = await run('after');
      if (signal !== 'SIGKILL') problems.push(`kill at call ${k}: the process was not killed`);
      if (after.code !== 0) problems.push(`kill at call ${k}: ${after.out || after.err}`);
    }
    return { calls, tried: tried + kills, problems };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const leftOver = async (folder) =>
  (await readdir(folder, { recursive: true })).filter(
    (name) => name.includes('.diffusion-') && !name.endsWith('.diffusion-written.json'),
  );

const quiet = () => {
  process.env.FAULT = `none:0:${process.hrtime.bigint()}`;
};

/** What the child does: every failing call in one process, or one kill, or the look at what a kill left. */
async function child(scenario, folder, what, number) {
  const { prepare, act, state } = await import(pathToFileURL(scenario).href);
  const fresh = async () => {
    quiet();
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await prepare(folder);
  };
  if (what === 'kill') {
    await fresh();
    process.env.FAULT = `kill:${number}:0`;
    await act(folder);
    return;
  }
  if (what === 'after') {
    const found = await state(folder);
    if (found !== 'old' && found !== 'new') throw new Error(`there is ${found}`);
    await act(folder);
    const healed = await state(folder);
    if (healed !== 'new') throw new Error(`the next saving leaves ${healed}`);
    const left = await leftOver(folder);
    if (left.length > 0) throw new Error(`the next saving leaves ${left.join(', ')}`);
    return;
  }
  await fresh();
  process.env.FAULT = 'none:0:count';
  await act(folder);
  const calls = Number(await readFile(process.env.FAULT_COUNT, 'utf8'));
  const problems = [];
  let tried = 0;
  for (const [offset, kind] of ['ENOSPC', 'EIO', 'short'].entries()) {
    for (let k = 1 + (offset % number); k <= calls; k += number) {
      await fresh();
      process.env.FAULT = `${kind}:${k}:0`;
      const error = await act(folder).then(
        () => undefined,
        (reason) => reason,
      );
      quiet();
      tried++;
      const found = await state(folder);
      const say = (problem) => problems.push(`${kind} at call ${k}: ${problem}`);
      if (error && !/^(Storage|Tracks)Error$/.test(error.name)) say(error.stack);
      if (error?.message.includes('\n')) say(`the message has several lines: ${error.message}`);
      if (!error && found !== 'new') say(`saved, and there is ${found}`);
      if (error && kind === 'short') say(`a part written is no error: ${error.message}`);
      if (error && found !== 'old' && found !== 'new') say(`there is ${found}`);
      if (found === 'old') {
        const left = await leftOver(folder);
        if (left.length > 0) say(`it leaves ${left.join(', ')}`);
      }
    }
  }
  process.stdout.write(JSON.stringify({ calls, tried, problems }));
}

if (process.argv[1] === self) {
  const [scenario, folder, what, number = '1'] = process.argv.slice(2);
  await child(scenario, folder, what, Number(number)).catch((error) => {
    process.stdout.write(String(error.message));
    process.exitCode = 1;
  });
}
