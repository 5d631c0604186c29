import {
  gaussianClasses as CLASSES,
  exactPosterior,
  exactLevels as LEVELS,
} from '@diffusion/expect';
import { deriveSeed, keyedRandom } from '@diffusion/random';
import { motion } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { codesOf, withoutDomain } from '../model.mjs';
import { calibrationError, mean, meanAndMargin } from '../statistics.mjs';

const EXPOSURES = [0, 0.5, 1];
/** The longest tracks with gaps: what is even and odd in time no longer parts there, at eight times the work. */
const LONGEST_WITH_GAPS = 500;
const WIDTH = CLASSES.length;
const BROWNIAN = CLASSES.indexOf('brownian');
const QS = [0.1, 0.2, 0.5, 1, 3, 30];

/** Constant and equal errors, a known exposure, nothing else: what the exact posterior knows of. */
const plain = (dim, exposure) => ({
  ...{ gaps: 0, variation: 0, pixel: 0, drift: 0, search: 'infinity', exposure, xy: 1 },
  ...(dim === 3 && { z: 1 }),
});

/**
 * The model beside the exact posterior of the four Gaussian classes, on the same tracks: of every length a third with
 * each exposure, and of those up to 500 points one third with gaps.
 */
export async function exact({ model }, { perBin, lengths, seed, tell, part }) {
  const all = withoutDomain(model);
  const { dim } = model.card.domain;
  const missing = CLASSES.filter((name) => !model.card.output.classes.includes(name));
  if (missing.length > 0)
    throw new Error(`the model has no class ${missing}: expected one of 'motion'`);
  const rows = [];
  const byLength = [];
  const alarms = [];
  for (const length of lengths) {
    const { own, level, moved } = await part({ perBin, length }, () =>
      ofLength(all, dim, length, { perBin, seed, tell }),
    );
    const ofSet = (set) => own.filter((row) => row.set === set);
    rows.push(...ofSet(0));
    byLength.push({ level, moved, ...scoresOf(`${length}`, ofSet(0)) });
    alarms.push(alarmsOf(length, ofSet(1)));
  }
  const bin = (name, keep) => scoresOf(name, rows.filter(keep));
  return {
    tracks: rows.length,
    all: bin('all', () => true),
    length: byLength,
    q: [
      bin('immobile', ({ q }) => q === 0),
      ...QS.slice(1).map((to, k) =>
        bin(`${QS[k]} – ${to}`, ({ q }) => q >= QS[k] * (1 - 1e-9) && q < to * (1 + 1e-9)),
      ),
      bin('no error', ({ q }) => q === Number.POSITIVE_INFINITY),
    ],
    exposure: EXPOSURES.map((value) => bin(`${value}`, ({ exposure }) => exposure === value)),
    gaps: [bin('without gaps', ({ gaps }) => !gaps), bin('with gaps', ({ gaps }) => gaps)],
    recall: lengths.map((length) => {
      const recallOf = (keep) =>
        mean(
          CLASSES.slice(1).map((_, c) =>
            mean(
              rows
                .filter((row) => row.length === length && row.right === c + 1 && keep(row))
                .map((row) => row.exact),
            ),
          ),
        );
      return {
        length,
        low: recallOf(({ q }) => q >= 0.2 && q <= 0.5),
        high: recallOf(({ q }) => q > 1),
      };
    }),
    alarms,
  };
}

/** What both say of the tracks of a length, at the first level of the quadrature at which the accuracy no longer moves. */
async function ofLength(model, dim, length, { perBin, seed, tell }) {
  const groups = groupsOf(dim, length, perBin, seed);
  for (const group of groups) {
    const { probabilities, classes } = await model.predict(group.tracks);
    group.network = probabilities;
    group.classes = classes;
    group.posterior = exactPosterior(group);
  }
  // Refined until the accuracy moves by less than a tenth of a point.
  let [before, level, moved] = [Number.NaN, -1, Number.POSITIVE_INFINITY];
  while (level < LEVELS - 1 && !(moved < 0.001)) {
    level++;
    for (const group of groups) {
      group.exact = group.posterior.level(level);
      group.rows = rowsOf(group, length);
    }
    const own = groups.flatMap((group) => group.rows.filter(({ set }) => set === 0));
    const accuracy = mean(own.map((row) => row.exact));
    moved = Math.abs(accuracy - before);
    tell(`exact: ${length} points, level ${level}: ${accuracy.toFixed(4)}`);
    before = accuracy;
  }
  return { own: groups.flatMap((group) => group.rows), level, moved };
}

/** Tracks of one length: of all four classes (set 0), and Brownian ones of Q 0.2 to 0.5 (set 1). */
function groupsOf(dim, length, perBin, seed) {
  const patterns = EXPOSURES.flatMap((exposure) =>
    length <= LONGEST_WITH_GAPS
      ? [
          { exposure, frames: evenFrames(length), share: 2 / 9 },
          { exposure, frames: framesWithGaps(length, exposure, seed), share: 1 / 9 },
        ]
      : [{ exposure, frames: evenFrames(length), share: 1 / 3 }],
  );
  return patterns.map(({ exposure, frames, share }, k) => {
    const span = frames[length - 1] + 1;
    const of = (purpose, options) =>
      motion({
        ...{ dim, seed: deriveSeed(seed, 'test', length, k, purpose), length: span },
        count: Math.ceil(perBin[purpose] * share),
        ...options,
      }).generate();
    const ranges = plain(dim, exposure);
    const sets = [
      of(0, { laws: CLASSES, ranges }),
      of(1, { laws: ['brownian'], ranges: { ...ranges, q: { min: 0.2, max: 0.5 } } }),
    ];
    return {
      exposure,
      frames,
      gaps: span > length,
      tracks: seenAt(sets, frames),
      right: sets.flatMap((set) => [...codesOf(set.trackColumns.label, CLASSES)]),
      q: sets.flatMap((set) => [...set.trackColumns.Q]),
      first: sets[0].count,
    };
  });
}

const evenFrames = (length) => Int32Array.from({ length }, (_, k) => k);

/** Frames of which a fifth is missed, singly and in bursts of five in the mean; the first and the last are seen. */
function framesWithGaps(length, exposure, seed) {
  const random = keyedRandom(seed, 'own:gaps', length, Math.round(exposure * 100));
  const gaps = new Int32Array(length - 1);
  for (let left = Math.ceil(length / 4); left > 0; ) {
    const burst = Math.min(left, random.uniform() < 0.5 ? 1 : 1 + random.integerBelow(9));
    gaps[random.integerBelow(length - 1)] += burst;
    left -= burst;
  }
  const frames = new Int32Array(length);
  for (let k = 1; k < length; k++) frames[k] = frames[k - 1] + 1 + gaps[k - 1];
  return frames;
}

/** The tracks of several sets at some of their frames. */
function seenAt(sets, frames) {
  const { dim } = sets[0];
  const count = sets.reduce((sum, set) => sum + set.count, 0);
  const positions = new Float64Array(count * frames.length * dim);
  let at = 0;
  for (const set of sets) {
    for (const track of set) {
      for (const frame of frames) {
        for (let d = 0; d < dim; d++) positions[at++] = track.positions[frame * dim + d];
      }
    }
  }
  const all = new Int32Array(count * frames.length);
  for (let i = 0; i < count; i++) all.set(frames, i * frames.length);
  return new Tracks({
    positions,
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * frames.length),
    dim,
    frames: all,
  });
}

/** What both say of every track of a group, the model's probabilities over the four classes alone. */
function rowsOf({ exact: posterior, network, classes, right, q, exposure, gaps, first }, length) {
  const places = CLASSES.map((name) => classes.indexOf(name));
  return right.map((truth, i) => {
    const exactRow = posterior.subarray(i * WIDTH, (i + 1) * WIDTH);
    const whole = network.subarray(i * classes.length, (i + 1) * classes.length);
    const four = places.map((c) => whole[c]);
    const sum = four.reduce((a, b) => a + b, 0);
    const [byExact, byNetwork] = [exactRow, four].map((row) => row.indexOf(Math.max(...row)));
    const called = whole.indexOf(Math.max(...whole));
    return {
      ...{ length, right: truth, q: q[i], exposure, gaps, set: i < first ? 0 : 1 },
      exact: byExact === truth ? 1 : 0,
      network: byNetwork === truth ? 1 : 0,
      confidence: exactRow[byExact],
      networkConfidence: four[byNetwork] / sum,
      exactLoss: -Math.log(Math.max(exactRow[truth], 1e-15)),
      networkLoss: -Math.log(Math.max(four[truth] / sum, 1e-15)),
      exactAlarm: byExact !== BROWNIAN && exactRow[byExact] > 0.8 ? 1 : 0,
      // As the model is used: of all of its classes.
      alarm: called !== classes.indexOf('brownian') && whole[called] > 0.8 ? 1 : 0,
      alarmOfFour: byNetwork !== BROWNIAN && four[byNetwork] / sum > 0.8 ? 1 : 0,
    };
  });
}

function scoresOf(name, rows) {
  const { mean: behind, margin } = meanAndMargin(rows.map((row) => row.exact - row.network));
  return {
    name,
    count: rows.length,
    exact: mean(rows.map((row) => row.exact)),
    network: mean(rows.map((row) => row.network)),
    behind,
    margin,
    // The posterior's own calibration: its confidence less its accuracy, in its standard errors.
    confidence: mean(rows.map((row) => row.confidence)),
    deviations:
      (1.96 * mean(rows.map((row) => row.confidence - row.exact))) /
      meanAndMargin(rows.map((row) => row.confidence - row.exact)).margin,
    exactError: errorOf(rows, 'confidence', 'exact'),
    networkError: errorOf(rows, 'networkConfidence', 'network'),
    exactLoss: mean(rows.map((row) => row.exactLoss)),
    networkLoss: mean(rows.map((row) => row.networkLoss)),
  };
}

const errorOf = (rows, confidence, hit) =>
  calibrationError(
    rows.map((row) => row[confidence]),
    rows.map((row) => row[hit]),
  );

function alarmsOf(length, rows) {
  const { mean: more, margin } = meanAndMargin(rows.map((row) => row.alarm - row.exactAlarm));
  return {
    length,
    count: rows.length,
    exact: mean(rows.map((row) => row.exactAlarm)),
    network: mean(rows.map((row) => row.alarm)),
    ofFour: mean(rows.map((row) => row.alarmOfFour)),
    more,
    margin,
  };
}
