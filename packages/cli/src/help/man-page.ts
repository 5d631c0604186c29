import type { DescribedCommand, DescribedOption } from './command-tree.ts';

/** The date of a page is that of the release, which the version tells: a build is the same on every day. */
const NO_DATE = '';

/**
 * The manual page of a command and all below it, in the macros of man(7).
 *
 * @param version of the command, for the foot of the page.
 */
export function manPage(root: DescribedCommand, version: string): string {
  const { name, description, commands, examples } = root;
  const visible = commands.filter((each) => !each.hidden);
  return [
    `.TH ${name.toUpperCase()} 1 "${NO_DATE}" "@diffusion/cli ${version}" "User Commands"`,
    '.SH NAME',
    `${roff(name)} \\- ${text(description)}`,
    '.SH SYNOPSIS',
    `.B ${roff(name)}`,
    '.I command',
    '.RI [ options ]',
    '.SH DESCRIPTION',
    ...paragraphs(ABOUT),
    '.SH COMMANDS',
    ...visible.flatMap((each) => sectionOf(each, `${name} ${each.name}`)),
    '.SH EXIT STATUS',
    ...EXITS.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, text(meaning)]),
    '.SH EXAMPLES',
    // A heading makes room itself.
    ...examples.flatMap(exampleOf).slice(1),
    '',
  ].join('\n');
}

const ABOUT = `Tracks of single particles from a simulator or a microscope, features, networks, predictions, metrics and reports. Results are on the standard output; with --json they are one JSON document and nothing else is there. Errors and progress are on the standard error.

Files of tracks are recognised by their name and content, gzipped ones as well; a folder stands for the files of tracks in it.`;

const EXITS = [
  ['0', 'Done.'],
  ['2', 'Bad arguments or bad input: one line says where, and what was expected.'],
  ['3', 'Something outside failed: a disk, memory, a worker, the network.'],
  ['129, 130, 143', 'Ended by SIGHUP, SIGINT or SIGTERM; nothing half-written is left.'],
  ['1', 'A bug.'],
] as const;

function sectionOf(command: DescribedCommand, path: string): string[] {
  const { description, options, notes, examples, commands } = command;
  const own = options.filter(({ group }) => group === undefined);
  const grouped = options.filter(({ group }) => group !== undefined);
  const words = command.arguments.map(({ flags }) => flags);
  return [
    `.SS "${roff([path, ...words].join(' '))}"`,
    text(`${description[0].toUpperCase()}${description.slice(1)}.`),
    ...[...command.arguments, ...own, ...grouped].flatMap(optionOf),
    ...(notes === undefined ? [] : ['.PP', ...paragraphs(notes)]),
    ...examples.flatMap(exampleOf),
    ...commands.flatMap((each) => sectionOf(each, `${path} ${each.name}`)),
  ];
}

function optionOf({ flags, description, choices, ...option }: DescribedOption): string[] {
  const facts = [
    ...(option.mandatory ? ['required'] : []),
    ...(choices ? [`one of ${choices.join(', ')}`] : []),
    ...(option.default !== undefined || option.defaultDescription !== undefined
      ? [`default: ${option.defaultDescription ?? JSON.stringify(option.default)}`]
      : []),
  ];
  return [
    '.TP',
    `.B ${roff(flags)}`,
    text(facts.length > 0 ? `${description} (${facts.join('; ')})` : description),
  ];
}

const exampleOf = ({ line, does }: DescribedCommand['examples'][number]): string[] => [
  '.PP',
  text(`${does[0].toUpperCase()}${does.slice(1)}:`),
  '.PP',
  '.RS 4',
  '.nf',
  text(line),
  '.fi',
  '.RE',
];

const paragraphs = (several: string): string[] =>
  several.split(/\n+/).flatMap((each, i) => (i > 0 ? ['.PP', text(each)] : [text(each)]));

/** A line of text: one that begins like a request is none. */
const text = (line: string): string => roff(line).replace(/^[.']/, '\\&$&');

/** Characters that mean something to roff; a hyphen of an option is one that can be searched for and copied. */
const roff = (line: string): string =>
  line
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/`/g, '\\(ga')
    .replace(/"/g, '\\(dq')
    .replace(/~/g, '\\(ti')
    .replace(/\^/g, '\\(ha');
