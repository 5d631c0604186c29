import { readFileSync } from 'node:fs';

/** An option or an argument as the help has it: what commander knows of it, without the code that parses it. */
export interface DescribedOption {
  /** `--count <n>` */
  readonly flags: string;
  readonly description: string;
  /** The heading that it stands under, where that is another than the command's own options. */
  readonly group?: string;
  readonly choices?: readonly string[];
  /** Names that are of use as its value, where there are others, too: for completion. */
  readonly values?: readonly string[];
  readonly default?: unknown;
  readonly defaultDescription?: string;
  readonly mandatory?: boolean;
  /** Whether it may be given more than once. */
  readonly repeated?: boolean;
}

/** A line to type, and what it does. */
export interface Example {
  readonly line: string;
  readonly does: string;
}

/** A command as data: what the help, the manual page and the completion of a shell are made of. */
export interface DescribedCommand {
  readonly name: string;
  readonly description: string;
  /** The heading that it stands under in the list of commands. */
  readonly group?: string;
  readonly hidden?: boolean;
  readonly arguments: readonly DescribedOption[];
  readonly options: readonly DescribedOption[];
  readonly commands: readonly DescribedCommand[];
  /** What stands below the options. */
  readonly notes?: string;
  readonly examples: readonly Example[];
}

/** The file that the build writes beside the program. */
export const TREE_FILE = 'command-tree.json';

/**
 * The tree of all commands, as it was when the package was built: to read it takes a millisecond, to load the commands
 * themselves, with the networks that they name, half a second.
 */
export const commandTree = (): DescribedCommand =>
  JSON.parse(readFileSync(new URL(`../${TREE_FILE}`, import.meta.url), 'utf8'));
