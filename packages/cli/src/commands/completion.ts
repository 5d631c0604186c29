import { Argument, Command } from 'commander';
import { completionScripts, SHELLS, type Shell } from '../help/completion-scripts.ts';

/** `diffusion completion SHELL`: what a shell has to read to complete the command. */
export function completion(): Command {
  return new Command('completion')
    .description(
      'print what bash, zsh or fish reads to complete commands, options and names by Tab',
    )
    .addArgument(new Argument('<shell>', 'which one').choices(SHELLS))
    .action((shell: Shell) => {
      process.stdout.write(completionScripts[shell]);
    });
}
