import type { DescribedCommand, DescribedOption } from './command-tree.ts';

/** What can stand where the cursor is. */
export interface Candidates {
  /** Whether files or folders can stand there as well. */
  readonly also: 'files' | 'folders' | 'none';
  readonly words: readonly { readonly word: string; readonly does: string }[];
}

/**
 * What can stand in the place of the last of the words behind `diffusion`.
 *
 * @param words as the shell has cut them, up to the cursor; the last is the one that is being typed, '' for a new one.
 */
export function candidates(root: DescribedCommand, words: readonly string[]): Candidates {
  // bash cuts --name=value into three.
  const typed = words.filter((word, i) => word !== '=' || i === words.length - 1);
  const current = typed.at(-1) === '=' ? '' : (typed.at(-1) ?? '');
  let command = root;
  let expecting: DescribedOption | undefined;
  let places = 0;
  let onlyPlaces = false;
  const given = new Set<string>();
  for (const word of typed.slice(0, -1)) {
    if (expecting) {
      expecting = undefined;
      continue;
    }
    if (word === '--') onlyPlaces = true;
    else if (word.startsWith('-') && !onlyPlaces) {
      const [flag, value] = word.split('=');
      const option = command.options.find((each) => flagsOf(each).includes(flag));
      if (option) given.add(option.flags);
      if (option && takesValue(option) && value === undefined) expecting = option;
    } else {
      const next = places === 0 && subcommand(command, word);
      if (next) command = next;
      else places++;
    }
  }
  if (expecting) return valuesOf(expecting, current);
  const assigned = /^(--[^=]+)=(.*)$/.exec(current);
  if (assigned) {
    const [, flag, value] = assigned;
    const option = command.options.find((each) => flagsOf(each).includes(flag));
    if (!option) return { also: 'none', words: [] };
    const { words: values } = valuesOf(option, value);
    return {
      also: 'none',
      words: values.map(({ word, does }) => ({ word: `${flag}=${word}`, does })),
    };
  }
  if (current.startsWith('-') && !onlyPlaces) {
    const free = command.options.filter((each) => each.repeated || !given.has(each.flags));
    const all = [...free, { flags: '--help', description: 'display help for command' }];
    const root_ = command === root ? [{ flags: '--version', description: 'version number' }] : [];
    return {
      also: 'none',
      words: beginning(
        current,
        [...all, ...root_].flatMap((each) =>
          flagsOf(each)
            .filter((flag) => flag.startsWith('--'))
            .map((word) => ({ word, does: each.description })),
        ),
      ),
    };
  }
  const place = command.arguments[Math.min(places, command.arguments.length - 1)];
  const more = place && (places < command.arguments.length || place.flags.includes('...'));
  const below = places === 0 ? command.commands.filter((each) => !each.hidden) : [];
  const help = below.length > 0 ? [{ word: 'help', does: 'display help for a command' }] : [];
  const { also, words: values } = more ? valuesOf(place, current) : nothing;
  return {
    also,
    words: [
      ...beginning(current, [
        ...below.map(({ name, description }) => ({ word: name, does: description })),
        ...help,
      ]),
      ...values,
    ],
  };
}

const nothing: Candidates = { also: 'none', words: [] };

/** `help` stands before any subcommand, and leads where it leads. */
const subcommand = (command: DescribedCommand, word: string): DescribedCommand | undefined =>
  word === 'help' && command.commands.length > 0
    ? { ...command, options: [], arguments: [] }
    : command.commands.find(({ name }) => name === word);

const flagsOf = ({ flags }: Pick<DescribedOption, 'flags'>): string[] =>
  flags.split(/[ ,|]+/).filter((part) => part.startsWith('-'));

const takesValue = ({ flags }: DescribedOption): boolean => /[<[]/.test(flags);

function valuesOf({ flags, description, choices, values }: DescribedOption, current: string) {
  const known = (choices ?? values ?? []).map((word) => ({ word, does: '' }));
  const [, name = ''] = /[<[]([^>\]]*)/.exec(flags) ?? [];
  const isFolder = /^folder/.test(name);
  const isFile = /^(file|path|recipe|model$)/.test(name) || /\b(file|folder)s?\b/.test(description);
  const also = choices ? 'none' : isFolder ? 'folders' : isFile ? 'files' : 'none';
  return { also, words: beginning(current, known) } as const;
}

const beginning = <Word extends { readonly word: string }>(start: string, words: readonly Word[]) =>
  words.filter(({ word }) => word.startsWith(start));
