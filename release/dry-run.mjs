import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/run.mjs';
import { isPermissive } from './licences.mjs';
import { published } from './published.mjs';

/**
 * `pnpm release:dry`: a release up to the upload, in a copy of the repository. Versions and changelogs are made of the
 * changesets, every package goes through `pnpm publish --dry-run`, and what would be uploaded is looked at. Asks no network.
 */
/** The pnpm that runs this script, or npm's. */
const [program, ...before] = /pnpm[^/\\]*$/.test(process.env.npm_execpath ?? '')
  ? [process.env.npm_execpath]
  : ['npx', '-y', 'pnpm'];
const pnpm = (args, cwd) => must(program, [...before, ...args], cwd);
const copy = mkdtempSync(join(tmpdir(), 'release-'));

function must(command, args, cwd = copy) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (error || status !== 0) {
    process.stderr.write(`${command} ${args.join(' ')} failed\n${stdout}${stderr}${error ?? ''}\n`);
    process.exit(1);
  }
  return stdout;
}

try {
  const files = must('git', ['ls-files', '-z', '-co', '--exclude-standard'], root).split('\0');
  // Data of tests and benchmarks is of no use here.
  const wanted = files.filter((file) => /^(packages|\.changeset|[^/]+$)|package\.json$/.test(file));
  for (const file of [...wanted, ...published.map(({ place }) => `${place}/dist`)]) {
    if (file && existsSync(join(root, file))) {
      cpSync(join(root, file), join(copy, file), { recursive: true });
    }
  }
  // `changeset` asks git when a changeset came.
  const author = ['-c', 'user.name=release', '-c', 'user.email=release@localhost'];
  must('git', ['init', '--quiet', '--initial-branch=main']);
  must('git', ['add', '--all']);
  must('git', [...author, 'commit', '--quiet', '--no-verify', '--message', 'As it is']);
  must(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), 'version']);
  // The versions of the workspace's own packages are read where they are installed.
  pnpm(['install', '--offline', '--frozen-lockfile', '--ignore-scripts']);
  pnpm(['-r', '--filter', './packages/*', 'pack', '--pack-destination', copy]);

  const problems = [];
  const versions = new Set();
  for (const { place, manifest: before } of published) {
    const folder = join(copy, place);
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const problem = (text) => problems.push(`${name}: ${text}`);
    versions.add(version);
    // One by one: of several pnpm would ask the registry which it has.
    pnpm(['publish', '--dry-run', '--no-git-checks'], folder);
    const archive = join(copy, `${name.slice(1).replace('/', '-')}-${version}.tgz`);
    const packed = must('tar', ['-tzf', archive]).split('\n');
    const manifest = JSON.parse(must('tar', ['-xzOf', archive, 'package/package.json']));
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
    for (const [other, range] of ranges) {
      if (/^(workspace|link|file):/.test(range)) problem(`${other} is ${range}`);
    }
    for (const file of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'dist']) {
      if (!packed.some((path) => path.startsWith(`package/${file}`))) problem(`no ${file}`);
    }
    const extra = packed.filter((path) => /\.(test|fixture)\.|node_modules|tsconfig/.test(path));
    if (extra.length > 0) problem(`${extra.length} files that are none of a user's: ${extra[0]}`);
    const log = existsSync(join(folder, 'CHANGELOG.md'))
      ? readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')
      : '';
    if (!log.includes(`## ${version}`)) problem(`its changelog has no ${version}`);
    const { length } = packed;
    process.stdout.write(`${name} ${before.version} → ${version}, ${length} files\n`);
  }
  if (versions.size !== 1) problems.push(`versions differ: ${[...versions].join(', ')}`);
  if (versions.has('0.0.0')) problems.push('version is 0.0.0: expected one above it');
  // What comes along, as programs read it that look for known faults of others.
  pnpm(['release:sbom']);
  const { components } = JSON.parse(readFileSync(join(copy, 'sbom.cdx.json'), 'utf8'));
  for (const { name, group, version, licenses = [] } of components) {
    const stated = licenses.map((each) => each.expression ?? each.license.id ?? each.license.name);
    if (stated.length === 0 || !stated.every(isPermissive)) {
      problems.push(`${group ?? ''}/${name} ${version} has the licence ${stated.join(', ')}`);
    }
  }
  process.stdout.write(`sbom.cdx.json: ${components.length} packages come along\n`);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
