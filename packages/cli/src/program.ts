import { nearestName } from '@diffusion/tracks/messages';
import { Command } from 'commander';
import { commandOf } from './help/command-of.ts';
import { commandTree } from './help/command-tree.ts';
import { InputError } from './input-error.ts';
import { ownVersion } from './versions.ts';

/** The subcommands; each loads what it needs, and nothing that only another one needs. */
const commands: Record<string, () => Promise<() => Command>> = {
  inspect: async () => (await import('./commands/inspect.ts')).inspect,
  simulate: async () => (await import('./commands/simulate.ts')).simulate,
  dataset: async () => (await import('./commands/dataset.ts')).dataset,
  features: async () => (await import('./commands/features.ts')).features,
  estimate: async () => (await import('./commands/estimate.ts')).estimate,
  shares: async () => (await import('./commands/shares.ts')).shares,
  models: async () => (await import('./commands/models.ts')).models,
  recipes: async () => (await import('./commands/recipes.ts')).recipes,
  train: async () => (await import('./commands/train.ts')).train,
  calibrate: async () => (await import('./commands/calibrate.ts')).calibrate,
  predict: async () => (await import('./commands/predict.ts')).predict,
  expect: async () => (await import('./commands/expect.ts')).expectCommand,
  report: async () => (await import('./commands/report.ts')).report,
  segment: async () => (await import('./commands/segment.ts')).segment,
  explain: async () => (await import('./commands/explain.ts')).explain,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  sweep: async () => (await import('./commands/sweep.ts')).sweep,
  worker: async () => (await import('./commands/worker.ts')).worker,
  evaluate: async () => (await import('./commands/evaluate.ts')).evaluate,
  compare: async () => (await import('./commands/compare.ts')).compare,
  reproduce: async () => (await import('./commands/reproduce.ts')).reproduce,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  completion: async () => (await import('./commands/completion.ts')).completion,
  complete: async () => (await import('./commands/complete.ts')).complete,
};

const description =
  'From simulated or measured tracks to a trained, evaluated classifier of motion';

/** Subcommands that the help does not list: a shell calls them, not a person. */
const hidden = new Set(['complete']);

/**
 * The `diffusion` command for some arguments: with the subcommand that they ask for. Where they ask for help, or for what
 * is no subcommand, it is made of the tree that the build wrote, which knows all of them and does nothing.
 */
export async function program(args: readonly string[]): Promise<Command> {
  const [asked, ...rest] = args;
  if (asked === 'help') checkCommand(rest[0]);
  const known = asked !== undefined && Object.hasOwn(commands, asked);
  const root = known && !asksForHelp(rest) ? await withCommands([asked]) : commandOf(commandTree());
  return root.version(ownVersion());
}

/** The help of what is no command would be that of all of them, without a word on why. */
function checkCommand(name: string | undefined): void {
  if (name === undefined || name.startsWith('-') || name === 'help') return;
  if (Object.hasOwn(commands, name)) return;
  const nearest = nearestName(name, Object.keys(commands));
  const hint = nearest === undefined ? '' : ` (Did you mean ${nearest}?)`;
  throw new InputError(`unknown command '${name}'${hint}`);
}

/** The command with all of its subcommands, which takes a second to load. */
export const wholeProgram = (): Promise<Command> => withCommands(Object.keys(commands));

async function withCommands(names: readonly string[]): Promise<Command> {
  const root = new Command('diffusion').description(description);
  for (const name of names) {
    const make = await commands[name]();
    root.addCommand(make(), { hidden: hidden.has(name) });
  }
  return root;
}

/** `--help` or `-h` before what is no option any more, or `help` in place of a further subcommand. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.includes('--help') || options.includes('-h') || args[0] === 'help';
}
