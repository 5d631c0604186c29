import { conformanceCases, runCase } from '../conformance/index.ts';
import { useBackend } from '../use-backend.ts';

it('trains without SIMD, by convolutions of tfjs alone', async () => {
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    const report = await useBackend('wasm');
    expect(report.name).toBe('wasm');
    expect(report.device).toMatch(/^WebAssembly without SIMD/);
    const cases = conformanceCases.filter(({ name }) => /^(conv|batchNorm|avgPool)/.test(name));
    for (const one of cases.filter((_, i) => i % 2 === 0)) {
      expect(await runCase(one)).toEqual({ name: one.name, worst: expect.any(Number) });
    }
  } finally {
    WebAssembly.validate = validate;
  }
});
