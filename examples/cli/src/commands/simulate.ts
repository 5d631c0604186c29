import { simulate as simulateTracks } from '@diffusion/simulate';
import { writeTracks } from '@diffusion/tracks/node';
import { Command, type Command as CommandType, Option } from 'commander';
import { InputError } from '../input-error.ts';
import { integer, lengthOrRange, number, positive } from '../values.ts';

/** `diffusion simulate`: tracks of one model. */
export function simulate(): Command {
  return new Command('simulate')
    .description('simulate tracks of one model of motion')
    .requiredOption(
      '--model <name>',
      'immobile, brownian, directed, confined, fbm, ctrw, levy-walk, attm or sbm',
    )
    .requiredOption('--count <n>', 'number of tracks', integer(1))
    .requiredOption('--length <l|min:max>', 'points per track', lengthOrRange)
    .option('--dim <d>', 'dimension, 1, 2 or 3', integer(1), 2)
    .requiredOption('--seed <s>', 'integer; the same seed gives the same tracks', integer(0))
    .requiredOption('--output <file>', 'file of tracks; the format follows the name')
    .option('--alpha <a>', 'anomalous exponent', number)
    .option('--dt <seconds>', 'time between two frames', positive)
    .addOption(
      new Option('--snr <s>', 'displacement deviation ÷ localisation error')
        .argParser(positive)
        .conflicts(['q', 'noise']),
    )
    .addOption(
      new Option('--q <q>', '√(D·Δt) ÷ localisation error')
        .argParser(positive)
        .conflicts(['snr', 'noise']),
    )
    .addOption(
      new Option('--noise <sigma>', 'localisation error')
        .argParser(positive)
        .conflicts(['snr', 'q']),
    )
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText(
      'after',
      '\nParameters of the model are given as --NAME VALUE, for example --speed 2 or --radius 1.',
    )
    .action(async (options, command: CommandType) => {
      const { model, count, length, dim, seed, output, alpha, dt, snr, q, noise } = options;
      const tracks = simulateTracks({
        model,
        count,
        length,
        dim,
        seed,
        ...(alpha !== undefined && { alpha }),
        ...(dt !== undefined && { dt }),
        ...(snr !== undefined && { snr }),
        ...(q !== undefined && { q }),
        ...(noise !== undefined && { sigma: noise }),
        ...modelParameters(command.args),
      });
      await writeTracks(output, tracks);
    });
}

/** `--speed 2 --radius=1` as numbers; the simulator knows which parameters a model has. */
function modelParameters(args: readonly string[]): Record<string, number> {
  const parameters: Record<string, number> = {};
  for (let i = 0; i < args.length; i++) {
    const match = /^--([a-zA-Z][\w-]*)(?:=(.*))?$/.exec(args[i]);
    if (!match)
      throw new InputError(`argument '${args[i]}' is not an option: expected --NAME VALUE`);
    const name = match[1].replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const text = match[2] ?? args[++i];
    const value = Number(text);
    if (text === undefined || text.trim() === '' || !Number.isFinite(value)) {
      throw new InputError(`option '--${match[1]}' is '${text ?? ''}': expected a number`);
    }
    parameters[name] = value;
  }
  return parameters;
}
