import { useBackend } from '@diffusion/backends';
import { describeNetwork, networks } from '@diffusion/models';
import { Command } from 'commander';
import { networkSettings } from '../network-settings.ts';
import { printJson, printLines, table } from '../print.ts';
import { setting } from '../values.ts';

/** `diffusion models [describe NAME]`: the architectures. */
export function models(): Command {
  const command = new Command('models')
    .description('list the architectures, or describe one')
    .option('--json', 'one JSON document on stdout')
    .action(({ json }: { json?: boolean }) => {
      const rows = networks.map(({ name, paper }) => ({ name, paper }));
      if (json) printJson(rows);
      else printLines(table(rows.map(({ name, paper }) => [name, paper])));
    });
  command
    .command('describe')
    .description('options, shapes and number of parameters of one architecture')
    .argument('<name>', 'as `diffusion models` lists it')
    .option('--set <key=value>', 'an option of the architecture; may be repeated', setting)
    .option('--json', 'one JSON document on stdout')
    .action(async (name: string, { set }: { set?: Record<string, string> }, self: Command) => {
      // `models --json describe` and `models describe --json` both come here.
      const { json } = self.optsWithGlobals<{ json?: boolean }>();
      await useBackend('wasm');
      const description = describeNetwork(name, networkSettings(name, set));
      if (json) {
        printJson(description);
        return;
      }
      const { parameters, inputShape, outputShape, encoder, options } = description;
      printLines([
        description.name,
        `paper       ${description.paper}`,
        `parameters  ${parameters.toLocaleString('en')}`,
        `input       ${JSON.stringify(inputShape)}`,
        `output      ${JSON.stringify(outputShape)}`,
        `fed with    ${encoder ?? 'pictures'}`,
        'options',
        ...table(
          Object.entries(options).map(([key, value]) => [`  ${key}`, JSON.stringify(value)]),
        ),
      ]);
    });
  return command;
}
