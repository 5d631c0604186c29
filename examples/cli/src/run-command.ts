import { type Command, CommanderError } from 'commander';
import { inputErrorLine } from './input-error.ts';
import { interruption } from './interruption.ts';

/**
 * Parses the process' arguments and runs what they ask for. Exit codes: 0 done, 2 bad arguments or bad input, with one
 * line on stderr, 130 interrupted, 1 a bug.
 */
export function runCommand(root: Command): void {
  for (const command of withSubcommands(root)) {
    command.exitOverride();
    command.configureOutput({ outputError: () => {} });
  }
  root.parseAsync().catch((error: unknown) => {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const [line, code] = lastWords(error);
    process.stderr.write(`${line}\n`);
    process.exitCode = code;
  });
}

function lastWords(error: unknown): [string, number] {
  if (error instanceof CommanderError)
    return [`diffusion: ${oneLine(error.message.replace(/^error: /, ''))}`, 2];
  if (interruption.signal.aborted) return ['diffusion: interrupted', 130];
  const line = inputErrorLine(error);
  if (line !== undefined) return [`diffusion: ${line}`, 2];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error), 1];
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
