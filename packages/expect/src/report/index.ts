// What there is to say of tracks, as plain data from which `@diffusion/eval` makes a report

export {
  type OwnReportOptions,
  ownCurves,
  ownReport,
  type Remedies,
  type Working,
} from './own-report.ts';

// Curves of classes

export { labelWeights, msdCurves } from './msd-curves.ts';

// The model that judged them

export { modelSection, nameOf, seenLine } from './trained-model.ts';
