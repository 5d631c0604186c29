import { SweepError } from '../errors.ts';
import { slurmScript, taskRanges } from './index.ts';

const options = {
  name: 'two words',
  command: ['/usr/bin/node', "it's.js", 'sweep', 'run', 'a.json'],
  ranges: taskRanges(10, 4),
  array: [0, 1, 3],
  workers: 2,
  log: '/out/%A_%a.txt',
};

describe('taskRanges', () => {
  it.each([
    [10, 4],
    [10, 3],
    [1, 100],
    [180, 7],
    [7, 7],
  ])('of %i tasks in at most %i ranges have each task once', (count, jobs) => {
    const ranges = taskRanges(count, jobs);
    expect(ranges.length).toBeLessThanOrEqual(jobs);
    const all = ranges.flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, k) => from + k),
    );
    expect(all).toEqual(Array.from({ length: count }, (_, k) => k));
    // The script computes them so.
    const size = ranges[0].to + 1;
    expect(ranges.map(({ from }) => from)).toEqual(ranges.map((_, k) => k * size));
  });

  it('refuses none', () => {
    expect(() => taskRanges(3, 0)).toThrow('jobs is 0: expected an integer of at least 1');
  });
});

describe('slurmScript', () => {
  it('says what sbatch and the shell need', () => {
    const settings = { time: '01:00:00', exclusive: '' };
    expect(slurmScript({ ...options, settings }).split('\n')).toEqual([
      '#!/bin/bash',
      '#SBATCH --job-name=two-words',
      '#SBATCH --array=0-1,3',
      '#SBATCH --cpus-per-task=2',
      '#SBATCH --output=/out/%A_%a.txt',
      '#SBATCH --time=01:00:00',
      '#SBATCH --exclusive',
      'from=$((SLURM_ARRAY_TASK_ID * 3))',
      'to=$((from + 2))',
      '[ "$to" -le 9 ] || to=9',
      '# In place of the shell: what SLURM says to the job, the command hears.',
      `exec /usr/bin/node 'it'\\''s.js' sweep run a.json --tasks "$from..$to"`,
      '',
    ]);
  });

  it.each([
    ['array', '3'],
    ['--time', '1'],
    ['time', '1\n#SBATCH --x'],
  ])('refuses the setting %s', (key, value) => {
    const writing = () => slurmScript({ ...options, settings: { [key]: value } });
    expect(writing).toThrow(SweepError);
    expect(writing).toThrow(`sbatch is ${key}=`);
  });
});
