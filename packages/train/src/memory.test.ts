import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { itWith, newNode, wideVectors } from '../../../fixtures/needs.ts';

interface Held {
  tensors: number;
  /** Bytes of the wasm heap of this thread and of every worker. */
  heap: number[];
  rss: number;
  arrayBuffers: number;
}

/** What is held after 20 batches and after 120, in a process of its own: of this Node, or of another. */
function held(
  parameters: string[],
  engine = process.execPath,
): { training: [Held, Held]; prediction: [Held, Held] } {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const program = fileURLToPath(new URL('./memory.fixture.mjs', import.meta.url));
  const { stdout, stderr, status } = spawnSync(engine, ['--expose-gc', program, ...parameters], {
    encoding: 'utf8',
    timeout: 170_000,
    env,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Four hundred activations of [64, 64, 16] are 105 MB; of what V8 gives back at its leisure, 25 MB were seen. */
const BOUND = 50e6;

function grown([before, after]: [Held, Held]) {
  return {
    tensors: after.tensors - before.tensors,
    heaps: after.heap.some((bytes, i) => bytes !== before.heap[i]),
    memory: after.rss - before.rss > BOUND,
    arrayBuffers: after.arrayBuffers - before.arrayBuffers > BOUND,
  };
}

const nothing = { tensors: 0, heaps: false, memory: false, arrayBuffers: false };

describe('a hundred training steps and a hundred predictions leave memory where it was', () => {
  it.each([
    ['on this thread', '0'],
    ['in shards on two workers', '2'],
  ])(
    '%s',
    (_, workers) => {
      const { training, prediction } = held([workers]);
      expect(training[0].heap.every((bytes) => bytes > 0)).toBe(true);
      expect(grown(training)).toEqual(nothing);
      expect(grown(prediction)).toEqual(nothing);
    },
    180_000,
  );

  const node = newNode();
  itWith(node, wideVectors())(
    'with vectors of 256 bits, on two workers',
    () => {
      const { training, prediction } = held(['2', 'wide'], node.program);
      expect(grown(training)).toEqual(nothing);
      expect(grown(prediction)).toEqual(nothing);
    },
    180_000,
  );

  it('and four activations kept at every step would be seen', () => {
    const { training } = held(['0', 'leak']);
    expect(grown(training)).toMatchObject({ tensors: 100, heaps: true, memory: true });
  }, 180_000);
});
