import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import { examplesOf, unrunExamplesOf } from '../fixtures/examples.ts';
import { pageSteps, wordsOf } from '../fixtures/page-commands.ts';
import { readersPages, root } from '../fixtures/pages.ts';

/**
 * The commands of every page, without running them: `diffusion …` goes through the program's own parser as it is printed, and the
 * scripts and packages of other lines are there. commands.system.test.ts runs them.
 */
const { wholeProgram } = await import('../packages/cli/dist/program.js');
const manifest = (folder: string) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

interface Line {
  readonly where: string;
  readonly command: string;
}

const pages = readersPages().map((path) => ({
  page: relative(root, path),
  text: readFileSync(path, 'utf8'),
}));

/** Lines of ```sh blocks; `npx -y pnpm --silent diffusion` of a clone is `diffusion`. */
const lines: Line[] = pages.flatMap(({ page, text }) =>
  pageSteps(text).flatMap(({ command, line }) =>
    (command?.split(' && ') ?? []).map((part) => ({
      where: `${page}, line ${line}`,
      command: part.replace(/^npx -y pnpm --silent diffusion /, 'diffusion '),
    })),
  ),
);

/** `diffusion …` in the middle of a sentence or in a table. */
const inline: Line[] = pages.flatMap(({ page, text }) =>
  [...text.replace(/^ *```.*?^ *```/gms, '').matchAll(/`(diffusion [a-z][^`]*)`/g)].map(
    ([, command]) => ({ where: page, command: command.replace(/\\\|/g, '|') }),
  ),
);

/** A line that shows which arguments there are, and not one that is typed. */
const isSynopsis = ({ command }: Line): boolean => /[[\]…]/.test(command);

/** The command that the words name, and what is left of them. */
function named(program: Command, words: readonly string[]): [Command, readonly string[]] {
  const next = program.commands.find((command) => command.name() === words[0]);
  return next === undefined ? [program, words] : named(next, words.slice(1));
}

/** What the parser says of a command; '' where it would be run. */
async function refusal(command: string): Promise<string> {
  const program: Command = await wholeProgram();
  let said = '';
  let ran = 0;
  const doNothing = (each: Command): void => {
    each.exitOverride().configureOutput({
      writeErr: (text) => {
        said += text;
      },
      writeOut: () => undefined,
    });
    each.action(() => {
      ran++;
    });
    each.commands.forEach(doNothing);
  };
  doNothing(program);
  // A word with a wildcard or a process for a file stands for a file.
  const typed = command.replace(/<\([^)]*\)/g, 'file').replace(/\s+>+\s.*$/, '');
  const [, ...words] = wordsOf(typed);
  if (/^(?:help|[a-z]+ --help)/.test(words.join(' '))) return '';
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    return said || String(error);
  }
  return ran === 1 ? '' : 'no command ran';
}

describe('commands on the pages', () => {
  const typed = lines.filter((line) => line.command.startsWith('diffusion ') && !isSynopsis(line));

  it('are found', () => expect(typed.length).toBeGreaterThan(100));

  it.each(typed)('$where: $command can be typed', async ({ command }) => {
    expect(await refusal(command)).toBe('');
  });

  it('have in sentences and in lists of arguments names and options that there are', async () => {
    const program: Command = await wholeProgram();
    const told = [...lines.filter(isSynopsis), ...inline].filter(({ command }) =>
      command.startsWith('diffusion '),
    );
    expect(told.length).toBeGreaterThan(30);
    const wrong = told.flatMap(({ where, command }) => {
      const [, ...words] = wordsOf(command.replace(/[[\]|…,;]/g, ' '));
      if (words[0] === 'help') return [];
      const [found, rest] = named(program, words);
      if (found === program) return [`${where}: ${command}`];
      const options = new Set(found.options.flatMap(({ long, short }) => [long, short]));
      return rest
        .filter((word) => /^--[a-z]/i.test(word) && word !== '--help')
        .map((word) => word.replace(/=.*$/, ''))
        .filter((word) => !options.has(word))
        .map((word) => `${where}: ${command}: ${word}`);
    });
    expect(wrong).toEqual([]);
  });

  it('of the repository are scripts and files that there are', () => {
    const { scripts } = manifest('.');
    const workspaces = new Map(
      ['packages', 'examples'].flatMap((folder) =>
        readdirSync(join(root, folder))
          .filter((name) => existsSync(join(root, folder, name, 'package.json')))
          .map((name) => manifest(join(folder, name)))
          .map(({ name, scripts: own = {} }) => [name, own] as const),
      ),
    );
    const wrong = lines.filter(({ command }) => {
      const words = wordsOf(command).filter((word) => !/^\[|^FILE|…/.test(word));
      const pnpm = /^(?:npx -y )?pnpm (?:--silent )?(?:--filter (\S+) )?(\S+)(?: (\S+))?/.exec(
        words.join(' '),
      );
      if (pnpm !== null) {
        const [, filter, script, name] = pnpm;
        const known = filter === undefined ? scripts : workspaces.get(filter);
        if (script === 'bench') return !existsSync(join(root, 'benchmarks', name, 'bench.mjs'));
        return script !== 'install' && !Object.hasOwn(known ?? {}, script);
      }
      const file = words.find((word) =>
        /^(?:benchmarks|scripts|release|packages|\.ci)\//.test(word),
      );
      return file !== undefined && !existsSync(join(root, file));
    });
    expect(wrong).toEqual([]);
  });

  it('install packages that are published', () => {
    const names = new Set(
      readdirSync(join(root, 'packages')).map((name) => manifest(join('packages', name)).name),
    );
    const installed = lines.flatMap(({ where, command }) =>
      command.startsWith('npm install') ? wordsOf(command).map((word) => ({ where, word })) : [],
    );
    expect(installed.length).toBeGreaterThan(50);
    expect(
      installed.filter(({ word }) => word.startsWith('@diffusion/') && !names.has(word)),
    ).toEqual([]);
  });

  it('install on each page what its examples import', () => {
    const missing = pages.flatMap(({ page, text }) => {
      const installed = lines
        .filter(({ where, command }) => where.startsWith(`${page},`) && command.startsWith('npm i'))
        .flatMap(({ command }) => wordsOf(command));
      if (!installed.some((name) => name.startsWith('@diffusion/') && name !== '@diffusion/cli'))
        return [];
      return [...examplesOf(text), ...unrunExamplesOf(text)].flatMap(({ source }) =>
        [...source.matchAll(/(?:from|import) '((?:@[^/']+\/)?[^/'@.][^/']*)[/']/g)]
          .map(([, name]) => name)
          .filter((name) => !name.startsWith('node:') && !installed.includes(name))
          .map((name) => `${page}: ${name}`),
      );
    });
    expect([...new Set(missing)]).toEqual([]);
  });
});
