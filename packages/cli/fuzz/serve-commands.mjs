import { setMaxListeners } from 'node:events';
import { interruption } from '../dist/interruption.js';
import { program } from '../dist/program.js';
import { lastWords, throwing } from '../dist/run-command.js';

/**
 * Carries out `{ args, cwd }` of its parent's messages as the command does, up to the exit: what would be printed and
 * the exit code are sent back.
 */
// Every command listens to it, and as a rule there is one.
setMaxListeners(0, interruption.signal);

const real = { out: process.stdout.write, err: process.stderr.write };

process.on('message', async ({ args, cwd }) => {
  process.chdir(cwd);
  let out = '';
  let err = '';
  process.stdout.write = written((text) => (out += text));
  process.stderr.write = written((text) => (err += text));
  let code = 0;
  try {
    await throwing(await program(args)).parseAsync(args, { from: 'user' });
  } catch (error) {
    // What has been asked for and printed, as the help, is thrown as well.
    const [line, exitCode] = error.exitCode === 0 ? ['', 0] : lastWords(error);
    code = exitCode;
    if (line !== '') err += `${line}\n`;
  } finally {
    process.stdout.write = real.out;
    process.stderr.write = real.err;
  }
  process.send({ code, out, err, memory: process.memoryUsage.rss() });
});

const written = (take) => (chunk, encoding, callback) => {
  take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
  (typeof encoding === 'function' ? encoding : callback)?.();
  return true;
};
