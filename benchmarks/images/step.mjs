// A training step of LipNet-4, batch 32, one thread, of each contestant in turn: whatever else the machine does falls on all.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const one = { OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
/** PyTorch with vectors of 128 bits, which are those of wasm. */
const width128 = {
  ONEDNN_MAX_CPU_ISA: 'SSE41',
  ATEN_CPU_CAPABILITY: 'default',
  MKL_ENABLE_INSTRUCTIONS: 'SSE4_2',
};

/** Milliseconds per step: the least and the median of short turns. */
export async function raceSteps({ node, rounds }) {
  const python = join(
    process.env.DIFFUSION_TORCH ?? join(homedir(), '.cache/diffusion-bench/torch'),
    'bin/python',
  );
  const contestants = [await start('wasm', node, [here('step-ours.mjs')])];
  if (node !== process.execPath) {
    contestants.push(
      await start('wasm, the Node that is installed', process.execPath, [here('step-ours.mjs')]),
    );
  }
  if (existsSync(python)) {
    const script = here('step_torch.py');
    contestants.push(await start('PyTorch-128', python, [script, 'contiguous'], width128));
    contestants.push(
      await start('PyTorch-128, channels last', python, [script, 'channels last'], width128),
    );
    contestants.push(await start('PyTorch', python, [script, 'contiguous']));
  }
  const times = contestants.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [k, contestant] of contestants.entries()) {
      const found = await contestant.ask({ steps: round === 0 ? 20 : 6 });
      // The first round is for the engines to compile everything, the first step of a turn for the caches.
      if (round > 0) times[k].push(...found.times.slice(1));
    }
  }
  for (const contestant of contestants) contestant.end();
  return contestants.map(({ name, device, parameters }, k) => ({
    name,
    device,
    parameters,
    least: Math.min(...times[k]),
    median: times[k].toSorted((a, b) => a - b)[times[k].length >> 1],
  }));
}

/** A process that answers a line with a line. */
async function start(name, program, args, env = {}) {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...one, ...env },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`bench images: ${name} ended`);
    return JSON.parse(value);
  };
  return {
    name,
    ...(await answer()),
    ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}
