import type { EventEmitter } from 'node:events';
import type { Argument, Command, Option } from 'commander';
import type { DescribedCommand, DescribedOption } from './command-tree.ts';
import { groups, type Lesson, lessons } from './lessons.ts';

/** What there is to know beside commander's own tree. */
export interface Beside {
  /** Values of use, by the path of a command and the flag or the name of an argument: `train --recipe`. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Parsers of options that may be repeated. */
  readonly repeated: ReadonlySet<unknown>;
}

/** A command with everything below it, as data. */
export function describeCommand(command: Command, beside: Beside, path = ''): DescribedCommand {
  const { group, examples = [] }: Partial<Lesson> = lessons[path] ?? {};
  const notes = notesOf(command);
  const valuesOf = (name: string) => beside.values[`${path} ${name}`.trim()];
  return {
    name: command.name(),
    description: command.description(),
    ...(group !== undefined && { group }),
    ...(isHidden(command) && { hidden: true }),
    arguments: command.registeredArguments.map((each) => describeArgument(each, valuesOf)),
    options: command.options
      .filter((option) => !option.hidden && option.attributeName() !== 'version')
      .map((option) => describeOption(option, valuesOf, beside.repeated)),
    commands: command.commands
      .map((each) => describeCommand(each, beside, `${path} ${each.name()}`.trim()))
      .sort((a, b) => placeOf(a) - placeOf(b)),
    ...(notes !== '' && { notes }),
    examples,
  };
}

/** Commands stand in the order of the headings, those without one first. */
const placeOf = ({ group }: DescribedCommand): number =>
  group === undefined ? -1 : groups.indexOf(group);

const isHidden = (command: Command): boolean =>
  (command as unknown as { _hidden?: boolean })._hidden === true;

type ValuesOf = (name: string) => readonly string[] | undefined;

function describeOption(
  option: Option,
  valuesOf: ValuesOf,
  repeated: Beside['repeated'],
): DescribedOption {
  const { flags, description, helpGroupHeading, argChoices, defaultValue } = option;
  const { defaultValueDescription, mandatory, parseArg } = option;
  const values = valuesOf(option.long ?? flags);
  return {
    flags,
    description,
    ...(helpGroupHeading !== undefined && { group: helpGroupHeading }),
    ...(argChoices && { choices: argChoices }),
    ...(values && { values }),
    ...(defaultValue !== undefined && { default: defaultValue }),
    ...(defaultValueDescription !== undefined && { defaultDescription: defaultValueDescription }),
    ...(mandatory && { mandatory }),
    ...(repeated.has(parseArg) && { repeated: true }),
  };
}

function describeArgument(argument: Argument, valuesOf: ValuesOf): DescribedOption {
  const { description, argChoices, required, variadic } = argument;
  const name = `${argument.name()}${variadic ? '...' : ''}`;
  const values = valuesOf(argument.name());
  return {
    flags: required ? `<${name}>` : `[${name}]`,
    description,
    ...(argChoices && { choices: argChoices }),
    ...(values && { values }),
  };
}

/** What the command itself adds to its help. */
function notesOf(command: Command): string {
  let text = '';
  // Commands are emitters of events, which their types keep to themselves.
  (command as unknown as EventEmitter).emit('afterHelp', {
    error: false,
    command,
    write: (more: string) => {
      text += more;
    },
  });
  return text.trim();
}
