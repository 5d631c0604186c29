import type { Host } from './host.ts';
import { isFusing } from './is-fusing.ts';

/** A clock and this thread's processor time, both in milliseconds. */
const time = { clock: 0, processor: 0 };
const { now } = performance;
const node = process as { threadCpuUsage?: () => { user: number; system: number } };
const { threadCpuUsage } = node;

beforeEach(() => {
  Object.assign(time, { clock: 0, processor: 0 });
  performance.now = () => time.clock;
  node.threadCpuUsage = () => ({ user: 800 * time.processor, system: 200 * time.processor });
});
afterEach(() => {
  performance.now = now;
  node.threadCpuUsage = threadCpuUsage;
});

interface Costs {
  /** Milliseconds of the processor that a product takes, and takes from `compiled` milliseconds of it on. */
  readonly first: number;
  readonly later: number;
  readonly compiled: number;
  /** Threads that share the processor. */
  readonly threads?: number;
}

function kernels({ first, later, compiled, threads = 1 }: Costs): Host {
  const buffer = new ArrayBuffer(65536);
  const multiply = () => {
    const before = Math.floor(time.processor);
    const taken = time.processor < compiled ? first : later;
    time.processor += taken;
    time.clock += taken;
    // The others have their turns once in a millisecond, not within every product.
    if (Math.floor(time.processor) > before) time.clock += threads - 1;
    return 0;
  };
  return {
    backend: { wasm: { HEAPU8: new Uint8Array(buffer) } },
    run: { multiply, packPanels: () => 0 },
    scratch: (_: number, use: (at: number) => unknown) => use(0),
    integers: (at: number, count: number) => new Uint32Array(buffer, at, count),
  } as unknown as Host;
}

const narrow = kernels({ first: 0.013, later: 0.013, compiled: 0 });

it('sees that the wide kernels are faster, once they are compiled', () => {
  const wide = kernels({ first: 0.04, later: 0.008, compiled: 5 });
  expect(isFusing(narrow, wide)).toBe(true);
});

it('has patience for as long as something becomes faster, on a machine with much to do', () => {
  const late = kernels({ first: 0.03, later: 0.013, compiled: 90, threads: 40 });
  const wide = kernels({ first: 0.04, later: 0.008, compiled: 200, threads: 40 });
  expect(isFusing(late, wide)).toBe(true);
  expect(time.clock).toBeGreaterThan(5000);
});

it('ends soon where nothing does and the usual kernels had been compiled before', () => {
  const wide = kernels({ first: 0.04, later: 0.018, compiled: 5 });
  expect(isFusing(narrow, wide)).toBe(false);
  expect(time.processor).toBeLessThan(200);
});

it('ends by the clock where there is no processor time', () => {
  delete node.threadCpuUsage;
  const wide = kernels({ first: 0.018, later: 0.018, compiled: 0 });
  expect(isFusing(narrow, wide)).toBe(false);
  expect(time.clock).toBeLessThan(200);
});
