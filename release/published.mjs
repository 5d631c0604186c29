import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/run.mjs';

/** The packages that are published, each with its folder and its manifest. */
export const published = readdirSync(join(root, 'packages'))
  .map((name) => ({ name, folder: join(root, 'packages', name) }))
  .filter(({ folder }) => existsSync(join(folder, 'package.json')))
  .map(({ name, folder }) => ({
    folder,
    place: `packages/${name}`,
    manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  }))
  .filter(({ manifest }) => !manifest.private);

const workspace = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * Where the repository is, as a browser takes it: the one place that says so is `repository` of the manifest at the root;
 * `node release/complete.mjs` writes it into the manifests and READMEs of the packages.
 */
export const address = workspace.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** What every manifest has of the repository's. */
export const common = ({ place }) => ({
  license: workspace.license,
  author: workspace.author,
  homepage: `${address}/tree/main/${place}#readme`,
  repository: { ...workspace.repository, directory: place },
  bugs: `${address}/issues`,
});

/** The package of what an import names: `@diffusion/tracks` of `@diffusion/tracks/node`. */
export const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The packages that the TypeScript examples of a page import. */
export function importedBy(page) {
  const examples = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code).join('');
  const specifiers = [...examples.matchAll(/\bfrom '([^'.][^']*)'/g)].map(([, name]) => name);
  return [...new Set(specifiers.filter((name) => !name.startsWith('node:')).map(packageOf))];
}

/**
 * What to install for a package and the examples of its README: the package, what else those import, and the peers that all
 * of these need, since not every package manager brings peers along.
 */
export function installed(name, imported = []) {
  const wanted = new Set([name, ...imported]);
  const reached = new Set();
  const queue = [...wanted];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const found = published.find(({ manifest }) => manifest.name === next);
    if (!found || reached.has(next)) continue;
    reached.add(next);
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = found.manifest;
    queue.push(...Object.keys(dependencies));
    for (const peer of Object.keys(peerDependencies)) {
      if (peerDependenciesMeta[peer]?.optional) continue;
      wanted.add(peer);
      queue.push(peer);
    }
  }
  const [, ...others] = wanted;
  return [name, ...others.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))];
}

const rank = (name) => (name.startsWith('@diffusion/') ? 0 : 1);

/** The line of a README that installs all of it. */
export const installLine = (name, page) =>
  `npm install ${installed(name, importedBy(page)).join(' ')}`;

/** The peers of a package that only some of it needs. */
export const optionalPeers = ({ peerDependenciesMeta = {} }) =>
  Object.keys(peerDependenciesMeta).filter((peer) => peerDependenciesMeta[peer].optional);
