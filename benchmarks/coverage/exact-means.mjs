import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a script beside this one writes to stdout, as JSON, of what it is given on stdin. */
export function fromPython(script, input, python) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout } = spawnSync(python, [file], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
  return JSON.parse(stdout);
}

/** Posterior means of ln D, ln σ and α of every track, by exact_posterior.py. */
export const exactMeans = (task, python) => fromPython('exact_posterior.py', task, python);
