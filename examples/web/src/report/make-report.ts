import {
  compareConditions,
  intervalPlot,
  msdPlot,
  type PredictionReport,
  predictionSections,
  type ReportedShare,
  segmentSections,
  sharesRows,
  trackMapPlot,
} from '@diffusion/eval';
import { renderReport, renderSvg } from '@diffusion/eval/render';
import { modelSection, ownReport } from '@diffusion/expect/report';
import type { MotionEstimate } from '@diffusion/features';
import { keyedRandom } from '@diffusion/random';
import { columnValue, type Prediction, type Tracks } from '@diffusion/tracks';
import type { Segmented } from '../engine/engine-types.ts';
import { CONDITION } from '../files/read-files.ts';
import { infoOf, type UsedModel } from '../judge/models.ts';

/** The report, and the numbers of it that the page shows by themselves. */
export interface MadeReport {
  readonly html: string;
  readonly shares: PredictionReport['shares'];
  /** The same as rows of CSV, with those of the conditions. */
  readonly sharesCsv?: string;
  readonly segmented?: Segmented;
  readonly title: string;
}

/** What is told while it is made: how far it has come, and shares as soon as they are known. */
export interface ReportNews {
  readonly doing: string;
  readonly share: number;
  readonly shares?: PredictionReport['shares'];
}

/** Made as `diffusion report` makes it. */
export async function makeReport(
  tracks: Tracks,
  name: string,
  prediction: Prediction,
  used: UsedModel,
  estimates: readonly MotionEstimate[],
  segments: () => Promise<Segmented>,
  tell: (news: ReportNews) => void,
): Promise<MadeReport> {
  const grouped = tracks.trackColumns[CONDITION];
  const report = await ownReport(tracks, name, prediction, used.model, {
    estimate: async () => estimates,
    working: (doing, total, work) => work((done) => tell({ doing, share: done / total })),
    remedies: {
      units: 'say what the numbers of the files are: “How to read”, above the tracks',
      expectation: 'make the whole report',
      otherClasses: 'take a model of such classes',
    },
    ...(grouped && {
      unitName: 'file',
      compare: (rows, simulated) =>
        compareConditions(
          {
            ...rows,
            group: valuesOf(tracks, CONDITION),
            unit: tracks.trackColumns.file ? valuesOf(tracks, 'file') : valuesOf(tracks, CONDITION),
          },
          simulated,
          { random: keyedRandom(1, 'bootstrap'), unitName: 'files' },
        ),
    }),
  });
  const { shares } = report;
  tell({ doing: 'segments', share: 0, ...(shares && { shares }) });
  // Tracks that cannot be segmented are no reason to tell nothing of them.
  const segmented = await segments().catch(() => undefined);
  const sections = [
    ...predictionSections(report),
    ...(segmented ? segmentSections({ tracks, ...segmented }) : []),
    modelSection(infoOf(used).name, used.model),
  ];
  tell({ doing: 'drawing', share: 1 });
  const title = `Modes of motion in ${name}`;
  const html = await renderReport({ title, sections });
  const { conditions } = report.conditions ?? {};
  const named = (of: readonly ReportedShare[]) =>
    of.map((one, k) => ({ ...one, name: report.classes[k] }));
  const table = shares && {
    like: {
      file: {
        perParticle: named(shares.perParticle),
        ...(shares.perLocalisation && { perLocalisation: named(shares.perLocalisation) }),
      },
    },
    ...(conditions && { conditions }),
  };
  return {
    html,
    shares,
    title,
    ...(table && { sharesCsv: [...sharesRows(table)].join('') }),
    ...(segmented && { segmented }),
  };
}

const valuesOf = (tracks: Tracks, column: string): string[] =>
  Array.from({ length: tracks.count }, (_, i) =>
    String(columnValue(tracks.trackColumns[column], i)),
  );

/** Pictures that are saved by themselves. */
export type FigureName = 'field' | 'msd' | 'shares';

/** A picture as SVG, drawn as the report draws it. */
export function figureSvg(
  name: FigureName,
  report: PredictionReport,
  codes: Int32Array,
): Promise<string> {
  const { tracks, classes, msd, shares } = report;
  if (name === 'field')
    return renderSvg(trackMapPlot({ tracks, codes, classes, withoutClass: 'not judged' }));
  if (name === 'msd') {
    if (!msd) throw new Error('there is no curve: too few displacements');
    const { curves, classes: named, positionUnit, timeUnit } = msd;
    return renderSvg(msdPlot({ curves, classes: named, positionUnit, timeUnit }));
  }
  if (!shares) throw new Error('there are no shares yet');
  return renderSvg(
    intervalPlot({
      rows: classes.map((label, code) => ({
        label,
        code,
        value: shares.perParticle[code].share,
        interval: shares.perParticle[code].interval,
      })),
      title: 'share of the particles',
      domain: [0, 1],
      format: '.0%',
    }),
  );
}
