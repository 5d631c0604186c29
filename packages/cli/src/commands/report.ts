import { basename } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { predictionShares } from '@diffusion/eval/predictions';
import { renderReport } from '@diffusion/eval/render';
import { modelSection, nameOf } from '@diffusion/expect/report';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command } from 'commander';
import { checkOutput, refuseInput } from '../check-output.ts';
import {
  type ConditionOptions,
  checkConditions,
  columnsOfConditions,
  conditionsOf,
  hasConditions,
  unitNameOf,
  withConditionOptions,
} from '../conditions.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { openModel } from '../open-model.ts';
import { ownSections } from '../own-sections.ts';
import { predictTracks } from '../predict-tracks.ts';
import { printJson, printLines } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { shareLines } from '../share-lines.ts';
import { filesOfModel } from '../training/claim-folder.ts';
import { turn } from '../turn.ts';
import { fraction, notNegative, setting } from '../values.ts';

interface Options extends ReadingOptions, ConditionOptions {
  model?: string;
  set?: Record<string, string>;
  exposure?: number;
  sigma?: number;
  expect: boolean;
  output: string;
  json?: boolean;
}

/** `diffusion report FILE… [--model NAME|DIR]`: what a trained model and the estimators say of tracks, as one HTML file. */
export function report(): Command {
  return withConditionOptions(
    withReadingOptions(new Command('report'))
      .description('what there is to say of tracks, in one HTML file: shares, D and α, pictures')
      .argument('<file...>', 'files or folders of tracks')
      .option(
        '--model <folder>',
        'a model of classes that `diffusion train` or `export` wrote, or the name of one that comes trained or needs no training; left out, the trained one for the dimension of the tracks',
      )
      .option(
        '--set <key=value>',
        'an option of a rule or the exact classifier; may be repeated',
        setting,
      )
      .option('--exposure <fraction>', 'exposure, as a fraction of the frame', fraction)
      .option(
        '--sigma <σ>',
        'localisation error per axis, in the unit of the positions, where it is known; 0 for none',
        notNegative,
      ),
  )
    .option(
      '--no-expect',
      'without what to expect of the model on tracks like these, which takes the longest: such tracks are simulated; shares are then not corrected',
    )
    .option('--output <file.html>', 'where it is written', 'report.html')
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], options: Options) => {
      const { output, json, model: asked, exposure, sigma, expect } = options;
      checkConditions(options);
      if (hasConditions(options) && !expect) {
        throw new InputError(
          "option '--no-expect' leaves out the simulated tracks by which conditions are compared: expected one of them alone",
        );
      }
      const inputs = [...files, ...(asked === undefined ? [] : await filesOfModel(asked))];
      await checkOutput(output, { ending: '.html', inputs });
      await useBackend('wasm', { wide: true });
      const open = await openModel(asked, options.set);
      const { tracks, files: reports } = await read(files, options, {
        errors: true,
        perTrack: columnsOfConditions(options),
      });
      await refuseInput(
        output,
        reports.map(({ file }) => file),
      );
      const name = files.map((file) => basename(file)).join(', ');
      if (tracks.count === 0) throw new InputError(`${name}: there are no tracks to judge`);
      const model = await open(tracks.dim);
      const called = nameOf(model, asked);
      const prediction = await predictTracks(model, tracks);
      if (!prediction.classes) {
        throw new InputError(`${called} knows exponents only: expected a model of classes`);
      }
      const sections = await ownSections(tracks, name, prediction, model, {
        exposure,
        sigma,
        expect,
        ...(hasConditions(options) && {
          compare: (rows, simulated) =>
            conditionsOf(tracks, rows, simulated, reports[0].file, { ...options, seed: 1 }),
          unitName: unitNameOf(options),
        }),
      });
      sections.push(modelSection(called, model));
      model.dispose();
      await turn();
      const html = await renderReport({ title: `Modes of motion in ${name}`, sections });
      await writeAtomically(output, html, { signal: interruption.signal });
      const result = predictionShares(prediction);
      if (json) printJson({ tracks: tracks.count, model: called, ...result, output });
      else {
        printLines([
          `judged by ${called}`,
          ...shareLines(tracks.count, result),
          '',
          `wrote ${output}`,
        ]);
      }
    });
}
