import { fork, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Nothing may take longer, in seconds. */
export const LONGEST = 60;

/** Nothing may take more memory, in bytes. */
export const LARGEST = 2 ** 30;

/** How often the memory of a process is looked at, in milliseconds: what runs away is ended before the machine is. */
const LOOK = 200;

/** Tells on descriptor 3, at the end of a program, the most memory that it had. */
const tell =
  'data:text/javascript,' +
  encodeURIComponent(
    "import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))",
  );

/**
 * Starts the command in a process of its own; `ended` is its exit code (null when it was stopped), what it printed, the
 * seconds that it took and the most bytes of memory that it had.
 *
 * @param program 'diffusion' or 'main-job'.
 */
export function startProcess(program, args, cwd) {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', tell, here(`../dist/${program}.js`), ...args],
    {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  const texts = ['', '', '', ''];
  for (const k of [1, 2, 3]) child.stdio[k].on('data', (chunk) => (texts[k] += chunk));
  let stopped = '';
  const stop = (why) => {
    stopped = why;
    child.kill('SIGKILL');
  };
  const guard = setTimeout(() => stop(`took more than ${LONGEST} s`), LONGEST * 1000);
  const look = setInterval(async () => {
    if ((await memoryOf(child.pid)) > 2 * LARGEST) stop('took more than 2 GiB');
  }, LOOK);
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(guard);
      clearInterval(look);
      resolve({
        code,
        signal,
        stopped,
        out: texts[1],
        err: texts[2],
        seconds: (performance.now() - begun) / 1000,
        memory: Number(texts[3]) * 1024,
      });
    });
  });
  return { child, ended };
}

/** The memory that a process has now, where the system tells; 0 elsewhere. */
async function memoryOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
}

/**
 * A process that carries out one command after the other without starting anew, some ten times as fast; `run` gives what
 * {@link startProcess} does. One that hangs or dies is replaced by the next call.
 */
export function commandServer() {
  let child;
  const run = (args, cwd) =>
    new Promise((resolve) => {
      child ??= fork(here('serve-commands.mjs'), {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        execArgv: [],
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      const served = child;
      const begun = performance.now();
      let err = '';
      const hear = (chunk) => (err += chunk);
      served.stderr.on('data', hear);
      const done = (result) => {
        clearTimeout(guard);
        served.off('message', done);
        served.off('exit', died);
        served.stderr.off('data', hear);
        resolve({ stopped: '', ...result, seconds: (performance.now() - begun) / 1000 });
      };
      const died = (code, signal) => {
        child = undefined;
        done({
          code,
          signal,
          out: '',
          err,
          memory: 0,
          stopped: stopped || `ended with ${code ?? signal}`,
        });
      };
      let stopped = '';
      const guard = setTimeout(() => {
        stopped = `took more than ${LONGEST} s`;
        served.kill('SIGKILL');
      }, LONGEST * 1000);
      served.once('message', done);
      served.once('exit', died);
      served.send({ args, cwd });
    });
  return { run, close: () => child?.kill('SIGKILL') };
}
