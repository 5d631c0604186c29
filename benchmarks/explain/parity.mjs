/**
 * Relevance of the same networks with the same weights by this package and by captum (integrated gradients) and zennit (layer-wise
 * relevance propagation): the largest difference, as a share of the map's largest number.
 *
 *     benchmarks/explain/setup.sh && node benchmarks/explain/parity.mjs [--json] [--peers FOLDER] [--golden FOLDER]
 *
 * Ends with 1 where a difference is above 10⁻⁴. With `--golden`, the weights, inputs and the peers' maps of small networks are
 * written to a folder instead, which tests compare with: packages/eval/src/explain/fixtures.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { useBackend } from '@diffusion/backends';
import { explainInputs } from '@diffusion/eval/explain';
import { torchWeights, writeSafetensors } from '@diffusion/models/safetensors';
import * as tf from '@tensorflow/tfjs-core';
import { cases, goldenCases, inputsOf, shake } from './parity-cases.mjs';

const { values: given } = parseArgs({
  options: { json: { type: 'boolean' }, peers: { type: 'string' }, golden: { type: 'string' } },
});
const limit = 1e-4;
const rows = given.golden ? 2 : 6;
const epsilons = given.golden ? [1e-2] : [1e-2, 0.1];

const peers =
  given.peers ?? process.env.DIFFUSION_EXPLAIN ?? join(homedir(), '.cache/diffusion-bench/explain');
const python = join(peers, 'bin/python');
if (!existsSync(python)) {
  process.stderr.write(`${python} is not there: run benchmarks/explain/setup.sh first\n`);
  process.exit(3);
}

/** The methods, by the names that the maps have. */
const methods = Object.fromEntries([
  ['integrated-gradients', { method: 'integrated-gradients', steps: 50 }],
  ['gradient-input', { method: 'gradient-input' }],
  ...epsilons.flatMap((epsilon) =>
    [
      { kind: 'epsilon', epsilon },
      { kind: 'gamma', gamma: 0.25, epsilon },
      { kind: 'alpha-beta', alpha: 2, beta: 1, epsilon },
      { kind: 'z-plus', epsilon },
    ].map((rule) => [`lrp ${rule.kind} ${epsilon}`, { method: 'lrp', rule }]),
  ),
]);

const plain = (tensor) => ({ shape: tensor.shape, values: tensor.dataSync() });

await useBackend('wasm');
const folder = mkdtempSync(join(tmpdir(), 'parity-'));
try {
  const written = [];
  for (const { build, ...about } of given.golden ? goldenCases() : cases()) {
    const network = build();
    shake(network);
    const target = Array.from({ length: rows }, (_, i) => i % network.outputs[0].shape[1]);
    const tensors = {};
    const put = (prefix, parts) => {
      for (const [name, part] of Object.entries(parts)) tensors[`${prefix}.${name}`] = part;
    };
    put('weights', torchWeights(network));
    tf.tidy(() => {
      const inputs = inputsOf(about, rows);
      const mask = tf.oneHot(tf.tensor1d(target, 'int32'), network.outputs[0].shape[1]);
      put('input', inputs.map(plain));
      for (const [name, options] of Object.entries(methods)) {
        const { inputs: maps, output } = explainInputs(network, inputs, [mask], options);
        put(`map.${name}`, maps.map(plain));
        put(`output.${name}`, [plain(output)]);
      }
    });
    writeFileSync(join(folder, `${about.name}.safetensors`), writeSafetensors(tensors));
    written.push({ ...about, target, methods });
    network.dispose();
  }
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(written));
  const script = fileURLToPath(new URL('parity.py', import.meta.url));
  const { status, stdout } = spawnSync(
    python,
    [script, folder, ...(given.golden ? [resolve(given.golden)] : [])],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 1e9,
    },
  );
  if (status !== 0) process.exit(3);
  const differences = JSON.parse(stdout);
  const worst = Math.max(...differences.map(({ difference }) => difference));
  if (given.json) process.stdout.write(`${JSON.stringify({ limit, worst, differences })}\n`);
  else {
    const kinds = [...new Set(differences.map(({ kind }) => kind))];
    process.stdout.write(
      `| method | ${kinds.join(' | ')} |\n|---|${kinds.map(() => '---|').join('')}\n`,
    );
    for (const method of Object.keys(methods)) {
      const cells = kinds.map((kind) =>
        Math.max(
          ...differences
            .filter((d) => d.kind === kind && d.method === method)
            .map((d) => d.difference),
        ).toExponential(1),
      );
      process.stdout.write(`| ${method} | ${cells.join(' | ')} |\n`);
    }
  }
  if (!(worst <= limit)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
