import { basename } from 'node:path';
import { type BackendName, useBackend } from '@diffusion/backends';
import { explanationSections, undecidedTracks } from '@diffusion/eval';
import { type LrpRule, mostRelevantPoints } from '@diffusion/eval/explain';
import { renderReport } from '@diffusion/eval/render';
import { modelSection, nameOf } from '@diffusion/expect/report';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command, Option } from 'commander';
import { backendOption } from '../backend-option.ts';
import { checkOutput, refuseInput } from '../check-output.ts';
import {
  checkExplanation,
  explainModel,
  featuresOf,
  METHODS,
  type Method,
  methodFor,
  sentencesOf,
} from '../explain/explain-model.ts';
import { explainObjects, explainRows } from '../explain/explain-rows.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { nameTaken, openModel, tellTaken } from '../open-model.ts';
import { counted, printJson, printLines } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { filesOfModel } from '../training/claim-folder.ts';
import { fraction, integer, notNegative, positive, setting } from '../values.ts';

interface Options extends ReadingOptions {
  model?: string;
  set?: Record<string, string>;
  method?: Method;
  rule: LrpRule['kind'];
  epsilon?: number;
  target?: string;
  at?: number;
  top: number;
  seed: number;
  exposure?: number;
  sigma?: number;
  check: boolean;
  output?: string;
  report?: string;
  backend: BackendName | 'auto';
  json?: boolean;
}

/** `diffusion explain FILE… [--model DIR|NAME]`: what every point of the tracks did for the answer of a model. */
export function explain(): Command {
  return withReadingOptions(new Command('explain'))
    .description('what a model looked at: what every point of a track did for its answer')
    .argument('<file...>', 'files or folders of tracks')
    .option(
      '--model <folder>',
      'a model that `diffusion train` or `export` wrote, or the name of one that comes trained or needs no training; left out, the trained one for the dimension of the tracks',
    )
    .option(
      '--set <key=value>',
      'an option of a rule or the exact classifier; may be repeated',
      setting,
    )
    .addOption(
      new Option(
        '--method <name>',
        'how an answer is traced back to points (default: lrp for networks, occlusion for all others)',
      ).choices(Object.keys(METHODS)),
    )
    .addOption(
      new Option('--rule <name>', 'of lrp: how relevance is parted among the terms of a sum')
        .choices(['epsilon', 'gamma', 'alpha-beta', 'z-plus'])
        .default('epsilon'),
    )
    .option(
      '--epsilon <ε>',
      'of lrp: what sums are moved away from 0 by (default: 0.01; 1 in Benitez 2023)',
      positive,
    )
    .option(
      '--target <name>',
      'what is explained: class, the one that the model says; the name of a class; exponent (default: class, where there are classes)',
    )
    .option(
      '--at <point>',
      'of a network that answers for every point: the point whose answer is explained, from 0',
      integer(0),
    )
    .option(
      '--top <n>',
      'how many of the most relevant points of a track are marked',
      integer(1),
      25,
    )
    .option('--seed <n>', 'seed of what is drawn anew', integer(0), 1)
    .option(
      '--exposure <fraction>',
      'exposure, as a fraction of the frame, for what is drawn anew (default: 0)',
      fraction,
    )
    .option(
      '--sigma <σ>',
      'localisation error per axis, for what is drawn anew (default: estimated for each track)',
      notNegative,
    )
    .option(
      '--no-check',
      'without deletion and insertion, shuffled weights and the exchange of features, which take the longest',
    )
    .option('--output <file.csv>', 'one row per point')
    .option('--report <file.html>', 'the tracks with their relevance, a picture per class')
    .addOption(backendOption())
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], options: Options) => {
      const { output, report, json, top, seed } = options;
      if (output === undefined && report === undefined && !json) {
        throw new InputError('nothing would be written: expected --output, --report or --json');
      }
      const inputs = [
        ...files,
        ...(options.model === undefined ? [] : await filesOfModel(options.model)),
      ];
      if (output !== undefined) await checkOutput(output, { ending: '.csv', inputs });
      if (report !== undefined) await checkOutput(report, { ending: '.html', inputs });
      await useBackend(options.backend, { wide: true });
      const open = await openModel(options.model, options.set);
      const { tracks, files: reports } = await read(files, options, { errors: true });
      for (const path of [output, report]) {
        if (path === undefined) continue;
        await refuseInput(
          path,
          reports.map(({ file }) => file),
        );
      }
      const name = files.map((file) => basename(file)).join(', ');
      if (tracks.count === 0) throw new InputError(`${name}: there are no tracks to explain`);
      const model = await open(tracks.dim);
      const called = nameTaken(options.model, tracks.dim);
      const method = methodFor(model, options.method);
      if (method !== 'lrp' && (options.epsilon !== undefined || options.rule !== 'epsilon')) {
        throw new InputError(
          `options '--rule' and '--epsilon' are of lrp, and the method is ${method}`,
        );
      }
      const { epsilon } = options;
      const rule: LrpRule = { kind: options.rule, ...(epsilon !== undefined && { epsilon }) };
      const asked = { ...options, rule };
      const relevance = await explainModel(model, tracks, method, asked);
      const card = model.kind === 'ensemble' ? model.models[0].card : model.card;
      const classes = card.output.kind === 'exponent' ? [] : card.output.classes;
      const explained = { tracks, classes, relevance, top };
      const { reasons } = relevance;
      const count = reasons.filter((reason) => !reason).length;
      const checks = options.check && (report !== undefined || json);
      const checked = checks
        ? await checkExplanation(model, tracks, relevance, method, top, asked)
        : {};
      const features = checks ? await featuresOf(model, tracks, relevance, seed) : [];
      if (output !== undefined) {
        await writeAtomically(output, explainRows(explained), { signal: interruption.signal });
      }
      if (report !== undefined) {
        // What is asked of every track is no answer that could be undecided.
        const { codes, sets } =
          options.target === undefined && classes.length > 0 ? await model.predict(tracks) : {};
        const sections = explanationSections({
          ...(codes && sets && { undecided: undecidedTracks({ classes, predicted: codes, sets }) }),
          ...{ tracks, classes, method: METHODS[method], reasons, top, features, ...checked },
          target: relevance.target,
          points: relevance.points,
          marked: mostRelevantPoints(tracks, relevance.points, top),
          sentences: sentencesOf(model, tracks, relevance),
        });
        sections.push(modelSection(nameOf(model, options.model), model));
        const title = `What ${nameOf(model, options.model)} looks at in ${name}`;
        const html = await renderReport({ title, sections });
        await writeAtomically(report, html, { signal: interruption.signal });
      }
      model.dispose();
      const all = { tracks: tracks.count, model: called, explained: count, method, top };
      if (json) {
        const { curves, shuffled, repeated } = checked;
        printJson({
          ...all,
          ...(checks && { faithfulness: { ...curves, shuffled, repeated }, features }),
          ...(output === undefined ? { rows: explainObjects(explained) } : { output }),
          ...(report !== undefined && { report }),
        });
      } else {
        printLines([
          `${count} of ${counted(tracks.count, 'track')} explained by ${method}`,
          ...[output, report].flatMap((path) => (path === undefined ? [] : [`wrote ${path}`])),
        ]);
        tellTaken(options.model, tracks.dim);
      }
    });
}
