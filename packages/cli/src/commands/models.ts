import { useBackend } from '@diffusion/backends';
import { describeNetwork, networks } from '@diffusion/models';
import { classicalModels, defaultsOf } from '@diffusion/models/classical';
import { Command } from 'commander';
import { InputError } from '../input-error.ts';
import { modelNamed } from '../model-names.ts';
import { facts, printJson, printLines, table } from '../print.ts';
import { settingsFor } from '../settings.ts';
import { setting } from '../values.ts';

/** `diffusion models [describe NAME]`: the architectures, the classical classifiers and the rules. */
export function models(): Command {
  const command = new Command('models')
    .description('list the networks, classifiers and rules, or describe one')
    .option('--json', 'one JSON document on stdout')
    .action(({ json }: { json?: boolean }) => {
      const rows = [
        ...networks.map(({ name, paper }) => ({ name, kind: 'network', paper })),
        ...classicalModels.map(({ name, kind, paper }) => ({ name, kind, paper })),
      ];
      if (json) printJson(rows);
      else printLines(table(rows.map(({ name, kind, paper }) => [name, kind, paper])));
    });
  command
    .command('describe')
    .description('options of one model; shapes and number of parameters of a network')
    .argument('<name>', 'as `diffusion models` lists it')
    .option('--set <key=value>', 'an option of a network; may be repeated', setting)
    .option('--json', 'one JSON document on stdout')
    .action(async (name: string, { set }: { set?: Record<string, string> }, self: Command) => {
      // `models --json describe` and `models describe --json` both come here.
      const { json } = self.optsWithGlobals<{ json?: boolean }>();
      const description = await describe(name, set);
      if (json) printJson(description);
      else printLines(linesOf(description));
    });
  return command;
}

type Description = Readonly<Record<string, unknown>> & {
  readonly options: Readonly<Record<string, unknown>>;
};

async function describe(name: string, set?: Record<string, string>): Promise<Description> {
  const { network, classical } = modelNamed(name);
  if (network) {
    await useBackend('wasm');
    return { ...describeNetwork(name, settingsFor(network.options, set)), kind: 'network' };
  }
  if (set) throw new InputError(`option '--set' is for networks: ${name} is a ${classical.kind}`);
  return { ...classical, options: defaultsOf(classical.options) };
}

/** What is known of a model, a line each, and its options. */
function linesOf({ name, options, ...known }: Description): string[] {
  return [
    String(name),
    ...facts(Object.entries(known).map(([key, value]) => [words(key), shown(value)])),
    'options',
    ...facts(Object.entries(options).map(([key, value]) => [`  ${key}`, JSON.stringify(value)])),
  ];
}

/** `inputShape` → `input shape`. */
const words = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function shown(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
