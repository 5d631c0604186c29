import { keyedRandom } from './keyed.ts';
import { randomFrom } from './random-from.ts';

describe('randomFrom', () => {
  it('gives the uniforms of the source, and laws made of them', () => {
    const [plain, twin] = [keyedRandom(1), keyedRandom(1)];
    const random = randomFrom(() => plain.uniform());
    expect(random.uniform()).toBe(twin.uniform());
    const filled = new Float64Array(5);
    random.fillNormal(filled, 1, 4);
    const other = randomFrom(() => twin.uniform());
    expect([...filled]).toEqual([0, other.normal(), other.normal(), other.normal(), 0]);
    expect(random.exponential()).toBeGreaterThan(0);
  });

  it('gives all 32 bits, and integers below n', () => {
    const source = keyedRandom(2);
    const random = randomFrom(() => source.uniform());
    let [ones, zeros] = [0, 0];
    for (let i = 0; i < 100; i++) {
      const bits = random.int32();
      ones |= bits;
      zeros |= ~bits;
    }
    expect(ones & zeros).toBe(-1);
    const below = Array.from({ length: 200 }, () => random.integerBelow(3));
    expect([...new Set(below)].sort()).toEqual([0, 1, 2]);
    expect(random.integerBelow(2 ** 32)).toBeLessThan(2 ** 32);
    expect(() => random.integerBelow(0)).toThrow('n is 0: expected an integer from 1 to');
    expect(() => random.integerBelow(2 ** 33)).toThrow('n is 8589934592: expected');
  });
});
