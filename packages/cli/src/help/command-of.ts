import { type AddHelpTextContext, Argument, Command, Option } from 'commander';
import { foldLine } from '../print.ts';
import type { DescribedCommand, DescribedOption, Example } from './command-tree.ts';
import { ABOUT } from './lessons.ts';

/**
 * A command that knows its help and does nothing: for `--help`, and to say which name was meant, without loading what
 * the commands need.
 */
export function commandOf(described: DescribedCommand): Command {
  const { name, description, notes, examples, commands } = described;
  const command = new Command(name).description(description);
  // A narrow terminal has its descriptions wrapped, too.
  command.configureHelp({ minWidthToWrap: 20 });
  for (const argument of described.arguments) command.addArgument(argumentOf(argument));
  // Those of its own first: what all commands that read files have stands below.
  const [own, grouped] = [false, true].map((group) =>
    described.options.filter((option) => (option.group !== undefined) === group),
  );
  for (const option of [...own, ...grouped]) command.addOption(optionOf(option));
  for (const each of commands) {
    const subcommand = commandOf(each);
    if (each.group !== undefined) subcommand.helpGroup(each.group);
    command.addCommand(subcommand, { hidden: each.hidden });
  }
  if (commands.length > 0) {
    const help = new Command('help')
      .argument('[command]')
      .description('display help for a command')
      .helpGroup(commands.some(({ group }) => group === ABOUT) ? ABOUT : 'Commands:');
    command.addHelpCommand(help);
  }
  if (notes !== undefined) {
    command.addHelpText('after', (context) => {
      const lines = notes.split('\n').flatMap((line) => foldLine(line, widthOf(context)));
      return ['', ...lines].join('\n');
    });
  }
  if (examples.length > 0) {
    command.addHelpText('after', (context) => exampleText(examples, widthOf(context)));
  }
  return command;
}

function optionOf(described: DescribedOption): Option {
  const { flags, description, group, choices, defaultDescription, mandatory } = described;
  const option = new Option(flags, description);
  if (choices) option.choices([...choices]);
  if (described.default !== undefined) option.default(described.default, defaultDescription);
  else if (defaultDescription !== undefined) option.default(undefined, defaultDescription);
  if (mandatory) option.makeOptionMandatory();
  if (group !== undefined) option.helpGroup(group);
  return option;
}

function argumentOf({ flags, description, choices }: DescribedOption): Argument {
  const argument = new Argument(flags, description);
  return choices ? argument.choices([...choices]) : argument;
}

/** Columns that the help has: those of the terminal that it goes to, or as many as commander takes. */
const widthOf = ({ command, error }: AddHelpTextContext): number => {
  const { getErrHelpWidth, getOutHelpWidth } = command.configureOutput();
  return (error ? getErrHelpWidth : getOutHelpWidth)?.() ?? 80;
};

const exampleText = (examples: readonly Example[], width: number): string =>
  [
    '',
    examples.length > 1 ? 'Examples:' : 'Example:',
    ...examples.flatMap(({ line, does }) => [
      foldCommand(line, width),
      ...foldLine(`      ${does}`, width),
    ]),
  ].join('\n');

/** A line to type: what does not fit goes on behind a backslash, as a shell reads it; an option and its value stay together. */
function foldCommand(line: string, width: number): string {
  const [first, ...rest] = line.split(/ (?=--|> )|(?<=^\S+ \S+) /);
  const lines = [`  ${first}`];
  for (const part of rest) {
    const longer = `${lines[lines.length - 1]} ${part}`;
    if (longer.length <= width - 2) lines[lines.length - 1] = longer;
    else lines.push(`    ${part}`);
  }
  return lines.join(' \\\n');
}
