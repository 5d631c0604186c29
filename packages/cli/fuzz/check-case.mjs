import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parsePredictions } from '@diffusion/eval/predictions';
import { LARGEST } from './processes.mjs';

/**
 * Carries out one case in a folder of its own and says what is wrong with how it ended, nothing where all is as it
 * should be: exit code 0, 2 or 3; with 2 and 3 one line that begins with `diffusion: `, nothing on stdout and no file made or changed; no stack
 * trace; at most 1 GiB; an output that is whole.
 *
 * @param run carries out a program's arguments in a folder: see processes.mjs.
 * @returns `{ code, seconds, memory, problems }`.
 */
export async function checkCase({ program, args, files, output }, run) {
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
  try {
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    const before = await contents(folder);
    const result = await run(program, args, folder);
    const after = await contents(folder);
    const problems = [...saidWrong(result), ...leftWrong(result, before, after, output)];
    return { ...result, problems };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function saidWrong({ code, signal, stopped, out, err, memory }) {
  if (stopped !== '') return [stopped];
  if (![0, 2, 3].includes(code)) return [`ended with ${code ?? signal}: ${err.slice(0, 1500)}`];
  const problems = [];
  if (/^\s+at .*[:(]\d+:\d+|node:internal/m.test(err))
    problems.push(`a stack trace: ${err.slice(0, 1500)}`);
  if (memory > LARGEST) problems.push(`took ${memory} bytes of memory`);
  // What a folder holds besides tracks is said before.
  const told = err.split('\n').filter((line) => !line.startsWith('passed over '));
  if (code === 0 && told.join('') !== '') problems.push(`on stderr: ${err.slice(0, 500)}`);
  if (code !== 0) {
    // Without a command the help is printed.
    const help = /^Usage: /.test(err);
    if (!help && (told.length !== 2 || told[1] !== '' || !told[0].startsWith('diffusion: '))) {
      problems.push(`not one line: ${JSON.stringify(err.slice(0, 1500))}`);
    }
    if (told.join('').length > 2200 && !help)
      problems.push(`a line of ${err.length} characters: ${err.slice(0, 300)}`);
    if (
      /is not a function|of undefined|of null|reading '|Cannot (create|set|convert)|is not iterable|Unexpected token/.test(
        err,
      )
    )
      problems.push(`words of the engine: ${err.slice(0, 500)}`);
    if (out !== '') problems.push(`on stdout: ${JSON.stringify(out.slice(0, 500))}`);
  }
  return problems;
}

function leftWrong({ code, stopped }, before, after, output) {
  if (stopped !== '') return [];
  const problems = [];
  const changed = [...after].filter(([name, bytes]) => !before.get(name)?.equals(bytes));
  const gone = [...before.keys()].filter((name) => !after.has(name));
  for (const [name, bytes] of changed) {
    if (code !== 0) problems.push(`${before.has(name) ? 'changed' : 'left'} ${name}`);
    else if (output !== undefined && !name.startsWith(output)) problems.push(`wrote ${name}`);
    else if (/\.tmp$|-replacing\.json$|-held\.json$/.test(name)) problems.push(`left ${name}`);
    else problems.push(...unfinished(name, bytes));
  }
  for (const name of gone) {
    const unneeded = code === 0 && /checkpoint\.bin$|-(replacing|held)\.json$|\.tmp$/.test(name);
    if (!unneeded) problems.push(`removed ${name}`);
  }
  return problems;
}

/** What shows that a file was not written to its end. */
function unfinished(name, bytes) {
  const text = bytes.toString();
  try {
    if (/\.json$/.test(name)) JSON.parse(text);
    if (/\.html$/.test(name) && !text.trimEnd().endsWith('</html>')) throw new Error('no </html>');
    if (/\.(csv|txt)$/.test(name) && !text.endsWith('\n')) throw new Error('no end of line');
    if (/^out\.csv$/.test(name) && /^(file,)?track,label,/.test(text)) parsePredictions(text);
    if (bytes.length === 0) throw new Error('empty');
  } catch (error) {
    return [`${name} is not whole: ${error.message}`];
  }
  return [];
}

/** Every file below a folder, by its path in it. */
async function contents(folder) {
  const found = new Map();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(path.slice(folder.length + 1), await readFile(path));
  }
  return found;
}
