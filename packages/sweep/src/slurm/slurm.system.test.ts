import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeWith, slurm } from '../../../../fixtures/needs.ts';
import { command, tableHere, tableIn, until, working } from '../engines.fixture.ts';
import { submitToSlurm } from './index.ts';

const execute = promisify(execFile);
/** With the variables of this test, which are not those that the process was started with. */
const run = (program: string, args: readonly string[]) =>
  execute(program, args, { env: process.env });
const alone = fileURLToPath(new URL('../../../../benchmarks/sweep/slurm.sh', import.meta.url));
/** Stands for `diffusion sweep run` on a node. */
const node = fileURLToPath(new URL('node.fixture.mjs', import.meta.url));

describeWith(slurm())('on a real SLURM', () => {
  let base: string;
  let place: string;
  const before = process.env.SLURM_CONF;

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'slurm-'));
    const { stdout } = await run(alone, ['start', place, '2']);
    process.env.SLURM_CONF = stdout.trim();
  }, 120_000);
  afterAll(async () => {
    await run(alone, ['stop', place]);
    await rm(place, { recursive: true, force: true, maxRetries: 3 });
    if (before === undefined) delete process.env.SLURM_CONF;
    else process.env.SLURM_CONF = before;
  }, 60_000);
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'sweep-'));
  });
  afterEach(() => rm(base, { recursive: true, force: true, maxRetries: 3 }));

  it('has the table of one process, though a job is killed in mid-task', async () => {
    const folder = join(base, 'out');
    const log = join(base, 'log');
    const file = join(base, 'work.json');
    const sweep = working(7, 700, log);
    const whole = await tableHere(sweep, join(base, 'whole'), base);
    await rm(log);
    await writeFile(file, JSON.stringify(sweep));
    const program = [process.execPath, node, command];
    const common = { folder, file, base, program, jobs: 2 };
    const dry = await submitToSlurm(sweep, { ...common, submit: false });
    expect(dry).toEqual({
      script: join(folder, 'slurm/job.sh'),
      ranges: [
        { from: 0, to: 3 },
        { from: 4, to: 7 },
      ],
      missing: 8,
    });
    const { job } = await submitToSlurm(sweep, common);
    expect(job).toMatch(/^\d+$/);
    const running = () => readdir(join(folder, 'running'));
    await until(async () => (await running()).includes('00004.1'));
    await run('scancel', ['--signal=KILL', '--full', `${job}_1`]);
    const squeue = async () => (await run('squeue', ['--noheader', '--jobs', job!])).stdout.trim();
    await until(async () => (await squeue().catch(() => '')) === '', 90);
    const rest = await submitToSlurm(sweep, { ...common, wait: true });
    // The other job has done its range.
    expect(rest.ranges).toEqual([{ from: 4, to: 7 }]);
    expect(await tableIn(folder)).toBe(whole);
    const none = await submitToSlurm(sweep, common);
    expect([none.missing, none.job]).toEqual([0, undefined]);
    const starts = (await readFile(log, 'utf8')).trimEnd().split('\n').length;
    expect(starts).toBeLessThanOrEqual(8);
  }, 180_000);

  it('says in a line what sbatch refuses', async () => {
    const file = join(base, 'work.json');
    const sweep = working(1, 0, join(base, 'log'));
    const settings = { partition: 'none' };
    await expect(
      submitToSlurm(sweep, { folder: join(base, 'out'), file, base, program: ['a'], settings }),
    ).rejects.toThrow(/^sbatch: .*invalid partition/);
  });
});
