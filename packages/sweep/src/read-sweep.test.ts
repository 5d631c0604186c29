import { deriveSeed } from '@diffusion/random';
import { readSweep, type Sweep, SweepError, sweepTasks } from './index.ts';

const head = { format: 'diffusion-sweep', version: 1, name: 'some' } as const;
const read = (rest: object) => readSweep(JSON.stringify({ ...head, ...rest }), 'some.json');

describe('readSweep', () => {
  it.each<[string, object, string]>([
    ['another format', { format: 'x' }, 'some.json: format is "x": expected "diffusion-sweep"'],
    ['no tasks', {}, 'some.json: tasks is missing: expected tasks, recipes or a grid'],
    ['an empty list', { tasks: [] }, 'tasks is []: expected a list, not empty'],
    [
      'a misspelt field',
      { tasks: [{ comand: ['a'] }] },
      'tasks[0].comand is ["a"]: expected one of name, command, values; the nearest is command',
    ],
    [
      'a number among the words',
      { tasks: [{ command: ['inspect', 3] }] },
      'tasks[0].command[1] is 3: expected a text',
    ],
    [
      'a placeholder of nothing',
      { grid: { command: ['a', '{c}'], values: { b: [1] } } },
      'grid.command[1] is "{c}": expected placeholders of {output}, {seed}, {b}',
    ],
    [
      'a key with a meaning',
      { grid: { command: ['a'], values: { seed: [1] } } },
      'grid.values is "seed": expected a key that is none of output, seed, recipe, task',
    ],
    [
      'a value that is a list',
      { grid: { command: ['a'], values: { b: [[1]] } } },
      'grid.values.b[0] is [1]: expected a text, a number, true or false',
    ],
    [
      'two tasks of one name',
      { tasks: [{ name: 'a', command: ['x'] }], recipes: ['a'] },
      'two tasks are called "a": expected a name of its own each',
    ],
    [
      'more tasks than anybody means',
      {
        grid: {
          command: ['a'],
          values: Object.fromEntries([...'abcdefg'].map((key) => [key, [...Array(10).keys()]])),
        },
      },
      'the grid has 10000000 tasks: expected at most 1000000',
    ],
    ['a recipe without a name', { recipes: [{}] }, 'recipes[0].name is missing: expected a text'],
    ['a seed that is none', { seed: 0.5, recipes: ['a'] }, 'seed is 0.5: expected an integer'],
  ])('refuses %s, and says where it is', (_, rest, message) => {
    const reading = () => read(rest);
    expect(reading).toThrow(SweepError);
    expect(reading).toThrow(message);
  });

  it('says the line where the text is no JSON', () => {
    expect(() => readSweep('{\n"name": }', 'some.json')).toThrow(
      'some.json, line 2: no valid JSON: expected a sweep',
    );
  });
});

describe('sweepTasks', () => {
  it('has a task for each combination, its last key changing fastest', () => {
    const sweep = read({
      seed: 7,
      grid: {
        command: [
          'train',
          '--set',
          'kernel={kernel}',
          '--seed',
          '{seed}',
          '--output',
          '{output}/m',
        ],
        values: { kernel: [4, 10], stack: ['123', '132'] },
      },
    });
    const tasks = sweepTasks(sweep);
    expect(tasks.map(({ name }) => name)).toEqual([
      'kernel=4,stack=123',
      'kernel=4,stack=132',
      'kernel=10,stack=123',
      'kernel=10,stack=132',
    ]);
    const { seed, command, values, index } = tasks[2];
    expect([index, values]).toEqual([2, { kernel: 10, stack: '123' }]);
    expect(seed).toBe(deriveSeed(7, 'sweep', 'own:kernel=10,stack=123'));
    expect(command).toEqual(`train --set kernel=10 --seed ${seed} --output {output}/m`.split(' '));
  });

  it('puts tasks, recipes and grids behind each other', () => {
    const command = ['inspect', '{file}'];
    const sweep: Sweep = {
      ...head,
      tasks: [{ command: ['a'] }, { name: 'b', command: ['{c}'], values: { c: true } }],
      recipes: ['motion-2d', { name: 'own', epochs: 3 }],
      grid: [
        { name: 'of {file}', command, values: { file: ['x.csv'] } },
        { command, values: { file: ['y.csv'] } },
      ],
    };
    const tasks = sweepTasks(sweep);
    expect(tasks.map(({ name, command: words }) => [name, words.join(' ')])).toEqual([
      ['task 0', 'a'],
      ['b', 'true'],
      ['motion-2d', 'train --recipe motion-2d --output {output}'],
      ['own', 'train --recipe {recipe} --output {output}'],
      ['of x.csv', 'inspect x.csv'],
      ['file=y.csv', 'inspect y.csv'],
    ]);
    expect(tasks[3].recipe).toEqual({ name: 'own', epochs: 3 });
  });

  it('gives a task the same seed when others are added', () => {
    const grid = (length: number[]) =>
      sweepTasks({ ...head, grid: { command: ['{length}'], values: { length } } });
    const seedOf = (tasks: ReturnType<typeof sweepTasks>, name: string) =>
      tasks.find((task) => task.name === name)!.seed;
    expect(seedOf(grid([10, 20, 30]), 'length=30')).toBe(seedOf(grid([30]), 'length=30'));
    expect(new Set(grid([1, 2, 3]).map(({ seed }) => seed)).size).toBe(3);
  });
});
