import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { itWith, program as programHere } from '../../../fixtures/needs.ts';
import { built, diffusion, expectOneLine, newFolder, removeFolder } from './command.fixture.ts';
import { commandOf } from './help/command-of.ts';
import type { DescribedCommand } from './help/command-tree.ts';
import { candidates } from './help/complete.ts';
import { completionScripts, SHELLS } from './help/completion-scripts.ts';
import { wholeProgram } from './program.ts';
import { throwing } from './run-command.ts';

const tree: DescribedCommand = JSON.parse(
  readFileSync(new URL('../dist/command-tree.json', import.meta.url), 'utf8'),
);

/** Every command of the tree with its path, the root first. */
function* all(command = tree, path = ''): Generator<[string, DescribedCommand]> {
  yield [path, command];
  for (const each of command.commands) yield* all(each, `${path} ${each.name}`.trim());
}
const listed = [...all()].filter(([, { hidden }]) => !hidden);

describe('the help', () => {
  it('shows an example of every command', () => {
    expect(
      listed.filter(([, { examples }]) => examples.length === 0).map(([path]) => path),
    ).toEqual([]);
    expect(listed.length).toBeGreaterThan(18);
  });

  const lines = listed.flatMap(([, { examples }]) => examples.map(({ line }) => line));
  it.each(lines)('has an example that can be typed: %s', async (line) => {
    const [, ...words] = line.replace(/ >.*$/, '').split(' ');
    if (words[0] === 'help') {
      expect(tree.commands.map(({ name }) => name)).toContain(words[1]);
      return;
    }
    const root = throwing(await wholeProgram());
    const ran: string[] = [];
    const doNothing = (command: Command): void => {
      command.action(() => {
        ran.push(command.name());
      });
      command.commands.forEach(doNothing);
    };
    root.commands.forEach(doNothing);
    await root.parseAsync(words, { from: 'user' });
    expect(ran).toHaveLength(1);
  });

  it('of every command is that of the command itself, with its examples', async () => {
    const root = await wholeProgram();
    for (const command of root.commands) {
      const made = commandOf(tree).commands.find((each) => each.name() === command.name());
      const flags = (each: Command | undefined) =>
        each
          ?.createHelp()
          .visibleOptions(each)
          .map((option) => each.createHelp().optionDescription(option))
          .sort();
      expect(flags(made)).toEqual(flags(command));
    }
  });

  it.each([60, 80, 120])('fits a terminal of %i columns', (width) => {
    const help = commandOf(tree);
    const tooLong: string[] = [];
    const widest = (command: Command): void => {
      let text = '';
      command.configureOutput({
        getOutHelpWidth: () => width,
        writeOut: (more) => {
          text += more;
        },
      });
      command.outputHelp();
      // A word that is longer than its place cannot be cut.
      tooLong.push(...text.split('\n').filter((line) => [...line].length > width));
      command.commands.forEach(widest);
    };
    widest(help);
    expect(tooLong).toEqual([]);
  });

  it('is printed by --help, -h and help, and by a command without arguments on stderr', async () => {
    const cwd = process.cwd();
    const [long, short, word] = await Promise.all([
      diffusion('predict --help', cwd),
      diffusion('predict -h', cwd),
      diffusion('help predict', cwd),
    ]);
    expect(long.code).toBe(0);
    expect(long.out).toContain('diffusion predict cells.csv --model model');
    expect([short, word]).toEqual([long, long]);
    const none = await diffusion('', cwd);
    expect([none.code, none.out]).toEqual([2, '']);
    expect(none.err).toContain('Judge them by a trained model:');
  });

  it('names what was meant', async () => {
    const cwd = process.cwd();
    expectOneLine(
      await diffusion('predct a.csv', cwd),
      "unknown command 'predct' (Did you mean predict?)",
    );
    expectOneLine(
      await diffusion('help predct', cwd),
      "unknown command 'predct' (Did you mean predict?)",
    );
    expectOneLine(await diffusion('predict a.csv --outptu b', cwd), '(Did you mean --output?)');
    expectOneLine(await diffusion('completion tcsh', cwd), 'Allowed choices are bash, zsh, fish');
  });
});

describe('--json', () => {
  it('is an option of every command but that which prints a script', () => {
    // One that only has others below it does nothing itself.
    const doing = listed.filter(
      ([, { commands, options }]) => commands.length === 0 || options.length > 0,
    );
    const without = doing
      .filter(
        // What has commands below it and does nothing itself prints nothing.
        ([path, { options, arguments: words, commands }]) =>
          path !== '' &&
          !(commands.length > 0 && options.length + words.length === 0) &&
          !options.some(({ flags }) => flags === '--json'),
      )
      .map(([path]) => path);
    expect(without).toEqual(['completion']);
  });
});

describe('completion', () => {
  const words = (...typed: string[]) => candidates(tree, typed).words.map(({ word }) => word);

  it('knows commands, options, their values and the names of models', () => {
    expect(words('pre')).toEqual(['predict']);
    expect(words('')).toContain('help');
    expect(words('')).not.toContain('complete');
    expect(words('models', '')).toEqual(['describe', 'help']);
    expect(words('models', 'describe', 'xres')).toEqual(['xresnet']);
    expect(words('predict', '--mod')).toEqual(['--model']);
    expect(words('predict', '--model', 'motion-')).toEqual(['motion-1d', 'motion-2d', 'motion-3d']);
    expect(words('predict', '--model', '=', 'motion-3')).toEqual(['motion-3d']);
    expect(words('predict', '--model=motion-3')).toEqual(['--model=motion-3d']);
    expect(words('completion', '')).toEqual([...SHELLS]);
    expect(words('help', 'eval')).toEqual(['evaluate']);
  });

  it('offers an option once, unless it may be repeated', () => {
    expect(words('predict', '--model', 'motion-2d', '--mo')).toEqual([]);
    expect(words('predict', '--set', 'a=1', '--se')).toEqual(['--set']);
  });

  it('says where files and folders can stand', () => {
    expect(candidates(tree, ['predict', '']).also).toBe('files');
    expect(candidates(tree, ['predict', '--output', '']).also).toBe('files');
    expect(candidates(tree, ['train', '--data', '']).also).toBe('folders');
    expect(candidates(tree, ['predict', '--workers', '']).also).toBe('none');
    expect(candidates(tree, ['train', 'cells']).also).toBe('none');
  });

  /** Runs a program of a shell, in a folder where `diffusion` is the built command and cells.csv is a file. */
  async function inShell(shell: string, args: readonly string[]): Promise<string> {
    const folder = await newFolder();
    try {
      const command = join(folder, 'diffusion');
      writeFileSync(
        command,
        `#!/bin/sh\nexec "${process.execPath}" "${built('diffusion')}" "$@"\n`,
      );
      chmodSync(command, 0o755);
      writeFileSync(join(folder, 'cells.csv'), '');
      for (const each of SHELLS) writeFileSync(join(folder, each), completionScripts[each]);
      const { stdout, stderr, status } = spawnSync(shell, args, {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '', PATH: `${folder}:${process.env.PATH}` },
      });
      expect([status, stderr]).toEqual([0, '']);
      return stdout;
    } finally {
      await removeFolder(folder);
    }
  }

  itWith(programHere('bash'))('works in bash', async () => {
    const ask = (...typed: string[]) =>
      `COMP_WORDS=(diffusion ${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length}; _diffusion; echo "\${COMPREPLY[*]}"`;
    const program = [
      '. ./bash; compopt() { :; }',
      ask('pred'),
      ask('predict', 'cel'),
      ask('predict', '--model', '=', 'motion-3'),
      ask('predict', '--duplicates', ''),
    ].join('\n');
    expect((await inShell('bash', ['-c', program])).split('\n')).toEqual([
      ...['predict', 'cells.csv', 'motion-3d', 'error first mean', ''],
    ]);
  });

  itWith(programHere('fish'))('works in fish', async () => {
    const program =
      'source ./fish; complete -C "diffusion pred"; complete -C "diffusion predict cel"; complete -C "diffusion predict --model motion-3"';
    const lines = (await inShell('fish', ['--no-config', '-c', program])).split('\n');
    expect(lines.map((line) => line.split('\t')[0])).toEqual(
      expect.arrayContaining(['predict', 'cells.csv', 'motion-3d']),
    );
  });

  itWith(programHere('zsh'))('works in zsh', async () => {
    // A terminal of its own, in which Tab is pressed twice.
    const program = [
      'zmodload zsh/zpty; zpty shell zsh -f -i; read_all() { local out all; sleep $1; while zpty -r -t shell out; do all+=$out; done; print -r -- $all }',
      "zpty -w shell 'PS1=; autoload -U compinit; compinit -u -D; source ./zsh; print ready'; read_all 2 >/dev/null",
      "zpty -w -n shell $'diffusion pred\\t'; read_all 3",
    ].join('\n');
    expect(await inShell('zsh', ['-f', '-c', program])).toContain('predict');
  });
});

describe('the manual page', () => {
  const path = new URL('../dist/diffusion.1', import.meta.url);
  const page = readFileSync(path, 'utf8');

  it('has every command and option', () => {
    const plain = page.replaceAll('\\-', '-');
    for (const [name, { options }] of listed) {
      if (name !== '') expect(plain).toContain(`.SS "diffusion ${name}`);
      for (const { flags } of options) expect(plain).toContain(`.B ${flags}`);
    }
  });

  itWith(programHere('mandoc'))('is right to mandoc', () => {
    const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', path.pathname], {
      encoding: 'utf8',
    });
    // The page has no date, so that a build is the same on every day.
    const told = stdout.split('\n').filter((line) => !/^$|missing date/.test(line));
    expect(told).toEqual([]);
  });
});
