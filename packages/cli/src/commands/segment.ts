import { basename } from 'node:path';
import { type BackendName, useBackend } from '@diffusion/backends';
import {
  type EnsembleState,
  type SegmentedTracks,
  segmentObjects,
  segmentRows,
  segmentSections,
} from '@diffusion/eval';
import { reasonHeading } from '@diffusion/eval/predictions';
import { renderReport } from '@diffusion/eval/render';
import {
  classicalSegments,
  FeaturesError,
  SEGMENT_METHODS,
  type SegmentMethod,
} from '@diffusion/features';
import {
  completeSegments,
  type EncoderSpecification,
  type ExperimentState,
  networkSegments,
} from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { pretrainedFor } from '@diffusion/weights';
import { Command, Option } from 'commander';
import { statesOfSegments, writeSubmission } from '../andi2-folders.ts';
import { backendOption } from '../backend-option.ts';
import { checkOutput, refuseInput } from '../check-output.ts';
import { isFolder } from '../exists.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { loadSingle } from '../open-model.ts';
import { counted, printJson, printLines, table } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { filesOfModel } from '../training/claim-folder.ts';
import { fraction, notNegative } from '../values.ts';
import { withBar } from '../with-bar.ts';

interface Options extends ReadingOptions {
  model?: string;
  method?: SegmentMethod;
  sigma?: number;
  exposure?: number;
  threshold?: number;
  shrink: boolean;
  output?: string;
  report?: string;
  submission?: string;
  backend: BackendName | 'auto';
  json?: boolean;
}

/** `diffusion segment FILE…`, `--model DIR` or `--method NAME`: a row per segment of every track. */
export function segment(): Command {
  return withReadingOptions(new Command('segment'))
    .description('where the motion of tracks changes, and what it is between: one row per segment')
    .argument('<file...>', 'files or folders of tracks')
    .option(
      '--model <folder>',
      'a network that answers for every point, which `diffusion train` or `export` wrote (default, without --method: that for tracks in any unit which comes for their dimension, beside it penalised changes)',
    )
    .addOption(
      new Option(
        '--method <name>',
        'in place of a network, or beside it for tracks that it does not judge: penalised changes of D and α, or a hidden Markov model of the file',
      ).choices(SEGMENT_METHODS),
    )
    .option(
      '--sigma <σ>',
      "localisation error per axis, in the unit of the positions (default: that of the network's training where it is for one unit, else one for the file, from its tracks)",
      notNegative,
    )
    .option('--exposure <fraction>', 'exposure, as a fraction of the frame (default: 0)', fraction)
    .option(
      '--threshold <p>',
      'least probability of a change for there to be one (default: 0.5; 0.4 with --no-shrink)',
      fraction,
    )
    .option(
      '--no-shrink',
      'each segment by itself: the tracks are not of one experiment, whose states the segments share',
    )
    .option('--output <file.csv>', 'one row per segment')
    .option(
      '--report <file.html>',
      'the tracks with most changes, α and D against the frame beside',
    )
    .option(
      '--submission <folder>',
      "FILE is a folder of the AnDi-2 challenge: answers to all of its experiments, as the challenge's own program reads them",
    )
    .addOption(backendOption())
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], options: Options) => {
      const { output, json } = options;
      checkChoice(options);
      const inputs = [
        ...files,
        ...(options.model === undefined ? [] : await filesOfModel(options.model)),
      ];
      if (output !== undefined) await checkOutput(output, { ending: '.csv', inputs });
      if (options.report !== undefined) {
        await checkOutput(options.report, { ending: '.html', inputs });
      }
      const segmented = await answering(options);
      if (options.submission !== undefined) {
        await submit(files, options, segmented);
        return;
      }
      const { tracks, files: reports } = await read(files, options);
      if (output !== undefined) {
        await refuseInput(
          output,
          reports.map(({ file }) => file),
        );
      }
      const { by, answer, states, sigma } = await segmented(tracks);
      const found: SegmentedTracks = { tracks, by, ...answer };
      if (output !== undefined) {
        await writeAtomically(output, segmentRows(found), { signal: interruption.signal });
      }
      if (options.report !== undefined) {
        const title = files.map((file) => basename(file)).join(', ');
        const html = await renderReport({ title, sections: segmentSections(found) });
        await writeAtomically(options.report, html, { signal: interruption.signal });
      }
      const counts = countsOf(answer);
      const all = {
        by,
        tracks: tracks.count,
        ...counts,
        states,
        ...(sigma !== undefined && { sigma }),
      };
      if (json) {
        printJson({
          ...all,
          ...(output === undefined ? { rows: segmentObjects(found) } : { output }),
        });
      } else printLines(summaryOf(all));
    });
}

/** Of a network that reads positions as they are, in what unit its own and these are. */
function tellUnit(name: string, { options }: EncoderSpecification, { positionUnit }: Tracks): void {
  if (options?.unit !== 'one' || !positionUnit || /^(px|pixels?)$/i.test(positionUnit)) return;
  process.stderr.write(
    `${name} was trained on positions in a unit of its own (segments-andi2-2d: pixels of the AnDi-2 challenge), and these are in ${positionUnit}: it takes motion for larger or smaller than it is; --method knows any unit\n`,
  );
}

/** Answers to a folder of the challenge. */
async function submit(
  files: readonly string[],
  options: Options,
  segmented: (tracks: Tracks) => Promise<Answer>,
): Promise<void> {
  const [folder, ...others] = files;
  const { submission, output, report } = options;
  if (others.length > 0 || !(await isFolder(folder))) {
    throw new InputError("option '--submission' takes one folder of the challenge");
  }
  if (output !== undefined || report !== undefined) {
    throw new InputError("option '--submission' stands in place of --output and --report");
  }
  const done = await writeSubmission(
    folder,
    submission as string,
    async (path) => (await read([path], options)).tracks,
    async (tracks) => {
      const { answer, ensemble } = await segmented(tracks);
      const states = ensemble.length > 0 ? ensemble : statesOfSegments(answer.segments);
      return { segments: answer.segments, states };
    },
  );
  if (options.json) printJson({ submission, ...done });
  else {
    printLines([
      `${counted(done.experiments, 'experiment')}, ${counted(done.fields, 'field')} of view, ${counted(done.tracks, 'track')}: ${submission}`,
    ]);
  }
}

/** What a method found, and what it says of the file as a whole. */
interface Answer {
  /** The network or the method. */
  readonly by: string;
  readonly answer: Pick<SegmentedTracks, 'segments' | 'reasons' | 'beside'>;
  readonly states: readonly StateJson[];
  /** The same as the challenge asks for them. */
  readonly ensemble: readonly EnsembleState[];
  readonly sigma?: number;
}

/** Refuses options that do not go together. */
function checkChoice({ model, method, threshold, shrink }: Options): void {
  if (model !== undefined || method === undefined) return;
  const foreign = threshold !== undefined ? '--threshold' : '--no-shrink';
  if (threshold !== undefined || !shrink) {
    throw new InputError(`option '${foreign}' is for --model`);
  }
}

/** The chosen method, ready for tracks; that of their dimension where none is chosen. */
async function answering(options: Options): Promise<(tracks: Tracks) => Promise<Answer>> {
  const { model, method } = options;
  if (model !== undefined) return networkAnswering(model, options);
  if (method !== undefined) return (tracks) => classicalAnswer(tracks, method, options);
  // The experiments of a folder come one after the other, for the same network.
  const loaded = new Map<string, (tracks: Tracks) => Promise<Answer>>();
  return async (tracks) => {
    // There is one for every dimension.
    const { name } = pretrainedFor(tracks.dim, 'segments')!;
    const answer = loaded.get(name) ?? (await networkAnswering(name, options));
    loaded.set(name, answer);
    return answer(tracks);
  };
}

/** A bar of which tracks that are segmented are one half and the intervals of their segments the other. */
const withSegmentBar = <Result>(
  tracks: number,
  work: (told: {
    readonly onProgress: (done: number) => void;
    readonly onEstimated: (done: number, all: number) => void;
  }) => Promise<Result>,
): Promise<Result> =>
  withBar('segmenting', 2 * tracks, (onBar) =>
    work({
      onProgress: onBar,
      onEstimated: (done, all) => onBar(tracks * (1 + done / all)),
    }),
  );

/** That nothing tells σ, as the command asks for it. */
function askForSigma(error: unknown): never {
  if (!(error instanceof FeaturesError)) throw error;
  throw new InputError(error.message.replace(/expected sigma$/, "expected option '--sigma <σ>'"));
}

async function classicalAnswer(
  tracks: Tracks,
  method: SegmentMethod,
  { sigma, exposure }: Pick<Options, 'sigma' | 'exposure'>,
): Promise<Answer> {
  const found = await withSegmentBar(tracks.count, (told) =>
    classicalSegments(tracks, method, { sigma, exposure, ...told }),
  ).catch(askForSigma);
  return {
    by: method,
    answer: found,
    states: found.states.map(({ share, alpha, diffusion }) => ({
      share: shown(share),
      alpha: shown(alpha),
      K: shown(diffusion),
    })),
    ensemble: found.states.map(({ share, alpha, diffusion }) => ({
      alpha: [alpha, 0],
      diffusion: [diffusion, 0],
      share,
    })),
    sigma: shown(found.sigma),
  };
}

async function networkAnswering(
  folder: string,
  options: Options,
): Promise<(tracks: Tracks) => Promise<Answer>> {
  const { threshold, shrink, sigma, exposure } = options;
  await useBackend(options.backend, { wide: true });
  const model = await loadSingle(folder);
  if (model.kind !== 'network' || model.card.output.kind !== 'points') {
    throw new InputError(
      `${folder}: judges a track as a whole: expected a network that answers for every point, such as segmenter`,
    );
  }
  const { encoder } = model.card;
  return async (tracks) => {
    tellUnit(folder, encoder, tracks);
    const how = {
      shrink,
      exposure: exposure ?? 0,
      ...(sigma !== undefined && { sigma }),
      ...(threshold !== undefined && { threshold }),
    };
    // Without a choice nothing is left without an answer that could have one.
    const alone = options.model !== undefined && options.method === undefined;
    const { states, ...answer } = alone
      ? await networkSegments(model, tracks, how)
      : await withSegmentBar(tracks.count, (told) =>
          completeSegments(model, tracks, { ...how, method: options.method, ...told }),
        ).catch(askForSigma);
    return {
      by: folder,
      answer,
      states: states.map(stateJson),
      ensemble: states.map(ensembleOf),
    };
  };
}

/** A state of the network's as the challenge asks for it; ln K is normal. */
function ensembleOf(state: ExperimentState): EnsembleState {
  const { immobile, share, alpha, alphaDeviation, logDiffusion, logDiffusionDeviation } = state;
  if (immobile) return { alpha: [0, 0], diffusion: [0, 0], share };
  const variance = logDiffusionDeviation ** 2;
  const mean = Math.exp(logDiffusion + variance / 2);
  return {
    alpha: [alpha, alphaDeviation ** 2],
    diffusion: [mean, mean * mean * Math.expm1(variance)],
    share,
  };
}

/** How many segments and changes there are, the share of the points in each state, and how many tracks have no answer, or that of the method beside, for what reason. */
function countsOf({ segments, reasons }: Answer['answer']) {
  const points: Record<string, number> = {};
  let all = 0;
  for (const { state, from, to } of segments.flat()) {
    points[state] = (points[state] ?? 0) + to - from;
    all += to - from;
  }
  const shares = Object.fromEntries(
    Object.entries(points).map(([state, count]) => [state, Number((count / all).toFixed(4))]),
  );
  const [notJudged, byMethod] = [true, false].map((silent) => {
    const counts: Record<string, number> = {};
    for (const [i, reason] of reasons.entries()) {
      if (!reason || (segments[i].length === 0) !== silent) continue;
      const heading = reasonHeading(reason);
      counts[heading] = (counts[heading] ?? 0) + 1;
    }
    return counts;
  });
  return {
    segments: segments.flat().length,
    changes: segments.reduce((sum, own) => sum + Math.max(0, own.length - 1), 0),
    shares,
    notJudged,
    byMethod,
  };
}

const shown = (value: number): number => Number(value.toPrecision(4));

/** A state of the experiment, K in the unit of the positions and frames; a hidden Markov model tells no deviations. */
interface StateJson {
  readonly share: number;
  readonly immobile?: boolean;
  readonly alpha?: number;
  readonly alphaDeviation?: number;
  readonly K?: number;
  readonly logKDeviation?: number;
}

const stateJson = ({
  immobile,
  share,
  alpha,
  alphaDeviation,
  ...state
}: ExperimentState): StateJson =>
  immobile
    ? { share: shown(share), immobile }
    : {
        share: shown(share),
        alpha: shown(alpha),
        alphaDeviation: shown(alphaDeviation),
        K: shown(Math.exp(state.logDiffusion)),
        logKDeviation: shown(state.logDiffusionDeviation),
      };

function summaryOf({
  tracks,
  segments,
  changes,
  shares,
  notJudged,
  byMethod,
  states,
  by,
}: ReturnType<typeof countsOf> & {
  readonly by: string;
  readonly tracks: number;
  readonly states: readonly StateJson[];
}): string[] {
  return [
    `${counted(tracks, 'track')}, ${counted(segments, 'segment')}, ${counted(changes, 'change')}, by ${by}`,
    ...table([
      ['state', 'share of the points'],
      ...Object.entries(shares).map(([state, share]) => [state, `${(100 * share).toFixed(1)} %`]),
    ]),
    ...(states.length > 0
      ? [
          '',
          ...table([
            ['state of the experiment', 'share', 'α', '±', 'K per frame^α', '± of ln K'],
            ...states.map(({ share, immobile, alpha, alphaDeviation, K, logKDeviation }, k) => [
              immobile ? `${k + 1}, immobile` : String(k + 1),
              ...[share, alpha, alphaDeviation, K, logKDeviation].map((cell) => `${cell ?? ''}`),
            ]),
          ]),
        ]
      : []),
    ...(Object.keys({ ...notJudged, ...byMethod }).length > 0 ? [''] : []),
    ...[notJudged, byMethod].flatMap((counts, k) => {
      const reasons = Object.entries(counts).map(([reason, count]) => `${count} ${reason}`);
      return reasons.length === 0
        ? []
        : [`${k === 0 ? 'not judged' : 'by the method beside'}: ${reasons.join(', ')}`];
    }),
  ];
}
