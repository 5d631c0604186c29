import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './run.mjs';

/** `pnpm bench NAME [--json] …`: builds, then runs `benchmarks/NAME/bench.mjs` with the remaining arguments. */
const [name, ...rest] = process.argv.slice(2);
const benchmarks = join(root, 'benchmarks');
const known = readdirSync(benchmarks).filter((folder) =>
  existsSync(join(benchmarks, folder, 'bench.mjs')),
);
if (!known.includes(name)) {
  process.stderr.write(
    `bench: '${name ?? ''}' is not a benchmark; there are ${known.join(', ')}\n`,
  );
  process.exit(2);
}
run('turbo', ['run', 'build', '--output-logs=errors-only'], { stdio: ['ignore', 2, 2] });
process.argv = [...process.argv.slice(0, 2), ...rest];
await import(pathToFileURL(join(benchmarks, name, 'bench.mjs')).href);
