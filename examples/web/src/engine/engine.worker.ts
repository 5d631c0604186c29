// What is computed of tracks: one worker that answers at once, and a second one of the same kind that makes the report.

import type { PredictionReport } from '@diffusion/eval';
import { estimateRows, type MotionEstimate } from '@diffusion/features';
import { type Prediction, selectTracks, Tracks, type TracksData } from '@diffusion/tracks';
import { extentOf } from '../field/extent.ts';
import { bestOf } from '../judge/best.ts';
import type { OwnFiles } from '../judge/models.ts';
import type { FigureName, MadeReport, ReportNews } from '../report/make-report.ts';
import type { TrackDetail } from '../track/track-detail.ts';
import type {
  GivenFile,
  Judged,
  ReadAnswer,
  Reading,
  Segmented,
  Simulation,
  SomeEstimates,
} from './engine-types.ts';
import { moving, serve } from './messages.ts';

let tracks: Tracks | undefined;
let own: OwnFiles | undefined;
let prediction: Prediction | undefined;
let estimates: (MotionEstimate | undefined)[] = [];
let shares: PredictionReport['shares'];
let segmented: Segmented | undefined;
/** How often there were other tracks: what is found of earlier ones comes too late. */
let generation = 0;

const there = (): Tracks => {
  if (!tracks) throw new Error('there are no tracks yet');
  return tracks;
};

/** A copy that moves to the page. */
function sent({ data }: Tracks): TracksData {
  const positions = data.positions.slice();
  const offsets = data.offsets.slice();
  const frames = data.frames?.slice();
  return moving({ ...data, pointColumns: {}, positions, offsets, ...(frames && { frames }) }, []);
}

function adopt(next: Tracks): void {
  generation++;
  tracks = next;
  prediction = undefined;
  shares = undefined;
  segmented = undefined;
  estimates = new Array(next.count).fill(undefined);
}

const judgeModel = async () => (await import('../judge/models.ts')).modelFor(there().dim, own);

const handlers = {
  async read(
    { files, reading }: { files: GivenFile[]; reading: Reading },
    tell: (bytes: number) => void,
  ): Promise<ReadAnswer> {
    const started = performance.now();
    const { readFiles } = await import('../files/read-files.ts');
    const { tracks: read, reports, problems } = await readFiles(files, reading, tell);
    if (read && read.count > 0) adopt(read);
    const seconds = (performance.now() - started) / 1000;
    if (!read || read.count === 0) {
      const empty = reports.map(({ file }) => ({
        path: file,
        message: `${file}: no tracks are left`,
      }));
      return { reports, problems: [...problems, ...empty], seconds };
    }
    const data = sent(read);
    return moving({ tracks: data, extent: extentOf(read), reports, problems, seconds }, [
      data.positions.buffer as ArrayBuffer,
    ]);
  },

  async simulate(wanted: Simulation, tell: (done: number) => void): Promise<ReadAnswer> {
    const started = performance.now();
    const { simulateTracks } = await import('../simulate/simulate-tracks.ts');
    const made = await simulateTracks(wanted, tell);
    adopt(made);
    const data = sent(made);
    const seconds = (performance.now() - started) / 1000;
    return moving({ tracks: data, extent: extentOf(made), reports: [], problems: [], seconds }, [
      data.positions.buffer as ArrayBuffer,
    ]);
  },

  /** Takes a model of one's own, or again the one that comes trained. */
  async use(files: OwnFiles | undefined): Promise<{ name: string; classes: readonly string[] }> {
    const { infoOf, modelFor } = await import('../judge/models.ts');
    const before = own;
    own = files;
    try {
      const { name, classes } = infoOf(await modelFor(tracks?.dim ?? 2, own));
      if (classes.length === 0)
        throw new Error(`${name} knows exponents only: expected a model of classes`);
      return { name, classes };
    } catch (error) {
      own = before;
      throw error;
    }
  },

  async judge(_: undefined, tell: (done: number) => void): Promise<Judged> {
    const started = performance.now();
    const { infoOf } = await import('../judge/models.ts');
    const of = there();
    const used = await judgeModel();
    const answer = await used.model.predict(of, { onProgress: tell });
    if (of === tracks) prediction = answer;
    return {
      prediction: answer,
      model: infoOf(used),
      seconds: (performance.now() - started) / 1000,
    };
  },

  async estimate(most: number, tell: (some: SomeEstimates) => void): Promise<void> {
    const of = there();
    const mine = estimates;
    const { estimateSome } = await import('../judge/estimate-some.ts');
    await estimateSome(of, most, mine, (some) => {
      if (mine === estimates) tell(some);
    });
  },

  /** Curves by class, and that of some tracks together. */
  async curves({ rows }: { rows?: Uint32Array }) {
    const of = there();
    const { labelWeights, msdCurves, ownCurves } = await import('@diffusion/expect/report');
    if (!rows) return prediction && ownCurves(of, prediction);
    const some = selectTracks(of, rows);
    return msdCurves(some, labelWeights(new Int32Array(some.count), 1), ['selected'], 1);
  },

  async detail(row: number): Promise<TrackDetail> {
    const { trackDetail } = await import('../track/track-detail.ts');
    return trackDetail(there(), row, await judgeModel().catch(() => undefined), segmented);
  },

  /** Where every track changes, and what it is between. */
  async segment(_: undefined, tell: (done: number) => void): Promise<Segmented> {
    segmented ??= await segmentsOf(there(), tell);
    return segmented;
  },

  /** What another worker has found of that. */
  async segmented({ found, of }: { found: Segmented; of: number }): Promise<boolean> {
    if (of === generation) segmented = found;
    return of === generation;
  },

  /** Puts predictions of a file in the place of those of the model. */
  async predictions({
    text,
    name,
  }: {
    text: string;
    name: string;
  }): Promise<{ prediction: Prediction; same?: number }> {
    const { parsePredictions, predictionOfTracks } = await import('@diffusion/eval/predictions');
    const of = there();
    const given = predictionOfTracks(of, parsePredictions(text, name));
    const before = prediction;
    let same: number | undefined;
    if (
      before?.probabilities &&
      given.probabilities &&
      before.classes?.join() === given.classes?.join()
    ) {
      const [a, b] = [before, given].map(bestOf);
      same = a.filter((code, i) => code === b[i]).length;
    }
    prediction = given;
    return { prediction: given, ...(same !== undefined && { same }) };
  },

  /** Makes this worker one that knows what another does. */
  async adopt(given: {
    tracks: TracksData;
    own?: OwnFiles;
    prediction?: Prediction;
    estimates: (MotionEstimate | undefined)[];
    segmented?: Segmented;
  }): Promise<void> {
    adopt(new Tracks(given.tracks));
    own = given.own;
    prediction = given.prediction;
    estimates = given.estimates;
    segmented = given.segmented;
  },

  /** What the second worker is to know. */
  async known() {
    return { tracks: there().data, own, prediction, estimates, segmented, generation };
  },

  async report(name: string, tell: (news: ReportNews) => void): Promise<MadeReport> {
    const of = there();
    if (!prediction) throw new Error('the tracks are not judged yet');
    const { estimateSome } = await import('../judge/estimate-some.ts');
    const mine = estimates;
    let done = mine.filter(Boolean).length;
    await estimateSome(of, of.count, mine, ({ rows }) => {
      done += rows.length;
      tell({ doing: 'estimating', share: done / of.count });
    });
    const { makeReport } = await import('../report/make-report.ts');
    const made = await makeReport(
      of,
      name,
      prediction,
      await judgeModel(),
      mine as MotionEstimate[],
      async () => {
        segmented ??= await segmentsOf(of, (done) =>
          tell({ doing: 'segments', share: done / of.count }),
        );
        return segmented;
      },
      tell,
    );
    shares = made.shares;
    return made;
  },

  async figure(name: FigureName): Promise<string> {
    const of = there();
    if (!prediction?.classes) throw new Error('the tracks are not judged yet');
    const { figureSvg } = await import('../report/make-report.ts');
    const { ownCurves } = await import('@diffusion/expect/report');
    const { classes, probabilities, codes } = prediction;
    const msd = name === 'msd' ? ownCurves(of, prediction) : undefined;
    return figureSvg(
      name,
      { source: '', tracks: of, classes, predicted: codes!, probabilities, msd, shares },
      bestOf(prediction),
    );
  },

  /** Rows of CSV, as the command writes them. */
  async table(name: 'predictions' | 'estimates' | 'segments'): Promise<string> {
    const of = there();
    if (name === 'segments') {
      if (!segmented) throw new Error('the tracks are not segmented yet');
      const { segmentRows } = await import('@diffusion/eval');
      return joined(segmentRows({ tracks: of, ...segmented }));
    }
    if (name === 'predictions') {
      if (!prediction) throw new Error('the tracks are not judged yet');
      const { predictionRows } = await import('@diffusion/eval/predictions');
      return joined(predictionRows(of, prediction));
    }
    const mine = estimates;
    const { estimateSome } = await import('../judge/estimate-some.ts');
    await estimateSome(of, of.count, mine);
    return joined(estimateRows({ tracks: of, estimates: mine as MotionEstimate[] }));
  },

  /** The tracks themselves as a file. */
  async tracks(name: string): Promise<Blob> {
    const { encodeTracks } = await import('@diffusion/tracks');
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of encodeTracks(there(), name, { units: true })) {
      parts.push(part as Uint8Array<ArrayBuffer>);
    }
    return new Blob(parts);
  },
};

async function segmentsOf(of: Tracks, tell: (done: number) => void): Promise<Segmented> {
  const started = performance.now();
  const { segmentTracks } = await import('../judge/segment.ts');
  const found = await segmentTracks(of, { together: true, onProgress: tell });
  return { ...found, seconds: (performance.now() - started) / 1000 };
}

const joined = (rows: Iterable<string>): string => {
  let text = '';
  for (const row of rows) text += row.endsWith('\n') ? row : `${row}\n`;
  return text;
};

export type Engine = typeof handlers;

serve(handlers);
