import { spawnSync } from 'node:child_process';
import { itWith, tfjsNode, webgpuInNode } from '../../../../fixtures/needs.ts';
import { hasRelaxedSimd } from '../kernels/host.ts';
import { conformanceCases } from './index.ts';

/** The suite on a backend in a process of its own. */
function checkElsewhere(
  name: string,
  { env = {}, cwd, flags = [] }: { env?: NodeJS.ProcessEnv; cwd?: string; flags?: string[] },
) {
  const built = (path: string) => new URL(`../../dist/${path}`, import.meta.url).href;
  const program = `
    const { useBackend } = await import('${built('index.js')}');
    const { checkConformance } = await import('${built('conformance/index.js')}');
    const report = await useBackend('${name}', { warn: () => {} });
    const results = report.name === '${name}' ? await checkConformance() : [];
    process.stdout.write(JSON.stringify({ report, results }), () => process.exit(0));`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...flags, '--input-type=module', '-e', program],
    { encoding: 'utf8', timeout: 170_000, cwd, env: { ...process.env, ...env } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

it('every op and its gradients agree with float64 on wasm with relaxed SIMD', () => {
  // Newer engines have it, Node 20 behind a flag.
  const flags = hasRelaxedSimd() ? [] : ['--experimental-wasm-relaxed-simd'];
  const { report, results } = checkElsewhere('wasm', { flags });
  expect(report.device).toMatch(/^WebAssembly with relaxed SIMD/);
  expect(results).toHaveLength(conformanceCases.length);
  expect(results.filter(({ problem }: { problem?: string }) => problem)).toEqual([]);
}, 60_000);

const webgpu = webgpuInNode();
itWith(webgpu)(
  'every op and its gradients agree with float64 on Dawn in Node',
  () => {
    const { report, results } = checkElsewhere('webgpu', {
      env: { VK_ICD_FILENAMES: webgpu.driver },
    });
    expect(report).toMatchObject({ name: 'webgpu', reason: 'asked for' });
    expect(results).toHaveLength(conformanceCases.length);
    expect(results.filter(({ problem }: { problem?: string }) => problem)).toEqual([]);
  },
  180_000,
);

const native = tfjsNode();
itWith(native)(
  'every op and its gradients agree with float64 on tfjs-node',
  () => {
    const { report, results } = checkElsewhere('node', { cwd: native.folder });
    expect(report).toMatchObject({ name: 'node', reason: 'asked for' });
    expect(results).toHaveLength(conformanceCases.length);
    expect(results.filter(({ problem }: { problem?: string }) => problem)).toEqual([]);
  },
  180_000,
);
