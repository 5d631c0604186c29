import {
  motionModel,
  motionModels,
  type Parameter,
  ParameterError,
  type Quantity,
  simulationFrom,
} from '@diffusion/simulate';
import { formatOf, summarizeTracks } from '@diffusion/tracks';
import { Command, Option } from 'commander';
import { checkMemory } from '../check-memory.ts';
import { checkOutput } from '../check-output.ts';
import { generate } from '../generate.ts';
import { InputError } from '../input-error.ts';
import { printJson } from '../print.ts';
import { integer, lengthOrRange, positive, quantity } from '../values.ts';
import { write } from '../write.ts';

/** `diffusion simulate`: tracks of one model. */
export function simulate(): Command {
  return new Command('simulate')
    .description('simulate tracks of one model of motion')
    .requiredOption('--model <name>', motionModels.map(({ name }) => name).join(', '))
    .requiredOption('--count <n>', 'number of tracks', integer(1))
    .requiredOption('--length <l|min:max>', 'points per track', lengthOrRange)
    .option('--dim <d>', 'dimension, 1, 2 or 3', integer(1), 2)
    .requiredOption('--seed <s>', 'integer; the same seed gives the same tracks', integer(0))
    .requiredOption('--output <file>', 'file of tracks; the format follows the name')
    .option('--alpha <a>', 'anomalous exponent', quantity)
    .option('--dt <seconds>', 'time between two frames', positive)
    .option('--position-unit <unit>', 'unit of the positions')
    .addOption(
      new Option('--snr <s>', 'displacement deviation ÷ localisation error')
        .argParser(quantity)
        .conflicts(['q', 'noise']),
    )
    .addOption(
      new Option('--q <q>', '√(D·Δt + (v·Δt)²) ÷ localisation error')
        .argParser(quantity)
        .conflicts(['snr', 'noise']),
    )
    .addOption(
      new Option('--noise <sigma>', 'localisation error')
        .argParser(quantity)
        .conflicts(['snr', 'q']),
    )
    .option('--json', 'one JSON document on stdout')
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText(
      'after',
      '\nParameters of the model are given as --NAME VALUE, for example --speed 2 or --radius 1.' +
        '\nA VALUE is a number, MIN:MAX (uniform between them) or A,B,C (one of them), drawn per track.',
    )
    .action(async (options, command: Command) => {
      const { model, count, length, dim, seed, output, alpha, dt, positionUnit } = options;
      const { snr, q, noise, json } = options;
      const specification = {
        model,
        count,
        length,
        dim,
        seed,
        ...(alpha !== undefined && { alpha }),
        ...(dt !== undefined && { dt, timeUnit: 's' }),
        ...(positionUnit !== undefined && { positionUnit }),
        ...(snr !== undefined && { snr }),
        ...(q !== undefined && { q }),
        ...(noise !== undefined && { sigma: noise }),
        ...modelParameters(motionModel(model).parameters, command.args),
      };
      const set = byOption(() => simulationFrom(specification));
      formatOf(output);
      checkMemory(count, length, dim);
      await checkOutput(output);
      const tracks = await generate(set);
      await write(output, tracks);
      if (json) printJson({ output, ...summarizeTracks(tracks) });
    });
}

/** Names the option of a parameter that the model cannot do without. */
function byOption<Result>(make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    const missing =
      error instanceof ParameterError && /^(\w+) is undefined: (.*)$/.exec(error.message);
    if (!missing) throw error;
    throw new InputError(`option '--${missing[1]}' is missing: ${missing[2]}`);
  }
}

/** `--speed 2 --radius=1 --start uniform`; the model knows which parameters it has. */
function modelParameters(
  known: Readonly<Record<string, Parameter>>,
  args: readonly string[],
): Readonly<Record<string, Quantity | string>> {
  const parameters: Record<string, Quantity | string> = {};
  for (let i = 0; i < args.length; i++) {
    const match = /^--([a-zA-Z][\w-]*)(?:=(.*))?$/.exec(args[i]);
    if (!match)
      throw new InputError(`argument '${args[i]}' is not an option: expected --NAME VALUE`);
    const name = match[1].replace(/-([a-zA-Z])/g, (_, letter: string) => letter.toUpperCase());
    if (Object.hasOwn(parameters, name)) {
      throw new InputError(`option '--${match[1]}' is given twice`);
    }
    const text = match[2] ?? args[++i] ?? '';
    const parameter = known[name];
    if (parameter?.kind === 'choice') {
      parameters[name] = parameter.choices.find((choice) => String(choice) === text) ?? text;
      continue;
    }
    try {
      parameters[name] = quantity(text);
    } catch (error) {
      const expected = (error as Error).message.replace(/^Expected (.*)\.$/, 'expected $1');
      throw new InputError(`option '--${match[1]}' is '${text}': ${expected}`);
    }
  }
  return parameters;
}
