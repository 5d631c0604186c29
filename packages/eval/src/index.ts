// Metrics

export {
  type Averaged,
  type AveragedClassMetrics,
  averageClassMetrics,
} from './metrics/average-class-metrics.ts';
export { type AveragedConfusion, averageConfusion } from './metrics/average-confusion.ts';
export { binRows, type RowBin } from './metrics/bin-rows.ts';
export { type BootstrapOptions, bootstrapInterval } from './metrics/bootstrap-interval.ts';
export {
  type Calibration,
  type CalibrationBin,
  type CalibrationInput,
  calibration,
} from './metrics/calibration.ts';
export {
  type ChangePointInput,
  type ChangePointMetrics,
  changePointMetrics,
} from './metrics/change-point-metrics.ts';
export { type ClassMetrics, classMetrics } from './metrics/class-metrics.ts';
export {
  type ClassificationInput,
  type ClassificationMetrics,
  classificationMetrics,
} from './metrics/classification-metrics.ts';
export { cohenKappa } from './metrics/cohen-kappa.ts';
export { type CodePairs, confusionMatrix, UNJUDGED } from './metrics/confusion-matrix.ts';
export { experimentsMean } from './metrics/experiments-mean.ts';
export { type FrameMetrics, frameMetrics } from './metrics/frame-metrics.ts';
export { type LogLossInput, logLoss } from './metrics/log-loss.ts';
export { matthewsCorrelation } from './metrics/matthews-correlation.ts';
export { type McNemar, mcnemar } from './metrics/mcnemar.ts';
export { type MeanBand, meanBand } from './metrics/mean-band.ts';
export { quantile } from './metrics/quantile.ts';
export {
  type RegressionInput,
  type RegressionMetrics,
  regressionMetrics,
} from './metrics/regression-metrics.ts';
export {
  type ScoredSegment,
  type SegmentationInput,
  type SegmentationMetrics,
  segmentationMetrics,
} from './metrics/segmentation-metrics.ts';
export { type SetInput, type SetMetrics, setMetrics } from './metrics/set-metrics.ts';
export {
  type SpreadCoverage,
  type SpreadInput,
  spreadCoverage,
} from './metrics/spread-coverage.ts';
export { type WeightedMedian, weightedMedian } from './metrics/weighted-median.ts';
export { type Interval, wilsonInterval } from './metrics/wilson-interval.ts';

// Shares of classes

export {
  type ClassShare,
  classShares,
  type Shares,
  type SharesOptions,
} from './shares/class-shares.ts';
export {
  type Condition,
  type ConditionRows,
  type Conditions,
  type ConditionsOptions,
  compareConditions,
  type ShareDifference,
} from './shares/compare-conditions.ts';
export { judgedRows } from './shares/judged-rows.ts';
export type { JudgedRows, SimulatedRows } from './shares/rows.ts';
export { type SharesTable, sharesRows } from './shares/shares-rows.ts';

// Plots, as vega-lite specifications; `@diffusion/eval/render` draws them

export { type BinPlotOptions, binPlot } from './plots/bin-plot.ts';
export {
  type ClassScores,
  type ClassScoresPanel,
  type ClassScoresPlotOptions,
  classScoresPlot,
} from './plots/class-scores-plot.ts';
export { type ClassSharesPlotOptions, classSharesPlot } from './plots/class-shares-plot.ts';
export { type ConfidencePlotOptions, confidencePlot } from './plots/confidence-plot.ts';
export { type ConfusionPlotOptions, confusionPlot } from './plots/confusion-plot.ts';
export {
  type Curve,
  type CurvePoint,
  type CurvesPanel,
  type CurvesPlotOptions,
  curvesPlot,
} from './plots/curves-plot.ts';
export { type DeletionPlotOptions, deletionPlot } from './plots/deletion-plot.ts';
export { type DistributionPlotOptions, distributionPlot } from './plots/distribution-plot.ts';
export { type EmbeddingPlotOptions, embeddingPlot } from './plots/embedding-plot.ts';
export { type ExponentPlotOptions, exponentPlot } from './plots/exponent-plot.ts';
export {
  type ImageSizes,
  type ImageSizesPlotOptions,
  imageSizesPlot,
  type SizeDistributionPlotOptions,
  sizeDistributionPlot,
} from './plots/image-sizes-plot.ts';
export {
  type IntervalPlotOptions,
  type IntervalRow,
  intervalPlot,
} from './plots/interval-plot.ts';
export { type EpochRecord, learningCurvePlot } from './plots/learning-curve-plot.ts';
export { type LearningRatePlotOptions, learningRatePlot } from './plots/learning-rate-plot.ts';
export { lengthsPlot } from './plots/lengths-plot.ts';
export { type MapsPlotOptions, mapsPlot } from './plots/maps-plot.ts';
export { type MsdCurve, type MsdPlotOptions, msdPlot } from './plots/msd-plot.ts';
export { CLASS_COLORS, classColor, UNJUDGED_COLOR } from './plots/palette.ts';
export type { PlotSpec } from './plots/plot-spec.ts';
export {
  type PrecisionRecall,
  type PrecisionRecallPlotOptions,
  precisionRecallPlot,
} from './plots/precision-recall-plot.ts';
export { type RelevancePlotOptions, relevancePlot } from './plots/relevance-plot.ts';
export { reliabilityPlot } from './plots/reliability-plot.ts';
export {
  type DrawnSegment,
  type SegmentsPlotOptions,
  segmentsPlot,
} from './plots/segments-plot.ts';
export { type TrackMapPlotOptions, trackMapPlot } from './plots/track-map-plot.ts';
export { type TracksPlotOptions, tracksPlot } from './plots/tracks-plot.ts';

// Files of predictions, which `@diffusion/eval/predictions` reads and writes without the rest

export {
  type CompareMethodsOptions,
  compareMethods,
  type Method,
  type MethodComparison,
  type MethodPair,
  type MethodShares,
} from './predictions/compare-methods.ts';
export {
  type ClassComparison,
  type Comparison,
  comparePredictions,
  type ExponentComparison,
} from './predictions/compare-predictions.ts';
export { comparisonJson } from './predictions/comparison-json.ts';
export {
  imagePredictionRows,
  labelRows,
  labelTracks,
  type Noun,
  type PredictionShares,
  type Predictions,
  parsePredictions,
  parseReference,
  predictionRows,
  predictionShares,
  type Reference,
} from './predictions/index.ts';

export {
  type Stratification,
  type StratifyOptions,
  type Stratum,
  type StratumBin,
  strata,
  stratify,
} from './predictions/stratify.ts';

// Files of the second AnDi challenge: what is true of each track and what is said of it

export {
  andi2AnswerRows,
  parseAndi2Answers,
  type TrackSegments,
} from './segments/andi2-answers.ts';
export { andi2EnsembleText, type EnsembleState } from './segments/andi2-ensemble.ts';
export {
  type Andi2Field,
  andi2AnswerPath,
  andi2EnsemblePath,
  andi2Fields,
} from './segments/andi2-fields.ts';

// Rows of segments, written, read and compared

export { compareSegments, type SegmentComparison } from './segments/compare-segments.ts';
export { isSegments, parseSegments, type SegmentTable } from './segments/parse-segments.ts';
export {
  type SegmentedTracks,
  segmentObjects,
  segmentRows,
  type WrittenSegment,
} from './segments/segment-rows.ts';

// Reports

export { type ConditionsReport, conditionsSection } from './report/conditions-section.ts';
export { evaluationSections } from './report/evaluation-sections.ts';
export type { Examples } from './report/example-figures.ts';
export {
  expectationSection,
  type ReportedClassExpectation,
  type ReportedErrors,
  type ReportedExpectation,
  type ReportedRange,
} from './report/expectation-section.ts';
export {
  type ExplanationReport,
  explanationSections,
  type ReportedFeature,
} from './report/explanation-sections.ts';
export { type FieldReport, fieldSection } from './report/field-section.ts';
export {
  type Figure,
  htmlReport,
  type Panels,
  type Piece,
  type Report,
  type Section,
  type Table,
} from './report/html-report.ts';
export { type ImageFigureOptions, imageFigure } from './report/image-figure.ts';
export {
  type ClassImages,
  classImagesSection,
  type MistakenImage,
  mistakenImagesSection,
} from './report/image-sections.ts';
export { type JudgedTracks, undecidedTracks } from './report/judged-tracks.ts';
export { methodSections } from './report/method-sections.ts';
export {
  modelSection,
  type ReportedModel,
  type ReportedThresholds,
} from './report/model-section.ts';
export {
  type MotionReport,
  motionSection,
  type ReportedEstimate,
  type ReportedMotion,
} from './report/motion-section.ts';
export { type MsdReport, msdSection } from './report/msd-section.ts';
export { type NotJudgedReport, notJudgedSection } from './report/not-judged-section.ts';
export { type PredictionReport, predictionSections } from './report/prediction-sections.ts';
export { type ReadReport, readSection } from './report/read-section.ts';
export { segmentSections } from './report/segments-section.ts';
export {
  type ReportedShare,
  type ReportedShares,
  type SharesReport,
  sharesSection,
  tracksSentence,
} from './report/shares-section.ts';
export { stratifiedSections } from './report/stratified-sections.ts';
export {
  type FoldsReport,
  type TrainingReport,
  trainingSections,
} from './report/training-sections.ts';

// What a wrong argument throws

export { EvaluationError } from './errors.ts';
