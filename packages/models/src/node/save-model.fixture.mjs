// A model that takes the place of another, for scripts/faults: a rule of two files over a network of three.
import { join } from 'node:path';
import { ruleModel } from '@diffusion/models/classical';
import { loadModel, saveModel } from '@diffusion/models/node';
import { writeAtomically } from '@diffusion/tracks/node';

const model = (minimum) => ruleModel({ kind: 'max-test', dim: 2, level: minimum });

export async function prepare(folder) {
  await saveModel(folder, model(0.05));
  await writeAtomically(join(folder, 'weights.bin'), 'of a network');
}

export const act = (folder) => saveModel(folder, model(0.01));

export async function state(folder) {
  const { classifier } = await loadModel(folder);
  const { level } = classifier.toJSON();
  return { 0.05: 'old', 0.01: 'new' }[level] ?? `level ${level}`;
}
