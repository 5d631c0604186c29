import {
  compareConditions,
  intervalPlot,
  msdPlot,
  type PredictionReport,
  predictionSections,
  trackMapPlot,
} from '@diffusion/eval';
import { renderReport, renderSvg } from '@diffusion/eval/render';
import { modelSection, ownReport } from '@diffusion/expect/report';
import type { MotionEstimate } from '@diffusion/features';
import { keyedRandom } from '@diffusion/random';
import { columnValue, type Prediction, type Tracks } from '@diffusion/tracks';
import { CONDITION } from '../files/read-files.ts';
import { infoOf, type UsedModel } from '../judge/models.ts';

/** The report, and the numbers of it that the page shows by themselves. */
export interface MadeReport {
  readonly html: string;
  readonly shares: PredictionReport['shares'];
  readonly title: string;
}

/** Made as `diffusion report` makes it. */
export async function makeReport(
  tracks: Tracks,
  name: string,
  prediction: Prediction,
  used: UsedModel,
  estimates: readonly MotionEstimate[],
  tell: (doing: string, share: number) => void,
): Promise<MadeReport> {
  const grouped = tracks.trackColumns[CONDITION];
  const report = await ownReport(tracks, name, prediction, used.model, {
    estimate: async () => estimates,
    working: (doing, total, work) => work((done) => tell(doing, done / total)),
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
  const sections = [...predictionSections(report), modelSection(infoOf(used).name, used.model)];
  tell('drawing', 0);
  const title = `Modes of motion in ${name}`;
  const html = await renderReport({ title, sections });
  return { html, shares: report.shares, title };
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
    return renderSvg(msdPlot(msd));
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
