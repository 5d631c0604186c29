import { type ConditionsReport, conditionsSection } from './conditions-section.ts';
import { expectationSection, type ReportedExpectation } from './expectation-section.ts';
import { fieldSection } from './field-section.ts';
import type { Section } from './html-report.ts';
import { checkJudged, type JudgedTracks } from './judged-tracks.ts';
import { motionSection, type ReportedMotion } from './motion-section.ts';
import { type MsdReport, msdSection } from './msd-section.ts';
import { notJudgedSection } from './not-judged-section.ts';
import { readSection } from './read-section.ts';
import { type ReportedShares, sharesSection } from './shares-section.ts';

/** What {@link predictionSections} tells; what is absent is left out. */
export interface PredictionReport extends JudgedTracks {
  /** What was read: the name of the file, or of the files. */
  readonly source: string;
  /** Further things to say of what was read (gaps, cuts, cells that were empty), one paragraph each. */
  readonly notes?: readonly string[];
  /** Shares of the classes, corrected for what the model mistakes. */
  readonly shares?: ReportedShares;
  /** How the shares differ between conditions. */
  readonly conditions?: Omit<ConditionsReport, 'classes'>;
  /** D, α and σ, one of each per track. */
  readonly estimates?: readonly ReportedMotion[];
  /** Curves of the classes. */
  readonly msd?: MsdReport;
  /** What to expect of the model on tracks like these. */
  readonly expectation?: ReportedExpectation;
  /** Further things that are not there and how to have them, a row each. */
  readonly missing?: readonly (readonly [what: string, remedy: string])[];
}

/**
 * The report of what a model says of the tracks of a file: shares of the classes, how conditions differ, D and α by class, the tracks where they lie and
 * by themselves, the MSD by class, what to expect, what could not be told and what to do about it, and what was read.
 *
 * Throws {@link EvaluationError} unless there is one predicted class, or −1, per track, and a probability per track and class.
 *
 * @example
 * const sections = predictionSections({ source: 'cell 3.csv', tracks, classes, predicted, probabilities, reasons });
 */
export function predictionSections(report: PredictionReport): Section[] {
  checkJudged(report);
  const { estimates, msd, expectation, conditions, classes } = report;
  return [
    sharesSection(report),
    conditions && conditionsSection({ ...conditions, classes }),
    estimates && motionSection({ ...report, estimates }),
    fieldSection(report),
    msd && msdSection({ dim: report.tracks.dim, ...msd }),
    expectation && expectationSection(expectation, report.tracks.positionUnit),
    report.tracks.count > 0 && notJudgedSection(report),
    readSection(report),
  ].filter((section): section is Section => Boolean(section));
}
