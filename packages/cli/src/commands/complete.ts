import { Command } from 'commander';
import { commandTree } from '../help/command-tree.ts';
import { candidates } from '../help/complete.ts';

/** `diffusion complete -- WORD…`: what can stand in the place of the last word, for the scripts of `diffusion completion`. */
export function complete(): Command {
  return new Command('complete')
    .description('say what can stand in the place of the last word')
    .argument('[word...]', 'the words behind `diffusion`, up to the cursor')
    .action((words: string[]) => {
      const { also, words: found } = candidates(commandTree(), words);
      const lines = found.map(({ word, does }) => `${word}\t${does}`);
      process.stdout.write(`${[`:${also}`, ...lines].join('\n')}\n`);
    });
}
