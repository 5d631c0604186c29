import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/run.mjs';
import { run } from './registry.mjs';

/** What people install packages with; `yarn` with `node_modules`, `yarn pnp` as it is unless told otherwise, without. */
export type Manager = 'npm' | 'pnpm' | 'yarn' | 'yarn pnp';

/** A folder in which a package manager installs: packages of this repository from `registry`, others from where npm has them. */
export interface Project {
  readonly folder: string;
  /** Installs packages, or where none is named those of the project's own manifest. */
  install(names?: readonly string[]): Promise<void>;
  /** Runs a program of Node there; resolves to what it wrote to stdout. */
  node(args: readonly string[], options?: { program?: string; input?: string }): Promise<string>;
}

const yarn = join(root, 'release/node_modules/@yarnpkg/cli-dist/bin/yarn.js');

/** What a test's own runner tells the programs that it starts is not for those that they start. */
const env = { NODE_OPTIONS: '', CI: '' };

/** Prepares a folder; it is empty, unless it has a project already. */
export async function project(
  folder: string,
  manager: Manager,
  registry: string,
): Promise<Project> {
  await mkdir(folder, { recursive: true });
  const own = { flag: 'wx' };
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n', own).catch(() => {});
  const isYarn = manager.startsWith('yarn');
  if (isYarn) {
    const settings = [
      `npmRegistryServer: "${await othersRegistry()}"`,
      `npmScopes: { diffusion: { npmRegistryServer: "${registry}" } }`,
      'unsafeHttpWhitelist: ["*"]',
      'enableTelemetry: false',
      'enableImmutableInstalls: false',
      `nodeLinker: ${manager === 'yarn' ? 'node-modules' : 'pnp'}`,
    ];
    await writeFile(join(folder, '.yarnrc.yml'), `${settings.join('\n')}\n`);
    await writeFile(join(folder, 'yarn.lock'), '');
  } else await writeFile(join(folder, '.npmrc'), `@diffusion:registry=${registry}\n`);

  const commands: Record<Manager, [string, ...string[]]> = {
    npm: ['npm'],
    pnpm: ['npx', '-y', 'pnpm'],
    yarn: [process.execPath, yarn],
    'yarn pnp': [process.execPath, yarn],
  };
  const [command, ...before] = commands[manager];
  return {
    folder,
    async install(names = []) {
      const verb = names.length === 0 || manager === 'npm' ? 'install' : 'add';
      await run(command, [...before, verb, ...names], { cwd: folder, env });
    },
    async node(args, { program = process.execPath, input } = {}) {
      const [start, ...first] = manager === 'yarn pnp' ? [command, ...before, 'node'] : [program];
      const { stdout } = await run(start, [...first, ...args], { cwd: folder, env, input });
      return stdout;
    },
  };
}

/** Where npm has the packages of others. */
async function othersRegistry(): Promise<string> {
  const { stdout } = await run('npm', ['config', 'get', 'registry'], { cwd: tmpdir(), env });
  return stdout.trim();
}
