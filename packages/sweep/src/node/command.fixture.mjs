import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Stands for the command: `work OUTPUT SEED [MILLISECONDS]`, `fail`, `die`, `break`, `count OUTPUT FILE`, and a training that
 * keeps a checkpoint and is cut short once, `train --recipe FILE --output OUTPUT`.
 */
const [what, ...args] = process.argv.slice(2);
const json = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

if (!args.includes('--json')) throw new Error('--json is missing');
if (what === 'work') {
  const [output, seed, milliseconds = '0', mark] = args;
  // Who is at work, for the test that ends it.
  if (mark !== '--json' && mark) writeFileSync(mark, `${process.pid}\n`, { flag: 'a' });
  await pause(Number(milliseconds) || 0);
  writeFileSync(join(output, 'seed.txt'), seed);
  json({ output, seed: Number(seed), score: { sum: Number(seed) % 97 }, time: performance.now() });
} else if (what === 'fail') {
  process.stderr.write(`something else\ndiffusion: ${args[0]}: is wrong: expected another\n`);
  process.exitCode = 2;
} else if (what === 'die') {
  process.kill(process.pid, 'SIGKILL');
} else if (what === 'break') {
  null.field;
} else if (what === 'count') {
  json({ characters: readFileSync(args[1], 'utf8').length });
} else if (what === 'train') {
  const resumed = args[0] === '--resume';
  const output = args[resumed ? 1 : args.indexOf('--output') + 1];
  const checkpoint = join(output, 'checkpoint.bin');
  if (resumed)
    json({ resumed, at: readFileSync(checkpoint, 'utf8'), rest: args.slice(2).join(' ') });
  else {
    const recipe = JSON.parse(readFileSync(args[args.indexOf('--recipe') + 1], 'utf8'));
    if (existsSync(checkpoint)) throw new Error('there is a checkpoint already');
    writeFileSync(checkpoint, recipe.name);
    process.kill(process.pid, 'SIGKILL');
  }
}
