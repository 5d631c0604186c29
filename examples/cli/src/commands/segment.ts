import { type BackendName, useBackend } from '@diffusion/backends';
import { type ExperimentState, type NetworkSegments, networkSegments } from '@diffusion/models';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command } from 'commander';
import { backendOption } from '../backend-option.ts';
import { checkOutput, refuseInput } from '../check-output.ts';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { loadSingle } from '../open-model.ts';
import { printJson, printLines, table } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { type Segmented, segmentObjects, segmentRows } from '../segment-rows.ts';
import { filesOfModel } from '../training/claim-folder.ts';
import { fraction } from '../values.ts';

interface Options extends ReadingOptions {
  model: string;
  threshold?: number;
  shrink: boolean;
  output?: string;
  backend: BackendName | 'auto';
  json?: boolean;
}

/** `diffusion segment FILE… --model DIR`: a row per segment of every track. */
export function segment(): Command {
  return withReadingOptions(new Command('segment'))
    .description('where the motion of tracks changes, and what it is between: one row per segment')
    .argument('<file...>', 'files or folders of tracks')
    .requiredOption(
      '--model <folder>',
      'a network that answers for every point, which `diffusion train` or `export` wrote',
    )
    .option(
      '--threshold <p>',
      'least probability of a change for there to be one (default: 0.4)',
      fraction,
    )
    .option(
      '--no-shrink',
      'each segment by itself: the tracks are not of one experiment, whose states the segments share',
    )
    .option('--output <file.csv>', 'one row per segment')
    .addOption(backendOption())
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], options: Options) => {
      const { output, json, threshold, shrink } = options;
      const inputs = [...files, ...(await filesOfModel(options.model))];
      if (output !== undefined) await checkOutput(output, { ending: '.csv', inputs });
      await useBackend(options.backend, { wide: true });
      const model = await loadSingle(options.model);
      if (model.kind !== 'network' || model.card.output.kind !== 'points') {
        throw new InputError(
          `${options.model}: judges a track as a whole: expected a network that answers for every point, such as segmenter`,
        );
      }
      const { tracks, files: reports } = await read(files, options);
      if (output !== undefined) {
        await refuseInput(
          output,
          reports.map(({ file }) => file),
        );
      }
      const answer = await networkSegments(model, tracks, {
        shrink,
        ...(threshold !== undefined && { threshold }),
      });
      const found: Segmented = { tracks, ...answer };
      if (output !== undefined) {
        await writeAtomically(output, segmentRows(found), { signal: interruption.signal });
      }
      const counts = countsOf(answer);
      const states = answer.states.map(stateJson);
      const all = { tracks: tracks.count, ...counts, states };
      if (json) {
        printJson({
          ...all,
          ...(output === undefined ? { rows: segmentObjects(found) } : { output }),
        });
      } else printLines(summaryOf(all));
      model.dispose();
    });
}

/** How many segments, changes and tracks without an answer there are, and the share of the points in each state. */
function countsOf({ segments, reasons }: NetworkSegments) {
  const points: Record<string, number> = {};
  let all = 0;
  for (const { state, from, to } of segments.flat()) {
    points[state] = (points[state] ?? 0) + to - from;
    all += to - from;
  }
  const shares = Object.fromEntries(
    Object.entries(points).map(([state, count]) => [state, Number((count / all).toFixed(4))]),
  );
  const notJudged: Record<string, number> = {};
  for (const reason of reasons) {
    if (reason) notJudged[reason.text] = (notJudged[reason.text] ?? 0) + 1;
  }
  return {
    segments: segments.flat().length,
    changes: segments.reduce((sum, own) => sum + Math.max(0, own.length - 1), 0),
    shares,
    notJudged,
  };
}

const shown = (value: number): number => Number(value.toPrecision(4));

/** A state of the experiment, K in the unit of the positions and frames. */
const stateJson = ({ immobile, share, alpha, alphaDeviation, ...state }: ExperimentState) =>
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
  states,
}: ReturnType<typeof countsOf> & {
  readonly tracks: number;
  readonly states: readonly ReturnType<typeof stateJson>[];
}): string[] {
  return [
    `${tracks} tracks, ${segments} segments, ${changes} changes`,
    ...table([
      ['state', 'share of the points'],
      ...Object.entries(shares).map(([state, share]) => [state, `${(100 * share).toFixed(1)} %`]),
    ]),
    ...(states.length > 0
      ? [
          '',
          ...table([
            ['state of the experiment', 'share', 'α', '±', 'K per frame^α', '± of ln K'],
            ...states.map((state, k) =>
              'alpha' in state
                ? [
                    String(k + 1),
                    state.share,
                    state.alpha,
                    state.alphaDeviation,
                    state.K,
                    state.logKDeviation,
                  ].map(String)
                : [`${k + 1}, immobile`, String(state.share), '', '', '', ''],
            ),
          ]),
        ]
      : []),
    ...Object.entries(notJudged).map(([reason, count]) => `${count}: ${reason}`),
  ];
}
