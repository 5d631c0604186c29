import { readSweepFile, runSweep } from '@diffusion/sweep/node';

/** `COMMAND sweep run FILE --output FOLDER --workers N --tasks I..J`, with another command in place of `diffusion`. */
const [command, , , file, ...rest] = process.argv.slice(2);
const option = (name) => rest[rest.indexOf(`--${name}`) + 1];
const { sweep, base } = await readSweepFile(file);
const [from, to] = option('tasks').split('..').map(Number);
const { failed } = await runSweep(sweep, {
  ...{ folder: option('output'), base, tasks: { from, to }, workers: Number(option('workers')) },
  program: [process.execPath, command],
});
process.exitCode = failed.length > 0 ? 3 : 0;
