import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { root } from '../scripts/run.mjs';
import { address, common, installLine, published } from './published.mjs';

/**
 * `node release/complete.mjs` writes into the manifests and READMEs of the packages what follows from others: where the
 * repository is, the door to `package.json`, the line that installs a package with its peers, and links that hold where
 * a README is read outside of the repository. release/published.test.ts fails where one differs.
 */
for (const entry of published) {
  const { folder, manifest } = entry;
  const { name, version, description, keywords = [], license: _license, ...rest } = manifest;
  for (const key of Object.keys(common(entry))) delete rest[key];
  if (rest.exports) rest.exports = { ...rest.exports, './package.json': './package.json' };
  rest.files = [...new Set([...rest.files, 'CHANGELOG.md'])];
  const complete = { name, version, description, keywords, ...common(entry), ...rest };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(complete, null, 2)}\n`);

  for (const file of pagesOf(rest.files)) {
    const path = join(folder, file);
    const page = readFileSync(path, 'utf8');
    const linked = absoluteLinks(page, dirname(join(entry.place, file)));
    writeFileSync(
      path,
      file === 'README.md' && rest.exports ? withInstallLine(name, linked) : linked,
    );
  }
}

/** The pages of a package that are published. */
function pagesOf(files) {
  return ['README.md', ...files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md')];
}

function absoluteLinks(page, from) {
  return page.replace(/\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)/g, (_, path, anchor = '') => {
    const place = normalize(join(from, path)).replace(/\/$/, '');
    const kind = existsSync(join(root, place)) && /\.\w+$/.test(place) ? 'blob' : 'tree';
    return `](${address}/${kind}/main/${place}${anchor})`;
  });
}

function withInstallLine(name, page) {
  const line = installLine(name, page);
  const there = new RegExp(`^npm install ${name}( .*)?$`, 'm');
  if (there.test(page)) return page.replace(there, line);
  return page.replace(/^```ts\n/m, `\`\`\`sh\n${line}\n\`\`\`\n\n$&`);
}
