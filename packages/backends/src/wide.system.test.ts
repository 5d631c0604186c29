import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { itWith, newNode, wideVectors } from '../../../fixtures/needs.ts';
import { conformanceCases } from './conformance/index.ts';

const node = newNode();

/** What wide.fixture.mjs says of the kernels of one shape, in a process of the Node that can have them all. */
function kernels(shape: 'narrow' | 'unfused' | 'wide') {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const program = fileURLToPath(new URL('./wide.fixture.mjs', import.meta.url));
  const { stdout, stderr, status } = spawnSync(node.program, [program, shape], {
    encoding: 'utf8',
    timeout: 110_000,
    env,
  });
  if (status !== 0) throw new Error(stderr);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

itWith(node, wideVectors())(
  'kernels of 256 bits conform, and give the bits of those of 128: every op, its gradients, a training',
  () => {
    const narrow = kernels('narrow');
    expect(narrow.device).toBe('WebAssembly with relaxed SIMD, 1 thread');
    expect(Object.keys(narrow.bits).length).toBeGreaterThan(conformanceCases.length);
    const wide = kernels('wide');
    expect(wide).toEqual({
      ...narrow,
      device: 'WebAssembly with relaxed SIMD, 256 bits, 1 thread',
    });
    expect(wide.problems).toEqual([]);
    expect(wide.training.left).toBe(0);
  },
  240_000,
);

itWith(node)(
  'they give them in an engine that leaves the vectors in halves, too',
  () => {
    const { replaced, ...unfused } = kernels('unfused');
    expect(replaced.columns).toBe(16);
    expect(replaced.calls).toBeGreaterThan(1000);
    expect(unfused).toEqual(kernels('narrow'));
  },
  240_000,
);
