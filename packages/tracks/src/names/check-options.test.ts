import { TracksError } from '../errors.ts';
import { three } from '../operations.fixture.ts';
import { checkOptions } from './check-options.ts';

interface Options {
  readonly names?: readonly string[];
  readonly set?: string;
}

const check = (given: unknown) =>
  checkOptions('features', given as Options, { names: true, set: true });

describe('checkOptions', () => {
  it('takes the options that there are, and those that are undefined', () => {
    expect(() => check({})).not.toThrow();
    expect(() => check({ names: ['alpha'], set: 'mine' })).not.toThrow();
    expect(() => check({ nmaes: undefined })).not.toThrow();
  });

  it.each([
    [{ features: ['x'] }, 'features is ["x"]: unknown option; did you mean names?'],
    [{ Set: 'a' }, 'Set is "a": unknown option; did you mean set? features takes names, set'],
    [{ sets: [1, [2], {}, 4] }, 'sets is [1, a list, an object, …]: unknown option'],
    [{ name: () => 1 }, 'name is a function: unknown option; did you mean names?'],
    [['alpha'], 'options is ["alpha"]: expected an object; features takes names, set'],
    [null, 'options is null: expected an object'],
    ['alpha', 'options is "alpha": expected an object'],
    [three, 'options is tracks: expected an object; features takes names, set'],
    [three.at(0), 'options is a track: expected an object'],
    [{ predict() {} }, 'options is a model: expected an object'],
  ])('%j throws', (given, message) => {
    expect(() => check(given)).toThrow(message);
    expect(() => check(given)).toThrow(TracksError);
  });

  it('knows the names of an object alone, and throws what it is told to', () => {
    expect(() => check({ toString: 1 })).toThrow('toString is 1: unknown option');
    expect(() => checkOptions('none', { a: 1 } as object, {}, RangeError)).toThrow(RangeError);
    expect(() => checkOptions('none', { a: 1 } as object, {})).toThrow(
      'a is 1: unknown option; none takes no options',
    );
  });
});
