import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasRelaxedSimd } from '../kernels/host.ts';

/** The suite on a backend in a process of its own: `share` takes every so-manieth case. */
function checkElsewhere(
  name: string,
  share: number,
  { env = {}, cwd, flags = [] }: { env?: NodeJS.ProcessEnv; cwd?: string; flags?: string[] },
) {
  const built = (path: string) => new URL(`../../dist/${path}`, import.meta.url).href;
  const program = `
    const { useBackend } = await import('${built('index.js')}');
    const { checkConformance, conformanceCases } = await import('${built('conformance/index.js')}');
    const report = await useBackend('${name}', { warn: () => {} });
    const cases = conformanceCases.filter((_, i) => i % ${share} === 0);
    const results = report.name === '${name}' ? await checkConformance(cases) : [];
    process.stdout.write(JSON.stringify({ report, results }), () => process.exit(0));`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...flags, '--input-type=module', '-e', program],
    { encoding: 'utf8', timeout: 170_000, cwd, env: { ...process.env, ...env } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const all = process.env.DIFFUSION_CONFORMANCE === 'all';

it('every op and its gradients agree with float64 on wasm with relaxed SIMD', () => {
  // Newer engines have it, Node 20 behind a flag.
  const flags = hasRelaxedSimd() ? [] : ['--experimental-wasm-relaxed-simd'];
  const { report, results } = checkElsewhere('wasm', 1, { flags });
  expect(report.device).toMatch(/^WebAssembly with relaxed SIMD/);
  expect(results.length).toBeGreaterThan(200);
  expect(results.filter(({ problem }: { problem?: string }) => problem)).toEqual([]);
}, 60_000);

const driver = process.env.VK_ICD_FILENAMES ?? '/usr/lib/chromium/vk_swiftshader_icd.json';
const vulkan = existsSync(driver);

(vulkan ? it : it.skip)(
  `every op and its gradients agree with float64 on Dawn in Node${vulkan ? '' : ` (skipped: no Vulkan driver at ${driver})`}`,
  () => {
    const { report, results } = checkElsewhere('webgpu', all ? 1 : 8, {
      env: { VK_ICD_FILENAMES: driver },
    });
    expect(report).toMatchObject({ name: 'webgpu', reason: 'asked for' });
    expect(results.length).toBeGreaterThan(25);
    expect(results.filter(({ problem }: { problem?: string }) => problem)).toEqual([]);
  },
  180_000,
);

const tfjsNode =
  process.env.DIFFUSION_TFJS_NODE ?? join(homedir(), '.cache/diffusion-bench/tfjs-node');
const native = existsSync(join(tfjsNode, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8'));
const script = fileURLToPath(
  new URL('../../../../benchmarks/backends/setup-tfjs-node.sh', import.meta.url),
);

(native ? it : it.skip)(
  `every op and its gradients agree with float64 on tfjs-node${native ? '' : ` (skipped: not built, see ${script})`}`,
  () => {
    const { report, results } = checkElsewhere('node', 1, { cwd: tfjsNode });
    expect(report).toMatchObject({ name: 'node', reason: 'asked for' });
    expect(results.length).toBeGreaterThan(200);
    expect(results.filter(({ problem }: { problem?: string }) => problem)).toEqual([]);
  },
  180_000,
);
