import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/**
 * `node release/check-archives.mjs ARCHIVE…`: what publint and attw find wrong with packed packages, a line each, and nothing
 * where all is well. Exits with 1 if there is anything.
 */

/**
 * Of attw's findings those of old ways that the packages do not go: TypeScript's resolution of before `exports`, and a
 * `require` that cannot load ES modules, which Node does since 20.19.
 */
const isOld = ({ kind, resolutionKind }) =>
  resolutionKind === 'node10' || kind === 'CJSResolvesToESM';

let problems = 0;
const report = (archive, text) => {
  problems++;
  process.stdout.write(`${archive.replace(/.*\//, '')}: ${text}\n`);
};

for (const archive of process.argv.slice(2)) {
  const bytes = new Uint8Array(readFileSync(archive));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  for (const message of messages) report(archive, `publint: ${formatMessage(message, pkg)}`);
  // Without doors for programs there are no types.
  if (!pkg.exports) continue;
  const { types, problems: found = [] } = await checkPackage(createPackageFromTarballData(bytes), {
    // Data, and scripts that workers alone load.
    excludeEntrypoints: Object.keys(pkg.exports).filter((door) => /\.json$|\*/.test(door)),
  });
  if (!types) report(archive, 'attw: no types');
  for (const problem of found.filter((each) => !isOld(each))) {
    report(archive, `attw: ${JSON.stringify(problem)}`);
  }
}
process.exitCode = problems === 0 ? 0 : 1;
