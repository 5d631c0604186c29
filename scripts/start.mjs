import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './run.mjs';

/** `pnpm start [FILE]`: builds, then runs the main job. */
run('turbo', ['run', 'build', '--filter=!@diffusion/web', '--output-logs=errors-only'], {
  stdio: ['ignore', 2, 2],
});
await import(pathToFileURL(join(root, 'packages/cli/dist/main-job.js')).href);
