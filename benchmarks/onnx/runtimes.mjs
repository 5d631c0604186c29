import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const cache = (name) => join(homedir(), '.cache/diffusion-bench', name);

/** Where setup.sh has put what runs ONNX files: the program, its arguments, and what is there if it is installed. */
const programs = {
  'ONNX Runtime': () => {
    const python = join(process.env.DIFFUSION_ONNXRUNTIME ?? cache('onnxruntime'), 'bin/python');
    return { program: python, args: [here('runtime.py')], needs: python };
  },
  'ONNX Runtime Web': () => {
    const folder = process.env.DIFFUSION_ONNX ?? cache('onnx');
    const needs = join(folder, 'node_modules/onnxruntime-web');
    return { program: process.execPath, args: [here('runtime-web.mjs'), folder], needs };
  },
};

/** The names of all of them. */
export const runtimes = Object.keys(programs);

/** Why one cannot run here; undefined where it can. */
export function missing(name) {
  const { needs } = programs[name]();
  return existsSync(needs) ? undefined : `nothing at ${needs} (benchmarks/onnx/setup.sh)`;
}

/** Starts one: `ask({ file, inputs })` gives the outputs, `end()` waits until it has ended. */
export async function startRuntime(name) {
  const { program, args } = programs[name]();
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended`);
    return JSON.parse(value);
  };
  const { device } = await answer();
  return {
    device,
    ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answer();
    },
    end: () =>
      new Promise((resolve) => {
        child.once('close', resolve);
        child.stdin.end();
      }),
  };
}
