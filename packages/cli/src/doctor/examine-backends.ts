import { type BackendName, type BackendReport, useBackend } from '@diffusion/backends';
import { installKernels } from '@diffusion/backends/kernels';
import { predictParallel, type SingleModel } from '@diffusion/models';
import { simulate } from '@diffusion/simulate';
import type { Prediction } from '@diffusion/tracks';
import { loadPretrained, pretrainedFor } from '@diffusion/weights';

/** What a backend is good for here. */
export interface ExaminedBackend {
  readonly name: BackendName;
  /** Whether it starts, and finds the known numbers of a convolution and an LSTM step with their gradients. */
  readonly works: boolean;
  /** What it runs on, where it works; why it does not, otherwise. */
  readonly device?: string;
  readonly why?: string;
  /** How far the answers of a trained model are from those of the first backend that works, in probability. */
  readonly difference?: number;
  /** Milliseconds that these answers took, once they were warm. */
  readonly milliseconds?: number;
}

/** What was found of the backends. */
export interface ExaminedCompute {
  readonly backends: readonly ExaminedBackend[];
  /** What `--backend auto` takes. */
  readonly auto: Pick<BackendReport, 'name' | 'device' | 'reason'>;
  /** How the kernels of `--backend wasm`, which every command takes unless told, use the processor. */
  readonly simd: {
    readonly bits: 0 | 128 | 256;
    readonly fusedMultiplyAdd: boolean;
    /** Why not 256, where that was tried. */
    readonly why?: string;
  };
  /** How far answers of two worker threads are from those of one: 0 unless something is wrong. */
  readonly workers: {
    readonly works: boolean;
    readonly difference?: number;
    readonly why?: string;
  };
}

/** Those that Node has, as `useBackend` ranks them. */
const NAMES = ['node-gpu', 'wasm', 'webgpu', 'node', 'cpu'] as const;

/** Answers differ by rounding: more than that is a fault. */
const TOLERANCE = 1e-3;

/** Starts every backend in turn, and asks a trained model for the same tracks on each of them. */
export async function examineBackends(): Promise<ExaminedCompute> {
  const quiet = { wide: true, warn: () => {} };
  const backends: ExaminedBackend[] = [];
  let first: Float32Array | undefined;
  let simd: ExaminedCompute['simd'] = { bits: 0, fusedMultiplyAdd: false };
  for (const name of NAMES) {
    const report = await useBackend(name, quiet).catch((error: Error) => error);
    if (report instanceof Error || report.name !== name) {
      const why = report instanceof Error ? report.message : report.rejected[0]?.why;
      backends.push({ name, works: false, why });
      continue;
    }
    if (name === 'wasm' && report.device.includes('SIMD,')) simd = await simdOf();
    const found = await answers().catch((error: Error) => error);
    if (found instanceof Error) {
      backends.push({ name, works: false, device: report.device, why: found.message });
      continue;
    }
    first ??= found.values;
    const difference = largest(found.values, first);
    backends.push({
      ...{ name, works: difference <= TOLERANCE, device: report.device, difference },
      milliseconds: found.milliseconds,
      ...(difference > TOLERANCE && { why: `its answers differ by ${difference.toPrecision(2)}` }),
    });
  }
  const { name, device, reason } = await useBackend('auto', quiet);
  return { backends, auto: { name, device, reason }, simd, workers: await examineWorkers() };
}

async function simdOf(): Promise<ExaminedCompute['simd']> {
  const { relaxed, wide, narrowBecause } = await installKernels();
  return {
    bits: wide ? 256 : 128,
    fusedMultiplyAdd: relaxed,
    ...(narrowBecause !== undefined && { why: narrowBecause }),
  };
}

/** A few tracks that every trained model of two dimensions has seen the like of. */
const tracks = () =>
  simulate({ model: 'brownian', D: 1, count: 8, length: 50, dim: 2, seed: 1, sigma: 0.1 });

/** The model that comes trained for them. */
function motionModel(): Promise<SingleModel> {
  const found = pretrainedFor(2);
  if (!found) throw new Error('no trained model for 2D tracks comes with this command');
  return loadPretrained(found.name);
}

async function answers(): Promise<{ values: Float32Array; milliseconds: number }> {
  const model = await motionModel();
  try {
    await model.predict(tracks());
    const began = performance.now();
    const prediction = await model.predict(tracks());
    const milliseconds = Math.round(performance.now() - began);
    return { values: valuesOf(prediction), milliseconds };
  } finally {
    model.dispose();
  }
}

async function examineWorkers(): Promise<ExaminedCompute['workers']> {
  try {
    await useBackend('wasm', { wide: true, warn: () => {} });
    const model = await motionModel();
    try {
      const alone = valuesOf(await model.predict(tracks(), { batchSize: 4 }));
      const shared = valuesOf(await predictParallel(model, tracks(), { workers: 2, batchSize: 4 }));
      const difference = largest(alone, shared);
      return { works: difference === 0, difference };
    } finally {
      model.dispose();
    }
  } catch (error) {
    return { works: false, why: (error as Error).message };
  }
}

const valuesOf = ({ probabilities, values }: Prediction): Float32Array =>
  Float32Array.from(probabilities ?? values ?? []);

const largest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => {
    const difference = Object.is(value, b[i]) ? 0 : Math.abs(value - b[i]);
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
