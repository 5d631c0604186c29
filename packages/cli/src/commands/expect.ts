import { type BackendName, useBackend } from '@diffusion/backends';
import { type Expectation, expectOn, type Ranged } from '@diffusion/expect';
import { csvRow, type Tracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { pretrainedModels } from '@diffusion/weights';
import { Command } from 'commander';
import { backendOption } from '../backend-option.ts';
import { checkOutput, refuseInput } from '../check-output.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { nameTaken, openModel, tellTaken } from '../open-model.ts';
import { counted, printJson, printLines, table } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { filesOfModel } from '../training/claim-folder.ts';
import { fraction, integer } from '../values.ts';
import { withBar } from '../with-bar.ts';

interface Options extends ReadingOptions {
  model?: string;
  exposure?: number;
  count: number;
  seed: number;
  output?: string;
  backend: BackendName | 'auto';
  json?: boolean;
}

/** Parts of the whole that the progress bar has. */
const PARTS = 100;

/** `diffusion expect FILE… [--model DIR|NAME]`: what to expect of a model on the tracks of a file. */
export function expectCommand(): Command {
  const names = pretrainedModels.map(({ name }) => name).join(', ');
  return withReadingOptions(new Command('expect'))
    .description('what to expect of a model on these tracks, by tracks like them that it judges')
    .argument('<file...>', 'files or folders of tracks')
    .option(
      '--model <folder>',
      `a model whose classes are those of the prior \`motion\`: a folder, or the name of one that comes trained (${names}); left out, the trained one for the dimension of the tracks`,
    )
    .option('--exposure <fraction>', 'exposure, as a fraction of the frame', fraction)
    .option('--count <n>', 'tracks that are simulated, about', integer(100), 2000)
    .option('--seed <s>', 'integer; of what is drawn', integer(0), 1)
    .option('--output <file.csv>', 'the simulated tracks, one row each')
    .addOption(backendOption())
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], options: Options) => {
      const { model: name, output, json } = options;
      const inputs = [...files, ...(name === undefined ? [] : await filesOfModel(name))];
      if (output !== undefined) await checkOutput(output, { ending: '.csv', inputs });
      await useBackend(options.backend, { wide: true });
      const open = await openModel(name);
      const { tracks, files: reports } = await read(files, options);
      if (output !== undefined) {
        await refuseInput(
          output,
          reports.map(({ file }) => file),
        );
      }
      const model = await open(tracks.dim);
      const called = nameTaken(name, tracks.dim);
      const { exposure, count } = options;
      const found = await withBar('expecting', PARTS, (onProgress) =>
        expectOn(tracks, model, {
          ...{ exposure, count, seed: options.seed },
          onProgress: (share) => onProgress(Math.round(share * PARTS)),
        }),
      ).catch((error: Error) => {
        throw error.name === 'ExpectError'
          ? new InputError(error.message, { cause: error })
          : error;
      });
      if (output !== undefined) {
        await writeAtomically(output, outcomeRows(found), { signal: interruption.signal });
      }
      const { outcomes: _, simulated: __, ...document } = found;
      if (json) {
        printJson({ model: called, ...document, ...(output !== undefined && { output }) });
      } else {
        printLines(summaryOf(found, tracks));
        tellTaken(name, tracks.dim);
      }
    });
}

/** The simulated tracks, a row each, header first. */
function* outcomeRows({ outcomes }: Expectation): Generator<string> {
  const { classes, truth, probabilities, judged, length, like, weight } = outcomes;
  const numbers = [outcomes.diffusion, outcomes.alpha, outcomes.sigma];
  yield csvRow([
    ...['like', 'points', 'label', 'weight', 'D', 'alpha', 'sigma', 'judged'],
    ...classes.map((each) => `p_${each}`),
  ]);
  const short = (value: number): number => Number(value.toPrecision(6));
  for (let r = 0; r < truth.length; r++) {
    yield csvRow([
      ...[like[r], length[r], classes[truth[r]], short(weight[r])],
      ...numbers.map((column) => short(column[r])),
      judged[r],
      ...classes.map((_, c) => short(probabilities[r * classes.length + c])),
    ]);
  }
}

const share = (value: number): string =>
  Number.isNaN(value) ? '–' : `${(100 * value).toFixed(0)} %`;
const between = ({ low, high }: Ranged): string =>
  Number.isNaN(low) ? '–' : `${(100 * low).toFixed(0)} – ${(100 * high).toFixed(0)} %`;
const number = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(2));

function summaryOf(found: Expectation, { positionUnit }: Tracks): string[] {
  const { check, drift, accuracy, ceiling } = found;
  const rows = found.classes.map(({ name, share: part, recall, precision }, c) => {
    const { diffusion, alpha } = found.estimates[c];
    return [
      ...[name, share(part.value), between(part), share(recall.value), between(recall)],
      ...[share(precision.value), between(precision), number(diffusion.rms), number(alpha.rms)],
    ];
  });
  const far = check.numbers.filter(({ p }) => p <= 0.05 / check.numbers.length);
  const unit = `${positionUnit || 'length'} per frame`;
  return [
    `${counted(found.tracks, 'track')}, ${share(found.refused)} not judged; of the others ${share(accuracy.value)} right (${between(accuracy)})`,
    ...table([
      ['class', 'share', '95 %', 'recall', '95 %', 'precision', '95 %', 'error of ln D', 'of α'],
      ...rows,
    ]),
    ceiling
      ? `ceiling: of immobile, brownian, directed and subdiffusive the exact posterior tells ${share(ceiling.exact.value)} right (${between(ceiling.exact)}), the model ${share(ceiling.model.value)}`
      : 'ceiling: not known of this model and these tracks',
    check.tracks === 0
      ? 'check: no track has enough points'
      : check.passed
        ? 'check: steps, MSD and correlation are like those of the simulated tracks'
        : `check: the file is like nothing simulated in ${far.map(({ name }) => name).join(', ')}: do not rely on the numbers above`,
    drift.found
      ? `drift: ${Number(drift.speed.toPrecision(3))} ${unit} in common, taken off; called directed ${drift.directed.before} before, ${drift.directed.after} after`
      : drift.reason !== undefined
        ? `drift: not looked for: ${drift.reason}`
        : `drift: none that the tracks have in common (p = ${number(drift.p)})`,
    ...found.warnings.map(({ text }) => `warning: ${text}`),
  ];
}
