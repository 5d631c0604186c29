import { columnValue, isTextColumn, type Prediction, Tracks } from '@diffusion/tracks';
import { signal } from '@preact/signals-core';
import { ENDED } from '../engine/ask.ts';
import { another, engine } from '../engine/engine.ts';
import type {
  GivenFile,
  ModelInfo,
  ReadAnswer,
  Reading,
  Segmented,
  Simulation,
} from '../engine/engine-types.ts';
import { filesRead } from '../files/files-read.ts';
import { bytes, whole } from '../page/numbers.ts';
import {
  answers,
  estimates,
  jobs,
  type Loaded,
  loaded,
  notice,
  problems,
  report,
  type Source,
  segmented,
  shares,
  tellJob,
  tellProblem,
} from '../page/state.ts';
import { lookAnew } from '../page/view.ts';
import { bestOf } from './best.ts';
import type { OwnFiles } from './models.ts';

/** Up to so many tracks everything is computed unasked. */
const UNASKED = 5_000;

/** Milliseconds between two looks at estimates that are coming in. */
const OFTEN = 500;

/** The model of one's own that judges; none where that which comes trained does. */
export const ownModel = signal<OwnFiles | undefined>(undefined);

/** Seconds that the steps took, for whoever wants to know. */
export const timings: Record<string, number> = {};

let round = 0;

/** Settles once the model has answered, or could not. */
let answered: Promise<unknown> = Promise.resolve();
export const modelAnswered = (): Promise<unknown> => answered;

const notRead = (path: string): string => `${path} was not read`;

/** Reads files, shows their tracks and judges them. A file that cannot be read is told, and those that can are shown. */
export async function openFiles(files: readonly GivenFile[], reading: Reading): Promise<void> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  tellJob('read', { doing: `reading ${bytes(total)}`, share: 0 });
  // What was said of files holds no longer where they are read anew.
  const paths = files.map(({ path }) => notRead(path));
  problems.value = problems.peek().filter(({ title }) => !paths.includes(title));
  try {
    const answer = await engine.ask(
      'read',
      { files: [...files], reading },
      {
        tell: (done) =>
          tellJob('read', {
            doing: `reading ${bytes(total)}`,
            share: Math.min(1, done / Math.max(1, total)),
          }),
      },
    );
    for (const { path, message } of answer.problems) tellProblem(notRead(path), message);
    take(answer, { kind: 'files', files, reading });
  } catch (error) {
    tellProblem('The files were not read', error);
  } finally {
    tellJob('read', undefined);
  }
}

/** Simulates tracks, shows and judges them. */
export async function openSimulated(wanted: Simulation): Promise<void> {
  tellJob('read', { doing: 'simulating', share: 0 });
  try {
    take(
      await engine.ask('simulate', wanted, {
        tell: (done) => tellJob('read', { doing: 'simulating', share: done / wanted.count }),
      }),
      { kind: 'simulated', wanted },
    );
  } catch (error) {
    tellProblem('Nothing was simulated', error);
  } finally {
    tellJob('read', undefined);
  }
}

function take({ tracks: data, extent, reports, seconds }: ReadAnswer, source: Source): void {
  if (!data) return;
  timings.read = seconds;
  const tracks = new Tracks(data);
  stopReport();
  answers.value = undefined;
  forgetReport();
  segmented.value = undefined;
  estimates.value = new Array(tracks.count).fill(undefined);
  lookAnew();
  loaded.value = { tracks, ...(extent && { extent }), source, reports, ...conditionsOf(tracks) };
  notice.value = `${whole(tracks.count)} tracks of ${whole(tracks.pointCount)} points`;
  void judge();
}

function conditionsOf(tracks: Tracks): Pick<Loaded, 'conditions' | 'conditionOf'> {
  const column = tracks.trackColumns.condition;
  if (!column || !isTextColumn(column)) return { conditions: [] };
  const names: string[] = [];
  const conditionOf = Uint32Array.from({ length: tracks.count }, (_, i) => {
    const name = String(columnValue(column, i));
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  });
  return names.length > 1 ? { conditions: names, conditionOf } : { conditions: [] };
}

/** The model, then estimates and the report, as far as that is not too much to do it unasked. */
export async function judge(): Promise<void> {
  const mine = ++round;
  const now = loaded.peek();
  if (!now) return;
  const { count } = now.tracks;
  stopReport();
  forgetReport();
  let done = () => {};
  answered = new Promise<void>((resolve) => {
    done = resolve;
  });
  try {
    tellJob('judge', { doing: 'judging', share: 0 });
    const { prediction, model, seconds } = await engine.ask('judge', undefined, {
      tell: (done) => mine === round && tellJob('judge', { doing: 'judging', share: done / count }),
    });
    if (mine !== round) return;
    timings.judge = seconds;
    showPrediction(prediction, model);
  } catch (error) {
    if (mine === round) tellProblem('The tracks were not judged', error);
  } finally {
    if (mine === round) tellJob('judge', undefined);
    done();
  }
  if (mine !== round) return;
  // The report needs the estimates, and takes those that there are.
  if (!estimates.peek().some(Boolean)) await estimate(UNASKED);
  if (mine === round && count <= UNASKED && answers.peek()) await makeReport();
}

/** Of other tracks or another model nothing of it holds; segments do not depend on the model. */
export function forgetReport(): void {
  report.value = undefined;
  shares.value = undefined;
}

export function showPrediction(prediction: Prediction, model: ModelInfo, imported?: string): void {
  const { codes } = prediction;
  const best = bestOf(prediction);
  const undecided = Uint8Array.from(best, (code, i) =>
    codes && codes[i] < 0 && code >= 0 ? 1 : 0,
  );
  answers.value = {
    prediction,
    model,
    best,
    undecided,
    ...(imported !== undefined && { imported }),
  };
}

/** D, α and σ of so many tracks more, evenly spread ones first. */
export async function estimate(most: number): Promise<void> {
  const mine = loaded.peek();
  if (!mine || jobs.peek().estimate) return;
  const { count } = mine.tracks;
  const wanted = Math.min(count, most);
  const started = performance.now();
  const known = [...estimates.peek()];
  let done = 0;
  let shownAt = 0;
  tellJob('estimate', { doing: 'D, α, σ', share: 0 });
  try {
    await engine.ask('estimate', most, {
      tell: ({ rows, estimates: some }) => {
        if (loaded.peek() !== mine) return;
        rows.forEach((row, k) => {
          known[row] = some[k];
        });
        done += rows.length;
        tellJob('estimate', { doing: 'D, α, σ', share: done / wanted });
        // Whatever shows them is drawn anew: not for every part of many.
        if (performance.now() - shownAt < OFTEN) return;
        shownAt = performance.now();
        estimates.value = [...known];
      },
    });
    if (loaded.peek() === mine) estimates.value = known;
    timings.estimate = (performance.now() - started) / 1000;
  } catch (error) {
    tellProblem('D, α and σ were not estimated', error);
  } finally {
    tellJob('estimate', undefined);
    const now = loaded.peek();
    if (now && now !== mine) void estimate(UNASKED);
  }
}

let reporter: ReturnType<typeof another> | undefined;

function stopReport(): void {
  reporter?.end();
  reporter = undefined;
  tellJob('report', undefined);
}

/** The names of what was read. */
export function nameOfSource({ source, reports }: Loaded): string {
  if (source.kind === 'simulated') return `simulated ${source.wanted.model}`;
  const names = filesRead(source.files, reports).map(({ path }) => path.split('/').at(-1));
  return names.length > 3
    ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
    : names.join(', ');
}

/** The whole report, by a worker of its own that is ended where something else is asked. */
export async function makeReport(): Promise<void> {
  const now = loaded.peek();
  if (!now || !answers.peek()) return;
  stopReport();
  const started = performance.now();
  const mine = another();
  reporter = mine;
  tellJob('report', { doing: 'what to expect on these tracks', share: 0 });
  try {
    const known = await engine.ask('known', undefined);
    await mine.ask('adopt', known);
    const made = await mine.ask('report', nameOfSource(now), {
      tell: ({ doing, share, shares: first }) => {
        if (reporter !== mine) return;
        if (first) shares.value = first;
        tellJob('report', {
          doing: doing === 'estimating' ? 'report: D, α, σ' : `report: ${doing}`,
          share,
        });
      },
    });
    if (reporter !== mine) return;
    report.value = made;
    shares.value = made.shares;
    if (made.segmented) await knowSegments(made.segmented, known.generation);
    timings.report = (performance.now() - started) / 1000;
    notice.value = 'The report is ready';
  } catch (error) {
    if ((error as Error).message !== ENDED) tellProblem('The report was not made', error);
  } finally {
    if (reporter === mine) {
      tellJob('report', undefined);
      // It keeps the numbers that figures of shares are drawn from.
    }
  }
}

async function knowSegments(found: Segmented, of: number): Promise<void> {
  if (!(await engine.ask('segmented', { found, of }))) return;
  segmented.value = found;
  timings.segment = found.seconds;
}

let segmenting: Promise<void> | undefined;

/** Segments every track, by a worker of its own, where the report has not done it yet. */
export function segmentAll(): Promise<void> {
  if (segmented.peek()) return Promise.resolve();
  segmenting ??= segmentByItself().finally(() => {
    segmenting = undefined;
  });
  return segmenting;
}

async function segmentByItself(): Promise<void> {
  const now = loaded.peek();
  if (!now) return;
  const worker = another();
  const { count } = now.tracks;
  tellJob('segment', { doing: 'segments', share: 0 });
  try {
    const known = await engine.ask('known', undefined);
    await worker.ask('adopt', known);
    const found = await worker.ask('segment', undefined, {
      tell: (done) => tellJob('segment', { doing: 'segments', share: done / count }),
    });
    await knowSegments(found, known.generation);
  } finally {
    worker.end();
    tellJob('segment', undefined);
  }
}

/** The worker that made the report, for figures that need it. */
export const reporting = (): ReturnType<typeof another> | undefined =>
  report.peek() ? reporter : undefined;

/** Judges by a model of one's own from now on, or again by that which comes trained. */
export async function useModel(own: OwnFiles | undefined): Promise<void> {
  try {
    const { name } = await engine.ask('use', own);
    ownModel.value = own;
    notice.value = `The tracks are judged by ${name}`;
    void judge();
    await modelAnswered();
  } catch (error) {
    tellProblem('The model was not taken', error);
  }
}
