import { Command } from 'commander';
import { versions } from './versions.ts';

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
  evaluate: async () => (await import('./commands/evaluate.ts')).evaluate,
  compare: async () => (await import('./commands/compare.ts')).compare,
  reproduce: async () => (await import('./commands/reproduce.ts')).reproduce,
};

/**
 * The `diffusion` command: with the subcommand that is asked for, or with all of them where the first argument is
 * none (for the help, and to say what is nearest).
 */
export async function program(asked: string | undefined): Promise<Command> {
  const root = new Command('diffusion')
    .description('From simulated or measured tracks to a trained, evaluated classifier of motion')
    .version(versions()['@diffusion/cli']);
  const names = Object.keys(commands);
  for (const name of asked !== undefined && names.includes(asked) ? [asked] : names) {
    const make = await commands[name]();
    root.addCommand(make());
  }
  return root;
}
