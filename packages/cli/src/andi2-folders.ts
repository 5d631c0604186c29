import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Andi2Field,
  andi2AnswerPath,
  andi2AnswerRows,
  andi2EnsemblePath,
  andi2EnsembleText,
  andi2Fields,
  compareSegments,
  type EnsembleState,
  parseSegments,
  type ScoredSegment,
  type SegmentComparison,
  type SegmentTable,
} from '@diffusion/eval';
import { columnValue, joinTracks, type Tracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { isFolder } from './exists.ts';
import { InputError } from './input-error.ts';
import { interruption } from './interruption.ts';
import { makeFolder } from './make-folder.ts';
import { readText } from './read-text.ts';

/** The fields of view in a folder, with whole paths. */
async function fieldsIn(folder: string): Promise<Andi2Field[]> {
  if (!(await isFolder(folder))) {
    throw new InputError(`${folder}: is no folder: expected one of the challenge, as the other is`);
  }
  const paths = await readdir(folder, { recursive: true });
  const whole = (path?: string) => path && join(folder, path);
  return andi2Fields(paths.map((path) => path.replaceAll('\\', '/'))).map((field) => ({
    ...field,
    tracks: whole(field.tracks),
    truth: whole(field.truth),
    answers: whole(field.answers),
  }));
}

/** The numbers of the experiments and their fields. */
function byExperiment(fields: readonly Andi2Field[]): [number, Andi2Field[]][] {
  const found = new Map<number, Andi2Field[]>();
  for (const field of fields) {
    found.set(field.experiment, [...(found.get(field.experiment) ?? []), field]);
  }
  return [...found];
}

/** What a method says of the tracks of one experiment. */
export interface ExperimentAnswer {
  readonly segments: readonly (readonly (ScoredSegment & { readonly from: number })[])[];
  readonly states: readonly EnsembleState[];
}

/**
 * Segments every experiment of a challenge's folder, all fields of view of one together, and writes what the challenge's program
 * reads.
 *
 * @returns how many experiments, fields and tracks there were.
 */
export async function writeSubmission(
  folder: string,
  output: string,
  readField: (path: string) => Promise<Tracks>,
  answer: (tracks: Tracks) => Promise<ExperimentAnswer>,
) {
  const experiments = byExperiment((await fieldsIn(folder)).filter(({ tracks }) => tracks));
  if (experiments.length === 0) {
    throw new InputError(
      `${folder}: there is no exp_0/trajs_fov_0.csv in it: expected a folder of the challenge`,
    );
  }
  let [fieldCount, trackCount] = [0, 0];
  for (const [experiment, fields] of experiments) {
    const sets: Tracks[] = [];
    for (const { tracks } of fields) sets.push(await readField(tracks as string));
    const { segments, states } = await answer(joinTracks(sets));
    let first = 0;
    for (const [i, field] of fields.entries()) {
      const set = sets[i];
      const { track } = set.trackColumns;
      const rows = segments.slice(first, first + set.count).map((own, k) => ({
        track: track ? Number(columnValue(track, k)) : k,
        segments: own.length > 0 ? own : [UNSAID(set.lengthOf(k))],
      }));
      first += set.count;
      await write(join(output, andi2AnswerPath(field)), andi2AnswerRows(rows));
      fieldCount++;
    }
    trackCount += first;
    await write(join(output, andi2EnsemblePath(experiment)), [andi2EnsembleText(states)]);
  }
  return { experiments: experiments.length, fields: fieldCount, tracks: trackCount };
}

/** What is answered of a track that a method does not judge: the challenge wants every track. */
const UNSAID = (to: number): ScoredSegment => ({ to, alpha: 1, diffusion: 1, state: 'free' });

async function write(path: string, chunks: Iterable<string>): Promise<void> {
  makeFolder(dirname(path));
  await writeAtomically(path, chunks, { signal: interruption.signal });
}

/** The states of an experiment from its segments alone: those that are called the same are one. */
export function statesOfSegments(
  segments: readonly (readonly (ScoredSegment & { readonly from: number })[])[],
): EnsembleState[] {
  const all = segments.flat().filter(({ alpha, diffusion }) => !Number.isNaN(alpha + diffusion));
  const points = all.reduce((sum, { from, to }) => sum + to - from, 0);
  return [...new Set(all.map(({ state }) => state))].map((state) => {
    const own = all.filter((segment) => segment.state === state);
    const weight = own.reduce((sum, { from, to }) => sum + to - from, 0);
    const spread = (of: (segment: ScoredSegment) => number): [number, number] => {
      const mean = own.reduce((sum, s) => sum + (s.to - s.from) * of(s), 0) / weight;
      const square = own.reduce((sum, s) => sum + (s.to - s.from) * (of(s) - mean) ** 2, 0);
      return [mean, square / weight];
    };
    return {
      alpha: spread(({ alpha }) => alpha),
      diffusion: spread(({ diffusion }) => diffusion),
      share: weight / points,
    };
  });
}

/**
 * Scores a folder of answers against one of true segments, by experiment. A field of view without answers is one of whose tracks
 * nothing was said.
 */
export async function compareFolders(
  predictions: string,
  reference: string,
): Promise<{ experiment: number; comparison: SegmentComparison }[]> {
  const said = (await fieldsIn(predictions)).filter(({ answers }) => answers);
  const truth = byExperiment((await fieldsIn(reference)).filter((field) => field.truth));
  if (said.length === 0) {
    throw new InputError(
      `${predictions}: there is no exp_0/fov_0.txt in it: expected a submission`,
    );
  }
  if (truth.length === 0) {
    throw new InputError(
      `${reference}: there is no exp_0/traj_labs_fov_0.txt in it: expected true segments`,
    );
  }
  const found: { experiment: number; comparison: SegmentComparison }[] = [];
  for (const [experiment, fields] of truth) {
    const ours: [string, readonly ScoredSegment[]][] = [];
    const theirs: [string, readonly ScoredSegment[]][] = [];
    for (const field of fields) {
      const add = (table: SegmentTable, into: typeof ours) => {
        for (const [id, own] of table.tracks) into.push([`${field.field}\n${id}`, own]);
      };
      const own = field.truth as string;
      add(parseSegments(await readText(own), own), theirs);
      const answer = said.find((one) => one.experiment === experiment && one.field === field.field);
      if (answer?.answers) add(parseSegments(await readText(answer.answers), answer.answers), ours);
    }
    const comparison = compareSegments(
      { source: predictions, tracks: new Map(ours) },
      { source: reference, tracks: new Map(theirs) },
    );
    found.push({ experiment, comparison });
  }
  return found;
}
