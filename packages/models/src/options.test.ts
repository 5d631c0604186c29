import { cnnDescription } from './networks/cnn.ts';
import { networks } from './networks/index.ts';
import { multiscaleDescription } from './networks/multiscale.ts';
import { xresnetDescription } from './networks/xresnet.ts';
import {
  choiceOption,
  integerOption,
  OptionError,
  type Options,
  type OptionsOf,
  readOptions,
} from './options.ts';

const read = (
  given: Record<string, unknown>,
  network: { name: string; options: Options } = xresnetDescription,
) => readOptions(network.name, network.options, given);

describe('options', () => {
  it.each(networks)('$name accepts its own defaults and describes every option', ({ options }) => {
    for (const option of Object.values(options)) {
      expect(option.accepts(option.default)).toBe(true);
      expect(option.range.length * option.description.length).toBeGreaterThan(0);
    }
  });

  it.each([
    [{ kernelSize: 4 }, 'xresnet option kernelSize is 4: expected an odd integer from 1 to 99'],
    [{ filters: 12 }, 'xresnet option filters is 12: expected a multiple of 8 from 8 to 1024'],
    [{ depth: 0 }, 'xresnet option depth is 0: expected an integer from 1 to 8'],
    [{ depth: '3' }, 'xresnet option depth is "3": expected an integer from 1 to 8'],
    [{ depth: Number.NaN }, 'xresnet option depth is NaN: expected an integer from 1 to 8'],
    [{ dimension: 3 }, 'xresnet option dimension is 3: expected one of 1, 2'],
    [{ dropout: 1 }, 'xresnet option dropout is 1: expected a number ≥ 0 and < 1'],
    [{ kernelsize: 5 }, 'xresnet has no option "kernelsize": did you mean "kernelSize"?'],
    [{ kernel: 5 }, 'xresnet has no option "kernel": did you mean "kernelSize"?'],
    [{ classs: 5 }, 'xresnet has no option "classs": did you mean "classes"?'],
  ])('refuses %j', (given, message) => {
    expect(() => read(given)).toThrow(new OptionError(message));
  });

  it('refuses a list with a wrong member and a stack with an unknown digit', () => {
    expect(() => read({ widths: [8, 0] }, multiscaleDescription)).toThrow(
      'multiscale option widths is [8,0]: expected a list of at least one integer from 1 to 1024',
    );
    expect(() => read({ layers: '125' }, cnnDescription)).toThrow(
      'cnn option layers is "125": expected up to 64 of the digits 1',
    );
  });

  it('takes null where any is allowed, and undefined as left out', () => {
    expect(read({ length: null, depth: undefined })).toMatchObject({ length: null, depth: 3 });
  });

  it('gives the type of the values', () => {
    const options = {
      depth: integerOption({ default: 3, min: 1, max: 8, description: 'Stages.' }),
      length: integerOption({ default: null, min: 1, max: 9, nullable: true, description: 'Any.' }),
      task: choiceOption({ default: 'class', choices: ['class', 'both'], description: 'What.' }),
    };
    const values: OptionsOf<typeof options> = { depth: 2, length: null, task: 'both' };
    expect(readOptions('tiny', options, values)).toEqual(values);
    // @ts-expect-error: no such choice
    expect(() => readOptions('tiny', options, { task: 'exponent' })).toThrow('one of class, both');
    // @ts-expect-error: no such option
    expect(() => readOptions('tiny', options, { dept: 2 })).toThrow('did you mean "depth"?');
    // @ts-expect-error: null is for an option that takes it
    expect(() => readOptions('tiny', options, { depth: null })).toThrow('depth is null');
  });
});
