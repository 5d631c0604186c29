import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadPretrained, pretrainedModels } from '@diffusion/weights';

/** A trained model that comes with the command. */
export interface ExaminedModel {
  readonly name: string;
  readonly bytes: number;
  /** Whether its files are there and have the checksums that they were released with. */
  readonly whole: boolean;
  readonly why?: string;
}

/** Loads every trained model, which checks its files. A backend has to be there. */
export async function examineModels(): Promise<ExaminedModel[]> {
  const examined: ExaminedModel[] = [];
  for (const { name, bytes } of pretrainedModels) {
    try {
      (await loadPretrained(name)).dispose();
      examined.push({ name, bytes, whole: true });
    } catch (error) {
      examined.push({ name, bytes, whole: false, why: (error as Error).message });
    }
  }
  return examined;
}

/** A package that is of use where it is installed, and not needed. */
export interface ExaminedPackage {
  readonly name: string;
  readonly for: string;
  /** Undefined where it is not installed. */
  readonly version?: string;
}

const OPTIONAL = {
  webgpu: '--backend webgpu: a GPU by Dawn',
  '@tensorflow/tfjs-backend-webgpu': '--backend webgpu',
  '@tensorflow/tfjs-node': '--backend node: TensorFlow on the CPU',
  '@tensorflow/tfjs-node-gpu': '--backend node-gpu: TensorFlow on an NVIDIA GPU',
} as const;

/** Where they are looked for, as `useBackend` does: beside the packages, and where the command runs. */
const PLACES = [
  createRequire(import.meta.url).resolve('@diffusion/backends'),
  pathToFileURL(`${process.cwd()}/`),
];

/** Which of the optional packages are there. */
export const examinePackages = (): ExaminedPackage[] =>
  Object.entries(OPTIONAL).map(([name, use]) => {
    const version = versionOf(name);
    return { name, for: use, ...(version !== undefined && { version }) };
  });

function versionOf(name: string): string | undefined {
  for (const place of PLACES) {
    try {
      // Its manifest is not among what every package gives away, so that it is found beside what is.
      const folders = createRequire(place).resolve.paths(name) ?? [];
      const file = folders.map((each) => join(each, name, 'package.json')).find(existsSync);
      if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8')).version;
    } catch {
      // Looked for in the next place.
    }
  }
  return undefined;
}
