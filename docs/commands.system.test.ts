import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { type PageStep, pageSteps } from '../fixtures/page-commands.ts';
import { readersPages, root } from '../fixtures/pages.ts';

/**
 * The commands of the pages by a `diffusion` that is the built one: those of one page after the other in one folder, in their order. The
 * tutorial and the guides for who comes from elsewhere run as they are printed. Of the others, trainings and simulations get fewer
 * tracks where the printed ones take minutes, and the folder has what a reader is told to bring: files of tracks, labelled ones, a model.
 * The cards of the trained models are left out: what they print takes days.
 */
const scratch = mkdtempSync(join(tmpdir(), 'diffusion-pages-'));
const bin = join(scratch, 'bin');
const own = join(scratch, 'own');

const pages = readersPages()
  .map((path) => ({ page: relative(root, path), steps: pageSteps(readFileSync(path, 'utf8')) }))
  .map(({ page, steps }) => ({ page, steps, commands: steps.flatMap(ofDiffusion) }))
  .filter(
    ({ page, commands }) => commands.length > 0 && !page.startsWith('packages/weights/models/'),
  );

/** Where a page is read from the first line to the last by somebody who has nothing yet. */
const asPrinted = /^docs\/(?:tutorial|from-[a-z-]+)\.md$/;

function ofDiffusion({ command = '' }: PageStep): string[] {
  const line = command.replace(/^npx -y pnpm --silent /, '');
  return line.startsWith('diffusion ') ? [line] : [];
}

/** Runs a line in a folder; what it said on stderr where it failed, else ''. */
function failure(line: string, cwd: string): string {
  const { status, stderr } = spawnSync('sh', ['-c', line], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  return status === 0 ? '' : `${line}: ${stderr}`;
}

function must(line: string, cwd: string): void {
  const failed = failure(line, cwd);
  if (failed !== '') throw new Error(failed);
}

beforeAll(() => {
  mkdirSync(bin);
  const program = join(bin, 'diffusion');
  const built = join(root, 'packages/cli/dist/diffusion.js');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${built}" "$@"\n`);
  chmodSync(program, 0o755);
  mkdirSync(own);
  bringFiles();
}, 300_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What readers have: measured tracks, those of two conditions, labelled ones, images, a model, and the files that pages tell to save. */
function bringFiles(): void {
  for (const { file } of pages.flatMap(({ steps }) => steps)) {
    if (file) writeFileSync(join(own, file.name), file.text);
  }
  writeFileSync(
    join(own, 'like-cells.json'),
    JSON.stringify({
      ...{ dim: 2, length: { min: 30, max: 90 }, dt: 0.03, noise: { sigma: 0.03 } },
      ...{ positionUnit: 'µm', timeUnit: 's' },
      classes: [
        { model: 'brownian', label: 'free', parameters: { D: { min: 0.1, max: 0.5 } } },
        { model: 'directed', label: 'driven', parameters: { D: 0.1, speed: { min: 1, max: 3 } } },
      ],
    }),
  );
  /** Tracks and labels of a seed, as rows without and with a head. */
  const made = (count: number, seed: number): Record<'tracks' | 'labels', string[]> => {
    const folder = join(own, 'made');
    must(
      `diffusion dataset --spec like-cells.json --count ${count} --seed ${seed} --output made`,
      own,
    );
    const lines = (name: string) => readFileSync(join(folder, name), 'utf8').trim().split('\n');
    const both = { tracks: lines('tracks.csv'), labels: lines('labels.csv') };
    rmSync(folder, { recursive: true });
    return both;
  };
  const save = (path: string, lines: readonly string[]) =>
    writeFileSync(join(own, path), `${lines.join('\n')}\n`);

  for (const [i, folder] of ['control', 'drug'].entries()) {
    mkdirSync(join(own, folder));
    for (let k = 0; k < 5; k++) save(`${folder}/${k}.csv`, made(10, 10 * i + k).tracks);
  }
  mkdirSync(join(own, 'measured'));
  const labels = Array.from({ length: 8 }, (_, k) => {
    const file = made(40, 100 + k);
    save(`measured/${k}.csv`, file.tracks);
    const [head, ...rows] = file.labels;
    return [...(k === 0 ? [`file,${head}`] : []), ...rows.map((row) => `${k}.csv,${row}`)];
  });
  save('measured/labels.csv', labels.flat());
  // The same under the names that the trained models have.
  cpSync(join(own, 'measured'), join(own, 'known'), { recursive: true });
  const names: Record<string, string> = { free: 'brownian', driven: 'directed' };
  save(
    'known/labels.csv',
    labels.flat().map((row) => row.replace(/free|driven/, (name) => names[name])),
  );

  const [head, ...rows] = made(40, 3).tracks;
  const idOf = (row: string) => Number(row.split(',')[0]);
  const cells = [
    `${head},condition,treatment,cell`,
    ...rows.map((row) => `${row},${idOf(row) % 2},${idOf(row) % 2},${idOf(row) % 12}`),
  ];
  for (const name of ['cells.csv', 'other.csv', 'measured.csv']) save(name, cells);
  // The table of the AnDi-2 challenge, in pixels and frames.
  mkdirSync(join(own, 'public_data/exp_0'), { recursive: true });
  save('public_data/exp_0/trajs_fov_0.csv', ['traj_idx,frame,x,y', ...rows]);
  // What trackpy and TrackMate write.
  for (const name of ['Tracks.xml', 'tracks.csv']) {
    must(
      `diffusion simulate --model brownian --D 0.1 --count 20 --length 60 --noise 0.03 --seed 1 --output ${name}`,
      own,
    );
  }
  must('diffusion dataset --preset liposomes --count 60 --size 32 --seed 2 --output others', own);
  must(
    shortened('diffusion train --model xresnet --spec like-cells.json --seed 1 --output model'),
    own,
  );
  mkdirSync(join(own, 'out'));
  cpSync(join(own, 'model'), join(own, 'out/model'), { recursive: true });
  symlinkSync(join(root, 'fixtures'), join(own, 'fixtures'));
  cpSync(join(root, 'examples/sweeps'), own, { recursive: true });
}

/** A command with a value of an option, in the place of one that it has. */
function withOption(command: string, option: string, value: string): string {
  return command.includes(` ${option} `)
    ? command.replace(new RegExp(`(?<= ${option} )\\S+`), value)
    : `${command} ${option} ${value}`;
}

/** The same of fewer tracks, where the printed one takes minutes. */
function shortened(command: string): string {
  const [, name] = command.split(' ');
  switch (name) {
    case 'dataset':
      return withOption(command, '--count', command.includes('liposomes') ? '1000' : '100');
    case 'calibrate':
      return command.includes('--data') ? command : withOption(command, '--count', '300');
    case 'expect':
      return withOption(command, '--count', '100');
    case 'shares':
      return withOption(command, '--simulated', '600');
    case 'report':
      return /--by-folder|--group/.test(command)
        ? command
        : `${command.replace(' --no-expect', '')} --no-expect`;
    case 'explain':
      return `${command} --no-check`;
    case 'sweep':
      return command.includes('--engine slurm') ? `${command} --no-submit` : command;
    case 'train': {
      if (/find-learning-rate/.test(command)) return command;
      const few = command.includes('--model forest')
        ? command
        : withOption(command, '--epochs', '1');
      if (/ --folds /.test(command)) return `${few} --fold 1`;
      return /--data |--start model/.test(command)
        ? few
        : `${withOption(few, '--count', '64')} --change data.validation=20 --change data.test=20`;
    }
    default:
      return command;
  }
}

/** Why a command is not run here; '' where it is. */
function leftOut(command: string): string {
  if (/[[\]…]/.test(command)) return 'it says which arguments there are';
  if (/^diffusion (?:worker|completion)| redis | \/shared\//.test(command))
    return 'it needs a server, or the home of a user';
  if (/^diffusion reproduce (?!--list)/.test(command)) return 'it takes a quarter of an hour';
  if (/^diffusion sweep (?:run(?!.*--engine slurm)|table)/.test(command)) return 'it takes hours';
  if (/--resume /.test(command)) return 'the training before it has ended';
  return '';
}

describe('the commands of the pages', () => {
  it('of the tutorial do what it says', () => {
    const cwd = join(scratch, 'tutorial');
    mkdirSync(cwd);
    const tutorial = pages.find(({ page }) => page === 'docs/tutorial.md');
    expect(tutorial?.commands.length).toBeGreaterThan(10);
    for (const step of tutorial?.steps ?? []) {
      if (step.file) writeFileSync(join(cwd, step.file.name), step.file.text);
      for (const line of ofDiffusion(step)) expect(failure(line, cwd)).toBe('');
    }
    for (const name of [
      'cell/labels.csv',
      'report.html',
      'estimates.csv',
      'mine/card.json',
      'mine.html',
      'my-cells/model.safetensors',
    ]) {
      expect([name, existsSync(join(cwd, name))]).toEqual([name, true]);
    }
  }, 900_000);

  it.each(pages.filter(({ page }) => page !== 'docs/tutorial.md'))(
    'of $page work',
    ({ page, commands }) => {
      const cwd = join(scratch, page.replace(/\W/g, '-'));
      cpSync(own, cwd, { recursive: true, verbatimSymlinks: true });
      const run = commands
        .filter((command) => leftOut(command) === '')
        .map((command) => (asPrinted.test(page) ? command : shortened(command)));
      expect(run.map((command) => failure(command, cwd)).filter(Boolean)).toEqual([]);
    },
    900_000,
  );

  it('are run, most of them', () => {
    const all = pages.flatMap(({ commands }) => commands);
    expect(all.filter((command) => leftOut(command) === '').length / all.length).toBeGreaterThan(
      0.75,
    );
  });
});
