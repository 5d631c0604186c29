import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command of the workspace's own `node_modules/.bin` and ends this process with its status if it fails. */
export function run(command, args, { env = {}, stdio = 'inherit' } = {}) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio,
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_NO_UPDATE_NOTIFIER: '1',
      ...env,
      PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH,
    },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}
