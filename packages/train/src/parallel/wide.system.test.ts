import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { itWith, newNode, wideVectors } from '../../../../fixtures/needs.ts';

const node = newNode();

itWith(node, wideVectors())(
  'a training gives the same bits on vectors of 128 and of 256 bits, and in workers, which use the same',
  () => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const program = fileURLToPath(new URL('./wide.fixture.mjs', import.meta.url));
    const { stdout, stderr, status } = spawnSync(node.program, [program], {
      encoding: 'utf8',
      timeout: 110_000,
      env,
    });
    if (status !== 0) throw new Error(stderr);
    const [narrow, wide, workers] = JSON.parse(stdout);
    expect(narrow.device).toBe('WebAssembly with relaxed SIMD, 1 thread');
    expect(wide).toEqual({
      ...narrow,
      device: 'WebAssembly with relaxed SIMD, 256 bits, 1 thread',
    });
    expect(workers).toEqual(wide);
    expect(narrow.loss.every(Number.isFinite)).toBe(true);
  },
  120_000,
);
