import { run } from './run.mjs';

/** `pnpm test [jest arguments]`: builds what the tests import, then runs every package's tests in one Jest. */
run('turbo', ['run', 'build', '--output-logs=errors-only']);
run('jest', process.argv.slice(2), {
  env: {
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`,
  },
});
