import { checkMemory } from './check-memory.ts';
import { InputError } from './input-error.ts';

describe('checkMemory', () => {
  it('tells what tracks would take that do not fit', () => {
    expect(() => checkMemory(1e9, 100, 2, 2 ** 34)).toThrow(InputError);
    expect(() => checkMemory(1e9, { min: 50, max: 150 }, 2, 2 ** 34)).toThrow(
      "option '--count' is 1000000000: tracks of 100 points in 2D take 2980 GiB of memory, and this machine has 16 GiB",
    );
  });

  it('tells that no set has as many points, whatever the memory', () => {
    expect(() => checkMemory(2 ** 32, 1, 1, 2 ** 50)).toThrow('at most 4294967295 points');
  });

  it('lets those pass that fit', () => {
    expect(() => checkMemory(1e6, { min: 10, max: 1000 }, 3, 2 ** 35)).not.toThrow();
  });
});
