import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './run.mjs';

/** `pnpm diffusion …`: the command, from the built sources; builds them the first time, with nothing on stdout. */
const command = join(root, 'packages/cli/dist/diffusion.js');
if (!existsSync(command)) {
  run('turbo', ['run', 'build', '--filter=!@diffusion/web', '--output-logs=errors-only'], {
    stdio: ['ignore', 2, 2],
  });
}
await import(pathToFileURL(command).href);
