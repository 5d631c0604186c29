import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Every name that a package gives away, types too, by the door that it stands behind. A name that is added or taken away
 * is written here as well: nothing slips out.
 */
const doors: Readonly<Record<string, string>> = {
  backends: `
    Adam AdamOptions BackendError BackendName BackendOptions BackendReport Convolve1dOptions
    LstmWeights WasmPaths adam batchNormTraining convolve1d lstm rectifiedSum timeStatistics
    useBackend
  `,
  'backends/layers': `
    DilatedConv1D DilatedConv1DConfig FusedBatchNormalization FusedBatchNormalizationConfig
    FusedLSTM FusedLSTMConfig RectifiedSum dilatedConv1D foldBatchNormalization
    fusedBatchNormalization fusedLSTM rectifiedSum registerLayers
  `,
  'backends/kernels': `
    InstalledKernels installGradients installKernels
  `,
  'backends/conformance': `
    Case Result TOLERANCE checkConformance conformanceCases runCase
  `,
  'backends/parallel': `
    WorkerOptions assignFlat countNumbers flatten meanInOrder startWasmInWorker tensorsOf
    wasmPathsInUse wideInUse
  `,
  eval: `
    Andi2Field Averaged AveragedClassMetrics AveragedConfusion BinPlotOptions BootstrapOptions
    CLASS_COLORS Calibration CalibrationBin CalibrationInput ChangePointInput ChangePointMetrics
    ClassComparison ClassImages ClassMetrics ClassScores ClassScoresPanel ClassScoresPlotOptions
    ClassShare ClassSharesPlotOptions ClassificationInput ClassificationMetrics CodePairs
    CompareMethodsOptions Comparison Condition ConditionRows Conditions ConditionsOptions
    ConditionsReport ConfidencePlotOptions ConfusionPlotOptions Curve CurvePoint CurvesPanel
    CurvesPlotOptions DeletionPlotOptions DistributionPlotOptions DrawnSegment
    EmbeddingPlotOptions EnsembleState EpochRecord EvaluationError Examples ExplanationReport
    ExponentComparison ExponentPlotOptions FieldReport Figure FoldsReport FrameMetrics
    ImageFigureOptions ImageSizes ImageSizesPlotOptions Interval IntervalPlotOptions IntervalRow
    JudgedRows JudgedTracks LearningRatePlotOptions LogLossInput MapsPlotOptions McNemar
    MeanBand Method MethodComparison MethodPair MethodShares MistakenImage MotionReport MsdCurve
    MsdPlotOptions MsdReport NotJudgedReport Noun Panels Piece PlotSpec PrecisionRecall
    PrecisionRecallPlotOptions PredictionReport PredictionShares Predictions ReadReport
    Reference RegressionInput RegressionMetrics RelevancePlotOptions Report
    ReportedClassExpectation ReportedErrors ReportedEstimate ReportedExpectation ReportedFeature
    ReportedModel ReportedMotion ReportedRange ReportedShare ReportedShares ReportedThresholds
    RowBin ScoredSegment Section SegmentComparison SegmentTable SegmentationInput
      SegmentationMetrics SegmentedTracks SegmentsPlotOptions SetInput SetMetrics ShareDifference
      Shares SharesOptions SharesReport SharesTable SimulatedRows SizeDistributionPlotOptions
      SpreadCoverage SpreadInput Stratification StratifyOptions Stratum StratumBin Table
      TrackMapPlotOptions TrackSegments TracksPlotOptions TrainingReport UNJUDGED UNJUDGED_COLOR
      WeightedMedian WrittenSegment andi2AnswerPath andi2AnswerRows andi2EnsemblePath
      andi2EnsembleText andi2Fields averageClassMetrics averageConfusion binPlot binRows
      bootstrapInterval calibration changePointMetrics classColor classImagesSection classMetrics
      classScoresPlot classShares classSharesPlot classificationMetrics cohenKappa compareConditions
      compareMethods comparePredictions compareSegments comparisonJson conditionsSection
      confidencePlot confusionMatrix confusionPlot curvesPlot deletionPlot distributionPlot
      embeddingPlot evaluationSections expectationSection experimentsMean explanationSections
      exponentPlot fieldSection frameMetrics htmlReport imageFigure imagePredictionRows
      imageSizesPlot intervalPlot isSegments judgedRows labelRows labelTracks learningCurvePlot
      learningRatePlot lengthsPlot logLoss mapsPlot matthewsCorrelation mcnemar meanBand
      methodSections mistakenImagesSection modelSection motionSection msdPlot msdSection
      notJudgedSection parseAndi2Answers parsePredictions parseReference parseSegments
      precisionRecallPlot predictionRows predictionSections predictionShares quantile readSection
      regressionMetrics relevancePlot reliabilityPlot segmentObjects segmentRows segmentSections
      segmentationMetrics segmentsPlot setMetrics sharesRows sharesSection sizeDistributionPlot
      spreadCoverage strata stratifiedSections stratify trackMapPlot tracksPlot tracksSentence
      trainingSections undecidedTracks weightedMedian wilsonInterval
  `,
  'eval/explain': `
    Attribution Baseline CurvesOptions DeconvolveOptions Deconvolved DeletionCurves EmbedOptions
    ExplainMethod ExplainOptions FeatureImportance HeadVectors Judge LayerActivations LayerKernels
    LrpRule MapAgreement MaximizeOptions MaximizingTrack MeasuredOptions MethodOptions ModelRows
    NOT_A_CLASS OcclusionOptions PathFeature PermutationOptions PointPart Relevance RowJudge
    Target TrackLaw TreePaths deconvolve deletionCurves embed explainInputs explainTracks
    forestSentences headVectors lawOf layerActivations layerKernels mapAgreement maximizingTrack
    modelRows mostRelevantPoints motionLawsOf occlusion permutationImportance rankCorrelation
    resimulate ruleSentence shareWithin targetName treePaths withShuffledWeights
  `,
  'eval/predictions': `
    Noun PredictionShares Predictions Reference imagePredictionCells imagePredictionRows labelRows labelTracks
      parsePredictions parseReference predictionCells predictionOfTracks predictionRows predictionShares
      reasonHeading
  `,
  'eval/render': `
    renderReport renderSvg
  `,
  expect: `
    AlikeTracks Ceiling CheckedNumber ClassExpectation CommonDrift ErrorSummary EstimateErrors
    ExpectError ExpectOptions Expectation GaussianPrior PredictiveCheck Ranged SimulatedOutcomes
    Warning commonDrift exactLevels exactPosterior expectOn gaussianClasses gaussianPrior
    outcomesOn
  `,
  'expect/report': `
    OwnReportOptions Remedies Working labelWeights modelSection msdCurves nameOf ownCurves ownReport
    seenLine
  `,
  features: `
    AnomalousEstimate Autocorrelation BlurOption BuiltInFeature CatalogueEntry ChangesOptions
    ClassMsd ClassicalSegments ClassicalSegmentsOptions CveOptions DiffusionEstimate
    EnsembleOptions Estimate EstimatedTracks ExponentRuleResult FbmEstimate FbmOptions Feature
    FeatureChoice FeatureColumns FeatureDeclaration FeatureDescription FeatureName
    FeatureReference FeatureSelection FeatureSet FeatureSetName FeatureTable FeaturesError
    GapBehaviour ImageFeatureOptions ImageFeatureRows ImageFeatureRowsOptions Invariances
    LinearEstimate LinearOptions LogLogOptions MarkovOptions MarkovSegmenter MarkovState
    MaskedImage MaxTestOptions MaxTestResult MleEstimate ModelFitOptions MotionClass
    MotionEstimate MotionLaw MotionOptions MotionReading MotionState MotionStates
    MotionStatesOptions MotionTrack MsdByClassOptions MsdCurve MsdModel MsdOptions
    NoiseCorrection NormalSource PVariationOptions PVariationRuleOptions ParallelFeaturesOptions
    ParallelMotionOptions PosteriorEstimate PowerLawEstimate PowerLawOptions QuantileOptions
    SEGMENT_METHODS SEGMENT_STATES Segment SegmentMethod SegmentOptions SegmentState
    SegmentTrack SegmentWithIntervals StateRule TrackContext TrackMsd VanHove VanHoveOptions
    Weighting absSkewness alpha alphaPosterior alphaPosteriorHigh alphaPosteriorLow anisotropy
    asymmetry asymmetry1 asymmetry2 boundedness catalogue classicalSegments commonSigma
    convexHullArea convexHullPerimeter csvChunks dagostinoK2 defineFeature derived diffusion2pt
    diffusionCoefficient diffusionCve diffusionMichalet diffusionMle displacements dma1 dma2 driftLikelihoodRatio
    dropNonFinite duration efficiency elongation ensembleMsd ensembleTimeAveragedMsd estimateCve
    estimateFbm estimateLinear estimateLogLog estimateMichalet estimateMle estimateMotion
    estimateObjects estimatePowerLaw estimateReason estimateRows exponentRule featureNamed
    featureSets featureTable features firstPassageTimes fitMsdModel fractalDimension gaussianity
    generalizedDiffusion imageFeatureRows imageFeatures joseph jsonChunks ksChi2 kurtosis
    liposomeFeatureNames locVarianceCve locVarianceMle logEfficiency maxExcursion
    maxPairDistance maxStdChange maxStdRatio maxTest maxTestQuantile meanCosTurningAngle meanMsd
    meanSpeed meanStepLength meanTurningAngle moses motionEstimates motionLawOf motionLaws
    motionStates movingWindowMean10 movingWindowMean20 movingWindowStd10 movingWindowStd20
    msdByClass msdIntercept msdLag1 msdLag20 msdRatio netDisplacement netSpeed noah
    nonGaussianity1 numPoints optimalLags pVariation pVariation1 pVariation2 pVariation3
    pVariation4 pVariation5 pVariationRule parallelFeatures parallelMotionEstimates pathLength
    powerLawAlpha powerLawD psdSlope radiusOfGyration segmentByChanges segmentByMarkov
    segmentDensityOf segmentTracks segmentsAt simulateMaxTestQuantiles standardizedMaxDistance
    stdTurningAngle stepLengthCV straightness timeAveragedMsd trappedness trappednessLiterature
    turningAngles vacf1 vacf2 vacf3 vanHove velocityAutocorrelation
  `,
  'features/arrow': `
    arrowBytes
  `,
  models: `
    BankCard BankMember BankModel BankNetwork BankOptions CalibrateOptions CardCalibration
    ChangeOptions ChangeThresholds ChannelOrigin ClassicalCard ClassicalModel CnnOptions
    CnnTunedOptions CompleteSegments CompleteSegmentsOptions Domain EncodedTracks Encoder
    EncoderDefinition EncoderRequest EncoderSpecification Ensemble EstimatedSegment
    ExperimentState GridNetwork HubConfig HubFileName HubFilesOptions HubReadmeOptions ImageCard
    ImageDomain ImageEnsemble ImageModel ImagePredictOptions IntensityScale Json JsonObject
    KowalekOptions LayerClass LikeliestChange LipnetOptions LoadOptions LoadedFiles ModelCard
    ModelError ModelFileName ModelFiles ModuleExport MultiscaleOptions NetworkBank NetworkCard
    NetworkDefinition NetworkDescription NetworkInput NetworkModel NetworkSegments
    NetworkSegmentsOptions NetworkSummary NetworkTask NotFetched Option OptionError Options
    OptionsOf Output OwnModelOptions ParallelPredictOptions PointPrior PredictOptions PriorLaw
    ProbabilityScaling Range ResnetOptions RowLayout SavedImageModel SavedModel SeenTracks
    SegmenterOptions SetThresholds SingleModel StandardFeature ThresholdBin TrackModel
    WadnetBank WadnetOptions XresnetOptions bankModel calibrate choiceOption choicesOption
    classesAlone classesOf classesOption cnn cnnGrid cnnTuned completeSegments defineEncoder
    defineNetwork describeNetwork dropoutOption encoder encoders ensemble estimateCorrection
    experimentStates fetchBytes hubFiles imageEnsemble imageModel integerOption integersOption
    kowalek leastAbsoluteFactor likeliestChange lipnet loadModelFromIndexedDb
    loadModelFromPickedFiles loadModelFromUrl measureDomain measureImageDomain measureScale
    measuredEncoder modelFiles modelFromFiles movesBeyondNoise multiscale networkByName
    networkEncoder networkSegments networks numberOption outsideDomain outsideImageDomain
    ownModel parameterCount pickChanges positiveOption positivesOption predictParallel
    rangeOption resnet saveModelToIndexedDb seedOption segmenter sha256 standardFeatures
    textOption trackModel wadnet wadnetBank wadnetCorrection wadnetLengths xresnet
  `,
  'models/classical': `
    BoostingJSON BoostingOptions Classical ClassicalDescription ClassicalError ClassicalJSON
    ClassicalModel ClassicalOptions Classifier ClassifierJSON FitClassicalOptions ForestJSON
    ForestOptions GaussianModel LikelihoodOptions LogisticJSON LogisticOptions Option Options
    OptionsOf RowPrediction Rows SvmJSON SvmOptions classicalFromJSON classicalModels defaultsOf
    fitBoosting fitClassical fitClassicalAsync fitForest fitLogistic fitSvm likelihoodModel
    readOptions ruleModel
  `,
  'models/inference': `
    PointPlaces cropStarts croppedTracks hasSpread imageAnswers inputTensors mostProbable
    networkAnswers networkBatches placeOfExponent pointAnswers pointPlaces scaled
    segmentOfPoints widthOf
  `,
  'models/training': `
    KeyedDropout KeyedDropoutArgs ShapesToCheck bytesOfWeight checkFinite checkImageNetwork
    checkShapes chosenOptions disposeNetwork imageNetworkOptions importEncoder inputTensors
    registerLayers weightSpecs
  `,
  'models/node': `
    EnsembleCard hubFileNames isEnsembleFile isImageModel loadEnsemble loadImageModel
    loadModel loadTrackModel modelFileNames saveEnsemble saveHubModel saveModel
  `,
  'models/onnx': `
    OnnxSource writeOnnx writeOnnxBank
  `,
  'models/safetensors': `
    NamedTensor SafetensorsError TensorType loadTorchWeights readSafetensors torchWeights writeSafetensors
  `,
  random: `
    Key Purpose Random UniformSource checkSeed cosTurns deriveSeed exp keyedRandom ln permutation
    pow purposes randomElement randomExponential randomFrom randomGeometric randomIndex
    randomInteger randomLogUniform randomNormal randomPareto randomTruncatedNormal randomUniform
    sinTurns
  `,
  simulate: `
    Andi2020File Andi2020Options Andi2Model Andi2Options Andi2TracksOptions Answer Atom
    AttmParameters BatchOptions ChangePointOptions ChoiceParameter ClassSpecification
    CommonOptions ConfinedParameters Continuous CtrwParameters DataSet DefinedModel
    Distribution DriftSpecification Experiment FbmParameters Gajowczyk2021Options ImageSet
    KeptOptions LawModel LevyWalkParameters LiposomesOptions MeasureOptions
    MeasurementSpecification MixtureSpecification ModelName ModelReference Motion MotionLaw
    MotionModel MotionOptions MotionPrior MotionSegmentsOptions NoiseSpecification
    NumberDeclaration NumberParameter OwnClassSpecification ParallelOptions Parameter
    ParameterError ParametersOf Quantity Range RangedName SbmParameters Scene Segment
    SimulateOptions Specification SpecificationWithout Spread StateLaw andi2 andi2020
    andi2020Files andi2Tracks attm brownian changePoint choice confined ctrw dataSet
    dataSetFrom defineModel directed fbm gajowczyk2021 immobile isPlainSpecification
    keptLocalisations levyWalk liposomes loadModels measure motion motionModel motionModels
    motionPrior motionSegments number parallelBatches sbm segmentsOf simulate simulation
    simulationFrom
  `,
  reproduce: `
    Assembled Item ItemFigure Part RecipeJson ReproduceError Reproduction Results Row Scale
    ScaleStory Source findItem items reproductionPage rowCells rowHeadings sources
  `,
  'reproduce/node': `
    RunItemOptions runItem
  `,
  sweep: `
    EngineError Sweep SweepError SweepGrid SweepLine SweepRow SweepTable SweepTask SweepValue
    TaskState readSweep sweepTasks tableRows
  `,
  'sweep/node': `
    RunSweepOptions SweepSummary TaskEvent findFiles readSweepFile runSweep sweepTable taskOutput
    writeTable
  `,
  'sweep/slurm': `
    SlurmOptions SlurmScriptOptions Submission TaskRange slurmScript submitToSlurm taskRanges
  `,
  'sweep/redis': `
    RedisOptions ServeRedisOptions runOverRedis serveRedis
  `,
  tracks: `
      ANDI_LABELS ByteSource Column ColumnInit ColumnRole Columns CsvTable Dim FileReport FolderSource Frame
      Image Images ImagesData ImagesInit JoinOptions NumericArray Picture Prediction ReadError
      ReadOptions Reason ReasonKind SET_SEPARATOR StorageError TextColumn Track TrackFormat Tracks
      TracksData TracksError TracksInit TracksOfFile TracksSummary View WriteOptions WrittenFormat answerText
      columnLength columnValue csvCell csvRow csvTable encodeTracks filterTracks formatOf
      frameImages framesOf isStoreName isTextColumn isTrackFile joinFiles joinTracks makeReason mostProbable parseReason
      readTracksFrom readTracksFromFolder selectImages selectTracks setName sliceFrames splitGaps summarizeTracks
      takeRows textColumn views withPieceIds
  `,
  'tracks/node': `
    NamedPicture NewFile ReadBytesOptions ReadFilesOptions ReadImagesOptions ReadResult SkippedFile
    committedPath finishReplacing freeFolder holdFolder readBytes readImages readPictures readTracks
    readingProblem refuseHeld replaceFiles writeAtomically writeTracks
  `,
  'tracks/images': `
    decodeImage encodeMask encodePng isImageName
  `,
  'tracks/display': `
    Cell MimeBundle ShownTable Views bundleFor escapeHtml factViews showAs tableViews
  `,
  'tracks/messages': `
    OptionNames checkOptions checkTracks nearestName oneLine quote quoteAll shown
  `,
  'tracks/parsing': `
    parseJson readNumber trackId
  `,
  train: `
    AlternateSpecification ArtificialLiposomesOptions Augmentation AugmentationChoice
    BalanceRecipe BankPlace BankSet BankSets BatchResult ClassicalRecipe EncoderChoice
    EpochResult FeatureNames FeatureRows FindLearningRateOptions FindRecipeLearningRateOptions
    FitBankOptions FitFoldsOptions FitImageRecipeFoldsOptions FitImageRecipeOptions
    FitImagesOptions FitOptions FitRecipeBankOptions FitRecipeFoldsOptions FitRecipeOptions
    FittedBank FittedClassifier FittedFolds FittedImageFolds FittedImages FittedNetwork
    FittedRecipe Fold FoldSpecification FolderData Folds FoldsOptions FreshSpecification
    ImageAugmentation ImageRecipe ImageRecipeData ImageTrainingRecipe LabelledRows
    LabelledTracks LearningRates LossRecipe NetworkChoice NetworkRecipe OneLengthBatchesOptions
    OneLengthBatchesSpecification OneLengthData OneLengthSpecification OptimizerRecipe
    ReadImageRecipeOptions ReadRecipeOptions Recipe RecipeCalibration RecipeData RecipeEncoder
    RecipeFolds RecipeLike RecipeLikeOptions RecipeStart RecipeTracks ScheduleRecipe Scores
    SeenLengths SelectionRecipe SimulatedBankSets SimulatedCalibration SimulatedData
    SmoteOptions SourceSpecification StoppingRecipe Targets TrackBalance TrackSource TrainError
    TrainOptions TrainedBankNetwork Training TrainingRecipe TrainingState ValidateOptions
    alternateTracks augmentImages augmentTracks augmentationOf balancedRows balancedTracks
    balancedWeights bankFolds calibrateSimulated chosenAugmentation cosine dataSetsOf
    disposeState findLearningRate findRecipeLearningRate fit fitBank fitFolds fitImageRecipe
    fitImageRecipeFolds fitImages fitRecipe fitRecipeBank fitRecipeFolds foldTracks foldsOf
    freshTracks isClassical isImageRecipe keptEpoch labelledBankSets liposomeAugmentation
    noAugmentation oneCycle oneLengthBatches oneLengthTracks oversampled readImageRecipe
    readRecipe recipeLike recipeTracks repeatedTracks rotationMatrix seenLengths
    simulatedBankSets smote splitTracks stretchTracks targets train trainingOf undersampled
    validate withArtificialLiposomes withStart
  `,
  'train/node': `
    Checkpoint loadCheckpoint loadRun readyImageRecipe readyImageRecipes readyRecipe
    readyRecipes saveCheckpoint startModel
  `,
  weights: `
    AnswerCache LoadPretrainedOptions PretrainedModel loadPretrained pretrainedFor pretrainedModels
  `,
  workers: `
    AnyWorker Pool PoolOptions WorkerError WorkerScript WorkerStart availableCores nextTurn nodeWorker
    servePool startPool
  `,
};

/** Doors by name, and the source behind each. Scripts of workers export nothing. */
const sources = new Map<string, string>();
for (const name of readdirSync(join(root, 'packages'))) {
  const folder = join(root, 'packages', name);
  if (!existsSync(join(folder, 'package.json'))) continue;
  const { exports = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const [path, { types }] of Object.entries<{ types?: string }>(exports)) {
    // A worker's script and a file of data have no names.
    if (path.endsWith('worker') || types === undefined) continue;
    const source = types.replace('./dist/', 'src/').replace(/\.d\.ts$/, '.ts');
    sources.set(`${name}${path.slice(1)}`, join(folder, source));
  }
}

/** A file without its comments. */
const codeOf = (file: string): string =>
  readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

const lists = /^export (?:type )?\{([^}]*)\} from '[^']+';$/gm;
const declarations = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm;

function namesOf(file: string): string[] {
  const code = codeOf(file);
  const listed = [...code.matchAll(lists)].flatMap(([, names]) =>
    names.split(',').map((each) => each.trim().replace(/^type /, '')),
  );
  const declared = [...code.matchAll(declarations)].map(([, name]) => name);
  return [...listed, ...declared].filter((name) => name !== '').sort();
}

describe('the doors of the packages', () => {
  it('are these', () => {
    expect([...sources.keys()].sort()).toEqual(Object.keys(doors).sort());
  });

  it.each([...sources])('%s exports what is listed, and nothing else', (door, source) => {
    expect(namesOf(source)).toEqual(doors[door]?.trim().split(/\s+/));
  });

  it.each([...sources].filter(([, source]) => source.endsWith('/index.ts')))(
    '%s is a table of contents: names under headings, and no code',
    (_, source) => {
      expect(codeOf(source).replace(lists, '').trim()).toBe('');
      expect(readFileSync(source, 'utf8')).toMatch(/^\/\/ [A-Z]/);
    },
  );

  it.each([...sources])('%s lets nothing out that is not named', (_, source) => {
    expect(codeOf(source)).not.toMatch(/export \*|export default/);
  });
});
