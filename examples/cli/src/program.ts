import { Command } from 'commander';
import { dataset } from './commands/dataset.ts';
import { evaluate } from './commands/evaluate.ts';
import { features } from './commands/features.ts';
import { inspect } from './commands/inspect.ts';
import { models } from './commands/models.ts';
import { predict } from './commands/predict.ts';
import { simulate } from './commands/simulate.ts';
import { train } from './commands/train.ts';
import { versions } from './versions.ts';

/** The `diffusion` command with all its subcommands. */
export function program(): Command {
  const root = new Command('diffusion')
    .description('From simulated or measured tracks to a trained, evaluated classifier of motion')
    .version(versions()['@diffusion/cli']);
  for (const make of [inspect, simulate, dataset, features, models, train, predict, evaluate]) {
    root.addCommand(make());
  }
  return root;
}
