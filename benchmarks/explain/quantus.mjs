/**
 * Curves of deletion and the loss of a map where weights are shuffled, by this package and by Quantus 0.6 on the same network, maps and
 * tracks drawn anew: PixelFlipping and MPRT. Quantus orders the points, asks PyTorch and makes the curve; what a point becomes is ours.
 *
 *     benchmarks/explain/setup.sh && node benchmarks/explain/quantus.mjs [--json] [--peers FOLDER]
 *
 * Ends with 1 where a difference is above 10⁻⁴.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { useBackend } from '@diffusion/backends';
import {
  deletionCurves,
  explainTracks,
  mapAgreement,
  withShuffledWeights,
} from '@diffusion/eval/explain';
import { cnn, encoder, ownModel } from '@diffusion/models';
import { torchWeights, writeSafetensors } from '@diffusion/models/safetensors';
import { simulate } from '@diffusion/simulate';
import { shake } from './parity-cases.mjs';

const limit = 1e-4;
const [count, length, steps] = [12, 64, 8];
const stack = '1213';
const classes = ['a', 'b', 'c', 'd'];

const { values: given } = parseArgs({
  options: { json: { type: 'boolean' }, peers: { type: 'string' } },
});
const peers =
  given.peers ?? process.env.DIFFUSION_EXPLAIN ?? join(homedir(), '.cache/diffusion-bench/explain');
const python = join(peers, 'bin/python');
if (!existsSync(python)) {
  process.stderr.write(`${python} is not there: run benchmarks/explain/setup.sh first\n`);
  process.exit(3);
}

await useBackend('wasm');
const network = cnn({
  ...{ layers: stack, kernelSize: 4, length, channels: 1, units: 12, seed: 3 },
  classes: classes.length,
});
shake(network);
const standardized = encoder({ kind: 'standardized', dim: 1, length });
const model = ownModel({ network, encoder: standardized, output: { kind: 'classes', classes } });
const tracks = simulate({ model: 'fbm', alpha: 0.7, D: 1, count, length, dim: 1, seed: 4 });

const { points, target } = await explainTracks(tracks, model, { method: 'lrp' });
const shuffled = await withShuffledWeights(network, () =>
  explainTracks(tracks, model, { method: 'lrp', target }),
);
const laws = Array.from(tracks, () => ({ alpha: 0.7, diffusion: 1, sigma: 0 }));
// What a track looks like to the network at every step of every curve, in the order in which it is asked for.
const seen = [];
const places = [];
const judge = {
  predict: async (some) => {
    seen.push(...standardized.encode(some).inputs);
    places.push(...some.positions);
    return model.predict(some);
  },
};
const curves = await deletionCurves(tracks, judge, { points, target }, { laws, steps, draws: 1 });
const { correlation } = mapAgreement(tracks, [points, shuffled.points]);

const folder = mkdtempSync(join(tmpdir(), 'quantus-'));
try {
  const tensors = {
    inputs: { shape: [count, length], values: standardized.encode(tracks).inputs },
    points: { shape: [count, length], values: points },
    shuffled: { shape: [count, length], values: shuffled.points },
    // Per track deletion, insertion and the two of a random order, steps + 1 each.
    seen: { shape: [count, 4, steps + 1, length], values: Float32Array.from(seen) },
    places: { shape: [count, 4, steps + 1, length], values: Float32Array.from(places) },
  };
  for (const [name, part] of Object.entries(torchWeights(network))) {
    tensors[`weights.${name}`] = part;
  }
  writeFileSync(join(folder, 'quantus.safetensors'), writeSafetensors(tensors));
  writeFileSync(join(folder, 'quantus.json'), JSON.stringify({ stack, target: [...target] }));
  const script = fileURLToPath(new URL('quantus_metrics.py', import.meta.url));
  const { status, stdout } = spawnSync(python, [script, folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) process.exit(3);
  const theirs = JSON.parse(stdout);
  const results = {
    'deletion, step by step': Math.max(
      ...theirs.curve.map((value, s) => Math.abs(value - curves.deletion[s + 1])),
    ),
    // Quantus begins with the first step, we with the whole track.
    'area under deletion': Math.abs(
      (theirs.area + (curves.deletion[0] + curves.deletion[1]) / 2) / steps - curves.areas.deletion,
    ),
    'agreement, weights shuffled': Math.abs(theirs.correlation - correlation),
  };
  if (given.json)
    process.stdout.write(`${JSON.stringify({ limit, theirs, curves, correlation, results })}\n`);
  else {
    for (const [name, difference] of Object.entries(results)) {
      process.stdout.write(`${name}: differs by ${difference.toExponential(1)}\n`);
    }
  }
  if (!Object.values(results).every((difference) => difference <= limit)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
