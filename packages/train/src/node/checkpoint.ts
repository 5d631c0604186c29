import { bytesOfWeight, checkFinite, weightSpecs } from '@diffusion/models/training';
import { quote } from '@diffusion/tracks/messages';
import { readBytes, writeAtomically } from '@diffusion/tracks/node';
import { parseJson } from '@diffusion/tracks/parsing';
import { io, type Tensor } from '@tensorflow/tfjs-core';
import { TrainError } from '../errors.ts';
import type { EpochResult, TrainingState } from '../training-state.ts';

/** A checkpoint read back: the state of the training, and what the caller had said of it. */
export interface Checkpoint {
  readonly state: TrainingState;
  /** The command's own description of the run, to build the same network and source again. */
  readonly run: unknown;
}

const magic = 'diffusion-checkpoint-1\n';

/**
 * Writes a training's state as one file, whole or not at all: a line that says what it is, a line of JSON, the
 * weights' bytes.
 *
 * @param run JSON that tells how to build the network and the source again.
 */
export async function saveCheckpoint(
  path: string,
  state: TrainingState,
  run: unknown,
): Promise<void> {
  const named = [
    ...state.weights.map((tensor, i) => ({ name: `weight/${i}`, tensor })),
    ...state.optimizer.map(({ name, tensor }) => ({ name: `optimizer/${name}`, tensor })),
    ...(state.averages ?? []).map((tensor, i) => ({ name: `average/${i}`, tensor })),
    ...(state.best ?? []).map((tensor, i) => ({ name: `best/${i}`, tensor })),
  ];
  const { data, specs } = await io.encodeWeights(named as { name: string; tensor: Tensor }[]);
  const header = `${magic}${JSON.stringify({ history: state.history, run, specs })}\n`;
  await writeAtomically(path, [new TextEncoder().encode(header), new Uint8Array(data)]);
}

/** The most bytes of a checkpoint: it is held in memory whole. */
const MOST_BYTES = 2 ** 32;

/**
 * Reads a checkpoint.
 *
 * Throws {@link TrainError} when the file is missing, cut short, damaged or something else.
 */
export async function loadCheckpoint(path: string): Promise<Checkpoint> {
  const { header, body } = await readParts(path);
  const { history, run, specs } = readHeader(header, path);
  const expected = specs.reduce((sum, spec) => sum + bytesOfWeight(spec), 0);
  if (body.byteLength !== expected) {
    throw new TrainError(`${path}: cut short, ${body.byteLength} of ${expected} bytes of weights`);
  }
  inWordsOfTraining(() => checkFinite(body, specs, path));
  const tensors = io.decodeWeights(body.buffer as ArrayBuffer, specs);
  const weights: Tensor[] = [];
  const averages: Tensor[] = [];
  const best: Tensor[] = [];
  const optimizer: { name: string; tensor: Tensor }[] = [];
  for (const { name } of specs) {
    if (name.startsWith('weight/')) weights.push(tensors[name]);
    else if (name.startsWith('average/')) averages.push(tensors[name]);
    else if (name.startsWith('best/')) best.push(tensors[name]);
    else optimizer.push({ name: name.slice('optimizer/'.length), tensor: tensors[name] });
  }
  const state = {
    history,
    weights,
    optimizer,
    ...(averages.length > 0 && { averages }),
    ...(best.length > 0 && { best }),
  };
  return { state, run };
}

/**
 * What the caller had said of the training whose checkpoint this is, read without its weights.
 *
 * Throws {@link TrainError} as {@link loadCheckpoint} does.
 */
export async function loadRun(path: string): Promise<unknown> {
  const { header } = await readParts(path);
  return readHeader(header, path).run;
}

/** The bytes of the header and those of the weights. */
async function readParts(path: string): Promise<{ header: Uint8Array; body: Uint8Array }> {
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(path, MOST_BYTES);
  } catch (cause) {
    const code = ((cause as Error).cause as NodeJS.ErrnoException | undefined)?.code;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new TrainError(
      missing
        ? `${path}: cannot be read (expected a checkpoint of an unfinished training)`
        : (cause as Error).message,
      { cause },
    );
  }
  const start = new TextDecoder().decode(bytes.subarray(0, magic.length));
  const end = bytes.indexOf(0x0a, magic.length);
  if (start !== magic || end < 0) throw new TrainError(`${path}: not a checkpoint of a training`);
  // A copy of its own: the bytes of a file may be a part of a larger buffer.
  return {
    header: bytes.subarray(magic.length, end),
    body: new Uint8Array(bytes.subarray(end + 1)),
  };
}

interface Header {
  readonly history: EpochResult[];
  readonly run: unknown;
  readonly specs: io.WeightsManifestEntry[];
}

const isMatrix = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((row) => Array.isArray(row) && row.every((x) => typeof x === 'number'));

function readHeader(bytes: Uint8Array, path: string): Header {
  const fail = (message: string): never => {
    throw new TrainError(`${path}: the header of the checkpoint ${message}`);
  };
  const header = inWordsOfTraining(() =>
    parseJson(new TextDecoder().decode(bytes), path, 'the header of a checkpoint'),
  ) as Partial<Header> | null;
  const { history, run, specs: listed } = header ?? {};
  if (!Array.isArray(history) || !Array.isArray(listed)) return fail('lacks history or specs');
  for (const [i, epoch] of history.entries()) {
    const numbers = Object.entries((epoch as unknown) ?? {}).every(
      ([key, x]) => typeof x === 'number' || (key === 'validationConfusion' && isMatrix(x)),
    );
    if (!numbers || epoch?.epoch !== i + 1) fail(`has no numbers of epoch ${i + 1} in its history`);
  }
  const specs = inWordsOfTraining(() => weightSpecs(listed, path));
  const next = { weight: 0, average: 0, best: 0 };
  for (const { name } of specs) {
    const [kind, at] = name.split('/', 2);
    if (kind === 'optimizer') continue;
    if (!Object.hasOwn(next, kind)) fail(`names ${quote(name)}: expected a weight`);
    const expected = next[kind as keyof typeof next]++;
    if (at !== `${expected}`) fail(`names ${quote(name)}: expected ${kind}/${expected}`);
  }
  return { history, run, specs };
}

/** What other packages say of a file, as a {@link TrainError}. */
function inWordsOfTraining<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw new TrainError((cause as Error).message, { cause });
  }
}
