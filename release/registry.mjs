import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from '../scripts/run.mjs';

/** Runs a command, in a process beside this one, whose servers go on answering. Resolves to what it wrote; rejects with that. */
export function run(command, args, { cwd = root, env = {}, input } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', fail);
    child.on('close', (status) => {
      if (status === 0) return done({ stdout, stderr });
      fail(new Error(`${command} ${args.join(' ')} in ${cwd}: ${status}\n${stdout}${stderr}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** The first file of this name in the text of a tar archive. */
function fileOf(tar, wanted) {
  for (let at = 0; at < tar.length; ) {
    const text = (from, length) =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    if (Number.isNaN(size)) break;
    if (text(0, 100) === wanted) return tar.toString('utf8', at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`there is no ${wanted}`);
}

/** Packs every package into a folder, as it would be published; resolves to the paths of the archives. */
export async function pack(folder) {
  const only = ['--filter', './packages/*'];
  await run('npx', ['-y', 'pnpm', '-r', ...only, 'pack', '--pack-destination', folder]);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tgz'))
    .map((name) => join(folder, name));
}

/** A registry of the packed packages, and of nothing else, as npm, pnpm and yarn ask one for those of a scope. */
export async function startRegistry(archives) {
  const documents = new Map();
  const files = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    const body = files.get(path) ?? documents.get(path);
    if (body === undefined) return response.writeHead(404).end('{}');
    const type = files.has(path) ? 'application/octet-stream' : 'application/json';
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${server.address().port}/`;
  for (const archive of archives) {
    const bytes = readFileSync(archive);
    const manifest = JSON.parse(fileOf(gunzipSync(bytes), 'package/package.json'));
    const { name, version } = manifest;
    const file = `files/${name.split('/')[1]}-${version}.tgz`;
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const shasum = createHash('sha1').update(bytes).digest('hex');
    const dist = { tarball: url + file, integrity, shasum };
    const document = {
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...manifest, dist } },
      time: { [version]: '2020-01-01T00:00:00.000Z', modified: '2020-01-01T00:00:00.000Z' },
    };
    files.set(file, bytes);
    documents.set(name, JSON.stringify(document));
  }
  return { url, close: () => server.close() };
}
