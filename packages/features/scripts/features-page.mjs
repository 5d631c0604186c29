/**
 * The page docs/features.md, made of the catalogue, the sets of the literature and the calibration, so that it cannot
 * say anything else than the code.
 */
export function featuresPage({ catalogue, featureSets, calibrations }) {
  return `${[
    INTRODUCTION,
    ...sections(catalogue),
    '## Sets of the literature',
    'Computed with the formulas above; the papers’ own code differs where the choices below say so.',
    table(
      ['set', 'publication', 'features'],
      Object.entries(featureSets).map(([name, { source, names }]) => [
        code(name),
        source,
        names.map(code).join(' '),
      ]),
    ),
    OWN,
    CHOICES,
    ESTIMATORS,
    ...calibration(calibrations),
    TABLES,
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `# Features

\`features(tracks)\` of \`@diffusion/features\` gives a column per feature with a value per track. This page is made by
\`packages/features/scripts/document.mjs\` from the catalogue in the code; a test fails when the two differ.

\`\`\`ts
import { catalogue, features, timeAveragedMsd, estimateFbm } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';

const tracks = simulate({ model: 'fbm', alpha: 0.5, count: 3, length: 200, dim: 2, seed: 1 });
const { straightness, asymmetry } = features(tracks, { names: ['straightness', 'asymmetry'] });
console.log(straightness.length, asymmetry.length, catalogue.length); // → 3 3 72

const { lags, pairs } = timeAveragedMsd(tracks.at(0), { lags: 4 });
console.log([...lags].join(), [...pairs].join()); // → 1,2,3,4 199,198,197,196

const { alpha } = estimateFbm(tracks.at(0));
console.log(alpha.interval[0] < 0.5 && 0.5 < alpha.interval[1]); // → true
\`\`\`

## Conventions

A track has N points x₁ … x_N in d dimensions, n = N − 1 steps Δ_i of lengths s_i, duration T = n·dt, path length
L = Σs_i, S2 = Σ|Δ_i|², net displacement net = |x_N − x_1| and largest pairwise distance D_max. ⟨·⟩ is a plain mean, std
divides by the count, ln is natural. m(k) is the time-averaged mean squared displacement over all overlapping pairs k
frames apart; K = min(N − 1, max(4, ⌊N/10⌋) − 1) is the default number of lags, the one of andi_datasets.

**Undefined is NaN**, never an infinity and never an exception: a track that is too short, of the wrong dimension, at
rest, or outside the range that the table gives. What throws is a track without points, a coordinate that is not a finite
number, and frames that do not increase. Zero is what is below 10⁻¹² of a length scale of the track, so that units do not
matter.

**Gaps** are jumps of the frame number. Per feature:
- *by lag*: made of displacements over exactly k frames, or their likelihood; missing frames leave its expectation as it
  is, up to the bias that any nonlinear function of fewer points has. A lag that no pair of points has is absent, never a
  zero. N in K and the like is the number of frames from first to last.
- *positions*: computed from the points that are there; a maximum over fewer points is somewhat smaller.
- *undefined*: NaN, since the formula needs every frame or grows with their number. Cut the track at its gaps first
  (\`splitGaps\`).

**Invariances**: R rotation and reflection; S^p scaling the positions by c multiplies by c^p; V time reversal; t^q
scaling dt by c multiplies by c^q. Every feature is invariant under translation. Each is tested.`;

const TITLES = {
  size: 'Size and speed',
  shape: 'Shape of the path',
  msd: 'Mean squared displacement',
  gyration: 'Gyration tensor and hull',
  increments: 'Increments',
  confinement: 'Confinement',
  scaling: 'Joseph, Noah, Moses',
  spectrum: 'Spectrum',
};

function sections(catalogue) {
  return Object.entries(TITLES).flatMap(([section, title]) => [
    `## ${title}`,
    table(
      ['feature', 'what it is', 'formula', 'range', 'N ≥', 'd', 'invariant', 'gaps', 'source'],
      catalogue
        .filter((about) => about.section === section)
        .map((about) => [
          code(about.name),
          about.meaning,
          about.formula,
          about.range,
          about.minPoints,
          about.dims.join(' '),
          invariances(about.invariances),
          about.gaps,
          about.source,
        ]),
    ),
  ]);
}

function invariances({ rotation, scale, reversal, time }) {
  const power = time === '-alpha' ? '−α' : String(time).replace('-', '−');
  return [rotation && 'R', `S${scale}`, reversal && 'V', `t${power}`].filter(Boolean).join(' ');
}

const CHOICES = `## Where implementations differ, and the choice here

${table(
  ['quantity', 'variants', 'here, and why'],
  [
    [
      'efficiency, denominator',
      'TraJ N·S2; the paper, Pinholt and trajpy (N − 1)·S2; diff_classifier S2; Pinholt its logarithm; pkowalek drops the last step everywhere',
      '(N − 1)·S2: a uniform line is exactly 1',
    ],
    [
      'fractal dimension',
      'number of steps n (TraJ, K22r) or of points N (Pinholt, pkowalek); trajpy N·d, rounds coordinates to two decimals and leaves the last point out; largest pairwise distance (TraJ, Pinholt) or largest step (pkowalek)',
      'n and the largest pairwise distance (Katz & George): a line is exactly 1',
    ],
    [
      'gaussianity',
      'TraJ 2⟨Σx_a⁴⟩/(3m²) − 1, which rotation changes; pkowalek the same factor with |r|⁴, +1/3 for Brownian motion; Pinholt ⟨Σx_a⁴⟩/(2m²) without −1 and with a lag shifted by one',
      'd/(d + 2)·⟨|r|⁴⟩/⟨|r|²⟩² − 1: 0 for isotropic Gaussian steps in any dimension, and rotation does not change it',
    ],
    [
      'MSD',
      'TraJ takes non-overlapping pairs by default; the others overlapping ones',
      'overlapping: the smaller variance',
    ],
    [
      'msdRatio',
      'one pair of lags (Wagner), the mean (Kowalek), shifted index (k − 1)/k (Pinholt)',
      'mean of m(k)/m(k + 1) − k/(k + 1): 0 for free motion',
    ],
    [
      'kurtosis',
      'TraJ with the sample deviation; pkowalek the excess, with a row of the eigenvectors for a column; Pinholt Pearson’s',
      'Pearson’s, along the column of the largest eigenvalue',
    ],
    [
      'trappedness',
      '1 − exp(0.2048 − 0.25117u) in most code, TraJ with 2.5117; D from m(2) − m(1) without /(4dt) (Pinholt, K22r), from the largest step (pkowalek)',
      'Saxton’s logarithm is log₁₀: 1 − 10^(0.2048 − 2.5117u), the survival in an absorbing disc, j₀²/ln 10 = 2.5116. `trappednessLiterature` is the usual code, for comparison with papers',
    ],
    [
      'asymmetry',
      'TraJ’s three; trajpy takes √|cov| element by element; NNResearchAPI a wrong determinant and no square in the denominator',
      'eigenvalues of the covariance; in 3D through κ², so that the range stays [0, ln 2]',
    ],
    ['T_n', 'pkowalek cuts T to a whole number, 0 for small dt', 'exact; independent of dt'],
    [
      'velocity autocorrelation',
      'andi_datasets normalises by the first lag asked for, so V(1) = 1; pkowalek does not normalise and takes n-th differences for a lag',
      'normalised by lag 0, each lag over its own pairs',
    ],
    [
      'p-variation',
      'cumulative in time and 1D only (andi_datasets); blocks (pkowalek)',
      'blocks from the first point',
    ],
    [
      'KS distance to χ²',
      'K22r passes an array for the degrees of freedom and 2 for the location',
      'χ² with d degrees of freedom',
    ],
    ['K²', 'scipy counts a skewness of exactly 0 as Y = 1', 'as scipy, whose values it is to give'],
    [
      'windows of std',
      'K22r leaves out the last window and takes w + 1 points',
      'all windows of w points',
    ],
    [
      'turning angles',
      'TraJ’s DIR-SD counts a step of zero length as angle 0',
      'such pairs are left out: there is no angle',
    ],
    [
      'power law of the MSD',
      'Pinholt’s code raises a TypeError (three parameters, two start values); DeepSPT fits an offset',
      'two parameters, by variable projection; the offset is an option of `estimatePowerLaw`',
    ],
    ['D in 1D and 3D', 'pkowalek divides by 4 in every dimension', 'by 2d'],
    [
      'CVE',
      'TraJ gives √|cov| as the noise, losing its sign',
      'the variance with its sign, which motion blur can make negative',
    ],
    [
      'Joseph, Noah, Moses',
      'K22r takes every block length and cuts blocks of points, losing the steps between them',
      'block lengths 4, 5, 6, 7 times powers of two, blocks of steps; all three are NaN when one is',
    ],
    [
      'zero',
      'TraJ sets straightness and efficiency to 0 for L < 10⁻¹⁰, whatever the unit; K22r floors deviations at 10⁻⁹',
      'below 10⁻¹² of a length scale of the track',
    ],
  ],
)}

The hidden-Markov features of Pinholt et al. 2021 need the whole data set, their p-value does not depend on the data, and
CONDOR’s 92 features are not published as code: these are not here.`;

const OWN = `## A feature of your own

\`\`\`ts
import { alpha, defineFeature, derived, estimateMle, features } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';

// Computed once per track, however many features use it.
const mle = derived((context) => estimateMle(context).diffusion.value);
const mleD = defineFeature({
  name: 'mleD',
  meaning: 'D of greatest likelihood, as the estimator gives it.',
  unit: 'length²/time',
  range: '≥ 0',
  minPoints: 4,
  gaps: 'by lag',
  compute: mle,
});
const spread = defineFeature({
  name: 'spread',
  meaning: 'K·t^α after a second, against D·t.',
  minPoints: 4,
  compute: (context) => (1 / context.dt) ** (alpha(context) - 1) / mle(context),
});
const tracks = simulate({ model: 'brownian', D: 0.5, count: 3, length: 200, dim: 2, seed: 1 });
const columns = features(tracks, { names: ['diffusionMle', mleD, spread] });
console.log(Object.keys(columns).join()); // → diffusionMle,mleD,spread
console.log(columns.mleD[0].toFixed(6) === columns.diffusionMle[0].toFixed(6)); // → true
\`\`\`

\`compute\` is given what every feature is computed from: \`axes\` (an array of coordinates per axis), \`length\`, \`dim\`,
\`dt\`, \`frames\` (undefined without gaps), \`span\` and \`extent\`; features of the catalogue and estimators take it as it is.
What is not finite becomes NaN, as does a track of fewer than \`minPoints\` points or of another dimension than \`dims\`, and
a track with gaps unless \`gaps\` says what the formula makes of them. The arrays are shared: copy them before you sort or
change them. A name of the catalogue is refused.

A forest, gradient boosting, a support vector machine, a logistic regression and the last layer of a network take it, too
([models](models.md)). Workers need to import it: \`parallelFeatures(tracks, { names: ['alpha', { module: new
URL('./spread.js', import.meta.url), export: 'spread' }] })\`.`;

const ESTIMATORS = `## Estimators of D and α, and how well their intervals hold

| function | model | standard error from |
|---|---|---|
| \`estimateLinear\` | line through the MSD; ordinary, weighted or generalised least squares | covariance of the lags under the most likely Brownian motion with noise |
| \`estimateMichalet\` | that line, over the best number of lags | the same |
| \`estimateCve\` | covariance of neighbouring steps, with motion blur; σ² known or not | variance of its quadratic forms |
| \`estimateMle\` | exact likelihood of Brownian motion with noise, σ² ≥ 0 | Fisher information |
| \`estimateLogLog\` | line through ln m against ln t; ordinary, weighted (Qian) or generalised | covariance of the lags under the most likely fractional Brownian motion |
| \`estimatePowerLaw\` | A·t^α, with an offset, or through differences from m(1) | the same, carried through the fit |
| \`estimateFbm\` | exact likelihood of fractional Brownian motion; noise absent, known or free | observed Fisher information; with free noise the profile likelihood |
| \`fitMsdModel\` | any function of time, by Levenberg–Marquardt | covariance of the lags for the fitted MSD |

\`estimateMotion\` gives D, α, σ and a drift with intervals from a posterior that knows the exposure and any errors of single
points: [how, and how often they hold](estimates.md). Of it are the features \`alphaPosterior\`, \`alphaPosteriorLow\` and
\`alphaPosteriorHigh\`, which are computed where they are named and stand in no set: they take about 6 ms together for a track
of 100 points, 40 with missing frames. So is \`driftLikelihoodRatio\` (some .25 ms for 100 points): twice the logarithm of the
ratio of the greatest likelihoods of free diffusion with localisation error, with a constant drift and without. For a track that does
not drift it follows about χ² with as many degrees of freedom as dimensions (Wilks 1938), and is somewhat larger below 30 points.

Each gives \`value\`, \`standardError\`, the known \`bias\` and the 95 % \`interval\`: of α and σ² by the normal
distribution, of D by a χ² of as many degrees of freedom as the standard error says. Residuals of a fit to correlated
points are not used anywhere. All work on tracks with gaps; the likelihoods are then those of the points that are there.

Found on simulated tracks in 2D, D = K = ½, dt = 1 (\`packages/features/scripts/calibrate.mjs\`); σ² = ½ is ε = σ²/(D·dt)
= 1. *bias* is with its standard error; *known* is what the estimator itself says, *–* where theory gives none: then the
one found is the best there is. *covers* is the share of the intervals that hold the true value, all tracks counted;
*inside* leaves out the fits at an edge of their range, the share of which is *edge*. The models hold in every row: with
noise that is not modelled (α by \`estimateLogLog\` on noisy tracks), no interval holds.

From N = 100 on every estimator covers 92 to 98 %. Below that, read the rows of N = 30: the noise-corrected power laws
hardly know α there (three lags), and free noise leaves it open too.`;

function calibration(rows) {
  const conditions = [
    ['diffusion', 0, 'D of Brownian motion without noise'],
    ['diffusion', 0.5, 'D of Brownian motion with noise, σ² = ½'],
    ['alpha', 0, 'α of fractional Brownian motion without noise'],
    ['alpha', 0.25, 'α of fractional Brownian motion with noise, σ² = ¼'],
  ];
  return conditions.flatMap(([quantity, noiseVariance, title]) => [
    `### ${title}`,
    table(
      [
        'estimator',
        'α',
        'N',
        'tracks',
        'bias',
        'known',
        'spread',
        'mean std. error',
        'covers',
        'inside',
        'edge',
      ],
      rows
        .filter((row) => row.quantity === quantity && row.noiseVariance === noiseVariance)
        .map((row) => [
          code(row.estimator.split(' ')[0]) + row.estimator.replace(/^\S+/, ''),
          row.alpha,
          row.length,
          row.tracks,
          `${row.bias.toFixed(3)} ± ${row.biasError.toFixed(3)}`,
          row.knownBias === null ? '–' : row.knownBias.toFixed(3),
          row.deviation.toFixed(3),
          row.meanStandardError.toFixed(3),
          percent(row.coverage),
          percent(row.coverageInside),
          percent(row.atEdge),
        ]),
    ),
  ]);
}

const TABLES = `## Classifiers without training

\`maxTest\` compares T_n with its quantiles for free motion: a table from 3 to 4,000 points in 1D, 2D and 3D, linear in 1/√N
between its rows, which \`simulateMaxTestQuantiles\` computes again for any seed. \`exponentRule\` and \`pVariationRule\` judge
an exponent against 1 ± 0.1.

## Tables

\`csvChunks\`, \`jsonChunks\` and, with the package \`apache-arrow\`, \`arrowBytes\` of \`@diffusion/features/arrow\` write
\`featureTable(tracks, features(tracks))\`: NaN is an empty field, null, and null. \`parallelFeatures\` computes the same columns
over worker threads or Web Workers (\`@diffusion/workers\`).`;

function code(text) {
  return `\`${text}\``;
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

function table(head, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
