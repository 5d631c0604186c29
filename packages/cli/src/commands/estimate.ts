import { useBackend } from '@diffusion/backends';
import {
  type EstimatedTracks,
  estimateObjects,
  estimateReason,
  estimateRows,
  type MotionEstimate,
  type MotionLaw,
  type MotionOptions,
  motionLawOf,
  motionLaws,
} from '@diffusion/features';
import { type Prediction, selectTracks, type Tracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { Command } from 'commander';
import { checkOutput, refuseInput } from '../check-output.ts';
import { estimateTracks } from '../estimate-tracks.ts';
import { interruption } from '../interruption.ts';
import { openModel } from '../open-model.ts';
import { predictTracks } from '../predict-tracks.ts';
import { counted, printJson, printLines, table } from '../print.ts';
import { type ReadingOptions, read, withReadingOptions } from '../reading.ts';
import { filesOfModel } from '../training/claim-folder.ts';
import { fraction, notNegative, numberRange, setting } from '../values.ts';

interface Options extends ReadingOptions {
  model: string;
  set?: Record<string, string>;
  exposure?: number;
  sigma?: number;
  alphaRange?: [number, number];
  qRange?: [number, number];
  output?: string;
  json?: boolean;
}

/** A law that has numbers of its own. */
type OwnLaw = NonNullable<ReturnType<typeof motionLawOf>>;

/** `diffusion estimate FILE…`: D, α and σ of every track, with 95 % intervals. */
export function estimate(): Command {
  return withReadingOptions(new Command('estimate'))
    .description('D, α and σ of every track with 95 % intervals, one row per track')
    .argument('<file...>', 'files or folders of tracks')
    .option(
      '--model <law>',
      `the law of motion, ${motionLaws.join(', ')}; or a classifier (a folder that \`diffusion train\` wrote, or the name of a rule), whose probabilities stand beside`,
      'fbm',
    )
    .option('--set <key=value>', 'an option of a rule; may be repeated', setting)
    .option('--exposure <fraction>', 'exposure, as a fraction of the frame', fraction)
    .option(
      '--sigma <σ>',
      'localisation error per axis, in the unit of the positions, where it is known; 0 for none',
      notNegative,
    )
    .option(
      '--alpha-range <low:high>',
      'α is uniform there before a track is seen (default: 0.05:1.95)',
      numberRange(0.02, 1.98),
    )
    .option(
      '--q-range <low:high>',
      'ln of √(2DΔt^α)/σ is uniform there before a track is seen (default: 0.03:30)',
      numberRange(1e-3, 1e3),
    )
    .option('--output <file.csv>', 'one row per track')
    .option('--json', 'one JSON document on stdout')
    .action(async (files: string[], options: Options) => {
      const { model, output, json } = options;
      const law = motionLaws.find((name) => name === model);
      const inputs = [...files, ...(law ? [] : await filesOfModel(model))];
      if (output !== undefined) await checkOutput(output, { ending: '.csv', inputs });
      const classifier = law ? undefined : await opened(model, options.set);
      const { tracks, files: reports } = await read(files, options, { errors: true });
      if (output !== undefined) {
        await refuseInput(
          output,
          reports.map(({ file }) => file),
        );
      }
      const { exposure, sigma, alphaRange, qRange } = options;
      const motion: MotionOptions = { exposure, sigma, alphaRange, qRange };
      const prediction = await classifier?.(tracks);
      const estimates = await estimateTracks(tracks, { ...motion, model: law ?? 'fbm' });
      const own = (name: OwnLaw) =>
        law === name ? estimates : ofClass(name, tracks, prediction, motion);
      const [drifts, confinements] = [await own('directed'), await own('confined')];
      const found: EstimatedTracks = { tracks, estimates, drifts, confinements, prediction };
      if (output !== undefined) {
        await writeAtomically(output, estimateRows(found), { signal: interruption.signal });
      }
      if (json) printJson(documentOf(found, law ?? 'fbm', options));
      else printLines(summaryOf(found));
    });
}

type Classify = (tracks: Tracks) => Promise<Prediction>;

/** A classifier by its folder or name. */
async function opened(name: string, set?: Record<string, string>): Promise<Classify> {
  await useBackend('wasm', { wide: true });
  const open = await openModel(name, set);
  return async (tracks) => predictTracks(await open(tracks.dim), tracks, 0);
}

/** Estimates by a law of the tracks that a classifier gives its class; undefined where it has no such class. */
async function ofClass(
  law: OwnLaw,
  tracks: Tracks,
  prediction: Prediction | undefined,
  options: MotionOptions,
): Promise<(MotionEstimate | undefined)[] | undefined> {
  const named = prediction?.classes?.findIndex((name) => motionLawOf(name) === law) ?? -1;
  if (named < 0) return undefined;
  const rows = Uint32Array.from(
    Array.from(prediction?.codes ?? [], (code, i) => (code === named ? i : -1)).filter(
      (i) => i >= 0,
    ),
  );
  const found = await estimateTracks(selectTracks(tracks, rows), { ...options, model: law });
  const all: (MotionEstimate | undefined)[] = new Array(tracks.count).fill(undefined);
  rows.forEach((row, i) => {
    all[row] = found[i];
  });
  return all;
}

const isThere = ({ diffusion }: MotionEstimate): boolean => !Number.isNaN(diffusion.value);

/** Medians over the tracks, and of the ends of the intervals. */
function medians(estimates: readonly MotionEstimate[]) {
  const there = estimates.filter(isThere);
  const of = (take: (estimate: MotionEstimate) => number): number => {
    const sorted = there.map(take).sort((a, b) => a - b);
    return sorted.length > 0 ? sorted[sorted.length >> 1] : Number.NaN;
  };
  const each = (name: 'diffusion' | 'alpha' | 'sigma') => ({
    median: of((e) => e[name].value),
    medianLow: of((e) => e[name].interval[0]),
    medianHigh: of((e) => e[name].interval[1]),
  });
  return { D: each('diffusion'), alpha: each('alpha'), sigma: each('sigma') };
}

/** How many tracks have which reason. */
function reasonsOf(found: EstimatedTracks): Record<string, number> {
  const counts: Record<string, number> = {};
  found.estimates.forEach((_, i) => {
    const reason = estimateReason(found, i);
    if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  });
  return counts;
}

function documentOf(found: EstimatedTracks, law: MotionLaw, { exposure, sigma, output }: Options) {
  const { tracks, estimates } = found;
  return {
    tracks: tracks.count,
    estimated: estimates.filter(isThere).length,
    model: law,
    exposure,
    knownSigma: sigma,
    units: { position: tracks.positionUnit, time: tracks.timeUnit },
    ...medians(estimates),
    reasons: reasonsOf(found),
    ...(output === undefined ? { estimates: estimateObjects(found) } : { output }),
  };
}

function summaryOf(found: EstimatedTracks): string[] {
  const { tracks, estimates } = found;
  const { positionUnit, timeUnit } = tracks;
  const done = estimates.filter(isThere).length;
  const shown = (value: number) =>
    Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '–';
  const unit = positionUnit || 'length';
  const rows = Object.entries(medians(estimates)).map(
    ([name, { median, medianLow, medianHigh }]) => [
      name,
      shown(median),
      shown(medianLow),
      shown(medianHigh),
      { D: `${unit}²/${timeUnit || 'time'}^α`, alpha: '', sigma: unit }[name] ?? '',
    ],
  );
  return [
    `${counted(tracks.count, 'track')}, ${done} estimated, ${tracks.count - done} not`,
    ...table([['median of', 'value', 'low', 'high', ''], ...rows]),
    ...Object.entries(reasonsOf(found)).map(([reason, count]) => `${count}: ${reason}`),
  ];
}
