import { rm } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { useBackend } from '@diffusion/backends';
import type { SavedModel } from '@diffusion/models';
import { saveHubModel } from '@diffusion/models/node';
import { Command, Option } from 'commander';
import { checkOutput } from '../check-output.ts';
import { InputError } from '../input-error.ts';
import { makeFolder } from '../make-folder.ts';
import { writeOnnxFiles } from '../onnx-files.ts';
import { loadSingle } from '../open-model.ts';
import { printJson, printLines, table } from '../print.ts';
import { refuseForeignHub } from '../training/claim-folder.ts';

interface Options {
  model: string;
  format: string;
  half?: boolean;
  license?: string;
  force?: boolean;
  output: string;
  json?: boolean;
}

/** A layout that a model is written in, to be used by other programs. */
interface ExportFormat {
  /** Refuses options and an output that do not go with it, before anything is read. */
  check(options: Options): void | Promise<void>;
  /** Writes the model, and gives the paths of what was written. */
  write(model: SavedModel, options: Options): Promise<string[]>;
}

/** By the name that `--format` takes. */
const formats: Readonly<Record<string, ExportFormat>> = {
  onnx: {
    async check({ output, half, license, force }) {
      for (const [name, value] of Object.entries({ half, license, force })) {
        if (value !== undefined) throw new InputError(`option '--${name}' is for safetensors`);
      }
      if (extname(output).toLowerCase() === '.onnx') await checkOutput(output, { ending: '.onnx' });
    },
    write: (model, options) => writeOnnxFiles(model, options.model, options.output),
  },
  safetensors: {
    async check({ output, force }) {
      if (extname(output) === '.safetensors') {
        throw new InputError(
          `${output}: expected the name of a folder, for README.md, config.json and model.safetensors`,
        );
      }
      if (!force) await refuseForeignHub(output);
    },
    async write(model, { output, half, license }) {
      const made = makeFolder(output);
      try {
        await saveHubModel(output, model, { name: basename(resolve(output)), half, license });
      } catch (error) {
        // Nothing is left where nothing was written.
        if (made !== undefined) await rm(made, { recursive: true, force: true });
        throw error;
      }
      return ['README.md', 'config.json', 'model.safetensors'].map((name) => `${output}/${name}`);
    },
  },
};

/** `diffusion export --model DIR --format FORMAT --output DIR|FILE`: a trained model for other programs. */
export function exportCommand(): Command {
  return new Command('export')
    .description('write a trained model as plain files that other programs read')
    .requiredOption(
      '--model <folder>',
      'a model that `diffusion train` wrote, or the name of one that comes trained',
    )
    .addOption(
      new Option(
        '--format <name>',
        'onnx: a file for ONNX Runtime; safetensors: a folder in the layout of Hugging Face',
      )
        .choices(Object.keys(formats))
        .makeOptionMandatory(),
    )
    .option('--half', 'safetensors: kernels in half precision')
    .option('--license <id>', 'safetensors: for the card, as mit or cc-by-4.0')
    .option('--force', 'safetensors: write over files that are of no model of this layout')
    .requiredOption('--output <path>', 'the folder or the file that is written')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: Options) => {
      const { check, write } = formats[options.format];
      await check(options);
      await useBackend('cpu');
      const model = await loadSingle(options.model);
      const written = await write(model, options);
      model.dispose();
      if (options.json) printJson({ written });
      else printLines(table(written.map((path) => ['wrote', path])));
    });
}
