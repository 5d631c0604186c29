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
  /** What it takes from a time on when what packs the panels is compiled and what multiplies is not. */
  readonly packing?: { readonly from: number; readonly taken: number };
  /** Threads that share the processor. */
  readonly threads?: number;
}

function kernels({ first, later, compiled, packing, threads = 1 }: Costs): Host {
  const buffer = new ArrayBuffer(65536);
  const multiply = () => {
    const before = Math.floor(time.processor);
    const early = packing && time.processor >= packing.from ? packing.taken : first;
    const taken = time.processor < compiled ? early : later;
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

it('does not take what packs the panels for all of a product', () => {
  const early = kernels({ first: 0.155, later: 0.02, compiled: 5 });
  const packing = { from: 10, taken: 0.115 };
  const wide = kernels({ first: 0.181, later: 0.0124, compiled: 40, packing });
  expect(isFusing(early, wide)).toBe(true);
});

it('sees that they are faster where a machine with much to do leaves little of it', () => {
  const early = kernels({ first: 0.141, later: 0.0273, compiled: 5 });
  const wide = kernels({ first: 0.131, later: 0.0237, compiled: 10 });
  expect(isFusing(early, wide)).toBe(true);
  const compiled = kernels({ first: 0.0273, later: 0.0273, compiled: 0 });
  const before = kernels({ first: 0.0237, later: 0.0237, compiled: 0 });
  expect(isFusing(compiled, before)).toBe(true);
});

it('does not take chance for it before anything is compiled', () => {
  const late = kernels({ first: 0.15, later: 0.013, compiled: 60 });
  const wide = kernels({ first: 0.13, later: 0.018, compiled: 80 });
  expect(isFusing(late, wide)).toBe(false);
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
