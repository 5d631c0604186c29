import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrayOf } from './packed.mjs';

/**
 * Writes the files of a case, runs its inputs through them and gives the largest difference from our answers, over all
 * sizes and batches.
 *
 * @param runtimes running ones.
 * @param batches how many tracks go through together.
 * @returns a number per runtime, and how many bytes the files have.
 */
export async function compare({ sizes, make }, runtimes, batches) {
  const folder = mkdtempSync(join(tmpdir(), 'onnx-'));
  const { files, ask, dispose } = make();
  const path = (name) => join(folder, `network${name}.onnx`);
  let bytes = 0;
  for (const [name, content] of files) {
    writeFileSync(path(name), content);
    bytes += content.length;
  }
  const differences = runtimes.map(() => 0);
  for (const size of sizes) {
    for (const batch of batches) {
      const { file = '', inputs, answers } = await ask(size, batch);
      for (const [i, runtime] of runtimes.entries()) {
        const { outputs } = await runtime.ask({ file: path(file), inputs });
        differences[i] = Math.max(differences[i], differenceOf(answers, outputs));
      }
    }
  }
  dispose();
  rmSync(folder, { recursive: true });
  return { differences, bytes };
}

/** The largest difference of two sets of tensors by name; ∞ where names, shapes or a value are not there. */
function differenceOf(ours, theirs) {
  if (`${Object.keys(ours)}` !== `${Object.keys(theirs)}`) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [name, tensor] of Object.entries(ours)) {
    const [a, b] = [arrayOf(tensor), arrayOf(theirs[name])];
    if (`${tensor.shape}` !== `${theirs[name].shape}`) return Number.POSITIVE_INFINITY;
    for (const [i, value] of a.entries()) {
      const difference = Math.abs(value - b[i]);
      if (!(difference < Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
      largest = Math.max(largest, difference);
    }
  }
  return largest;
}
