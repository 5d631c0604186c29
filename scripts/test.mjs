import { run } from './run.mjs';

/**
 * `pnpm test [jest arguments]`: builds what the tests import, then runs every package's tests in one Jest.
 * `pnpm test:system`, which is `test.mjs --system`, runs those that start browsers, bundlers and other engines.
 */
const args = process.argv.slice(2);
const system = args[0] === '--system';
// The page is built for the tests that open it alone.
run('turbo', [
  'run',
  'build',
  ...(system ? [] : ['--filter=!@diffusion/web']),
  '--output-logs=errors-only',
]);
run('jest', system ? args.slice(1) : args, {
  env: {
    ...(system && { DIFFUSION_TESTS: 'system' }),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`,
  },
});
