import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finishReplacing, type NewFile, replaceFiles } from '@diffusion/tracks/node';
import { InputError } from './input-error.ts';
import { interruption } from './interruption.ts';

/** What this command wrote to a folder: the digests by which it knows its own files again. */
const markName = '.diffusion-written.json';

interface Mark {
  /** SHA-256 in hexadecimal by the file's name. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Refuses to write over files that this command did not write, or that were changed since; told before the work.
 *
 * @param force writes over them all the same.
 */
export async function refuseForeign(
  folder: string,
  names: readonly string[],
  force = false,
): Promise<void> {
  await finishReplacing(folder);
  if (force) return;
  const mark = await readMark(folder);
  for (const name of names) {
    const path = join(folder, name);
    const there = await stat(path).catch(() => undefined);
    if (!there) continue;
    if (there.isFile() && mark.files[name] === (await digestOf(path))) continue;
    throw new InputError(
      `${path}: was not written by this command, or was changed since: expected another folder, or --force to write over it`,
    );
  }
}

/** Writes files of a folder together, all or none of them, and marks them as this command's own. */
export async function writeTogether(folder: string, files: Iterable<NewFile>): Promise<void> {
  const written: Record<string, string> = {};
  function* marked(): Generator<NewFile> {
    for (const { name, chunks } of files) {
      yield {
        name,
        chunks: digested(chunks, (digest) => {
          written[name] = digest;
        }),
      };
    }
    const mark = () => `${JSON.stringify({ files: written } satisfies Mark, null, 1)}\n`;
    // Made when the others are written.
    yield { name: markName, chunks: later(mark) };
  }
  await replaceFiles(folder, marked(), { signal: interruption.signal });
}

function* later(make: () => string): Generator<string> {
  yield make();
}

async function* digested(
  chunks: NewFile['chunks'],
  done: (digest: string) => void,
): AsyncGenerator<string | Uint8Array> {
  const hash = createHash('sha256');
  const pieces = typeof chunks === 'string' || ArrayBuffer.isView(chunks) ? [chunks] : chunks;
  for await (const piece of pieces as AsyncIterable<string | Uint8Array>) {
    hash.update(piece);
    yield piece;
  }
  done(hash.digest('hex'));
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}

async function readMark(folder: string): Promise<Mark> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, markName), 'utf8')) as Mark;
    return { files: { ...files } };
  } catch {
    return { files: {} };
  }
}
