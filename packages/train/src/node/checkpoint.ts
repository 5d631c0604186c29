import { readFile } from 'node:fs/promises';
import { writeAtomically } from '@diffusion/tracks/node';
import { io, type Tensor } from '@tensorflow/tfjs-core';
import { TrainError } from '../errors.ts';
import type { EpochResult, TrainingState } from '../train.ts';

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
  ];
  const { data, specs } = await io.encodeWeights(named as { name: string; tensor: Tensor }[]);
  const header = `${magic}${JSON.stringify({ history: state.history, run, specs })}\n`;
  await writeAtomically(path, [new TextEncoder().encode(header), new Uint8Array(data)]);
}

/**
 * Reads a checkpoint.
 *
 * Throws {@link TrainError} when the file is missing, cut short or something else.
 */
export async function loadCheckpoint(path: string): Promise<Checkpoint> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new TrainError(
      `${path}: cannot be read (expected a checkpoint of an unfinished training)`,
      { cause },
    );
  }
  const start = new TextDecoder().decode(bytes.subarray(0, magic.length));
  const end = bytes.indexOf(0x0a, magic.length);
  if (start !== magic || end < 0) throw new TrainError(`${path}: not a checkpoint of a training`);
  const { history, run, specs } = readHeader(bytes.subarray(magic.length, end), path);
  // A copy of its own: the bytes of a file may be a part of a larger buffer.
  const body = new Uint8Array(bytes.subarray(end + 1));
  const expected = specs.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 4), 0);
  if (body.byteLength !== expected) {
    throw new TrainError(`${path}: cut short, ${body.byteLength} of ${expected} bytes of weights`);
  }
  const tensors = io.decodeWeights(body.buffer as ArrayBuffer, specs);
  const weights: Tensor[] = [];
  const averages: Tensor[] = [];
  const optimizer: { name: string; tensor: Tensor }[] = [];
  for (const { name } of specs) {
    if (name.startsWith('weight/')) weights.push(tensors[name]);
    else if (name.startsWith('average/')) averages.push(tensors[name]);
    else optimizer.push({ name: name.slice('optimizer/'.length), tensor: tensors[name] });
  }
  const state = { history, weights, optimizer, ...(averages.length > 0 && { averages }) };
  return { state, run };
}

interface Header {
  readonly history: EpochResult[];
  readonly run: unknown;
  readonly specs: io.WeightsManifestEntry[];
}

function readHeader(bytes: Uint8Array, path: string): Header {
  let header: Partial<Header> | null;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Header> | null;
  } catch {
    throw new TrainError(`${path}: the header of the checkpoint is no JSON`);
  }
  const { history, run, specs } = header ?? {};
  if (!Array.isArray(history) || !Array.isArray(specs) || !specs.every(isSpec)) {
    throw new TrainError(`${path}: the header of the checkpoint lacks history or specs`);
  }
  return { history, run, specs };
}

const isSpec = ({ name, shape }: Partial<io.WeightsManifestEntry>): boolean =>
  typeof name === 'string' && Array.isArray(shape);
