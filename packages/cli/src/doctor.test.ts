import { diffusion, jsonOf } from './command.fixture.ts';

describe('doctor', () => {
  it('finds that wasm and JavaScript give the same answers, and every trained model whole', async () => {
    // Dawn may say on stderr what it misses in a driver.
    const { code, out } = await diffusion('doctor --json', process.cwd());
    const found = jsonOf({ code, out, err: '' }) as {
      backends: { name: string; works: boolean; difference?: number }[];
      simd: { bits: number };
      workers: object;
      models: { whole: boolean }[];
      problems: string[];
      node: string;
    };
    const named = (name: string) => found.backends.find((each) => each.name === name);
    expect(found.problems).toEqual([]);
    expect(found.node).toBe(process.version);
    expect(named('wasm')).toMatchObject({ works: true, difference: 0 });
    expect(named('cpu')).toMatchObject({ works: true });
    expect(named('cpu')?.difference).toBeLessThan(1e-4);
    expect([128, 256]).toContain(found.simd.bits);
    expect(found.workers).toEqual({ works: true, difference: 0 });
    expect(found.models.length).toBeGreaterThan(3);
    expect(found.models.filter(({ whole }) => !whole)).toEqual([]);
  });
});
