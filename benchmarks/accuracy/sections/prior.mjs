import { estimateCve } from '@diffusion/features';
import { deriveSeed } from '@diffusion/random';
import { motion } from '@diffusion/simulate';
import { judged } from '../judged.mjs';
import { calibrationError, mean, perfectCalibrationError } from '../statistics.mjs';

const LENGTHS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const QS = [0.1, 0.2, 0.5, 1, 3, 30];
const range = (from, to, last) => `${from} – ${last ? to : to - 1}`;

/** Tracks of the whole prior: accuracy, calibration and prediction sets by length, Q, the Q that is seen, exposure and law. */
export async function prior({ model }, { tracks, seed, tell }) {
  const { dim } = model.card.domain;
  const set = motion({ dim, count: tracks, seed: deriveSeed(seed, 'test', 1) });
  const all = await judged(model, set, ['Q', 'exposure', 'law'], {
    tell: (text) => tell(`prior: ${text}`),
    own: { measured: measuredQ },
  });
  const laws = set.generate(0, 1).trackColumns.law.dictionary;
  const rowsWhere = (keep) => {
    const rows = [];
    for (let i = 0; i < all.count; i++) if (keep(i)) rows.push(i);
    return rows;
  };
  const bin = (name, keep) => ({ name, ...scoresOf(all, rowsWhere(keep), seed) });
  const edges = (list, value, name) =>
    list
      .slice(1)
      .map((to, k) =>
        bin(
          name(list[k], to, k === list.length - 2),
          (i) =>
            value[i] >= list[k] && (value[i] < to || (k === list.length - 2 && value[i] === to)),
        ),
      );
  return {
    tracks,
    sets: all.size.some((size) => size > 0),
    all: bin('all', () => true),
    length: edges(LENGTHS, all.length, range),
    q: [
      bin('immobile', (i) => all.Q[i] === 0),
      // Rounding may take a Q out at the ends.
      ...edges(
        QS,
        all.Q.map((q) => (q > 0 && q < 31 ? Math.min(30, Math.max(0.1, q)) : Number.NaN)),
        (from, to) => `${from} – ${to}`,
      ),
      bin('no error', (i) => all.Q[i] === Number.POSITIVE_INFINITY),
    ],
    measured: [
      bin('no motion seen', (i) => all.measured[i] === 0),
      ...edges([Number.MIN_VALUE, ...QS.slice(2, -1), 1e9], all.measured, (from, to) =>
        to > 1e6 ? `> ${from}` : from < 0.1 ? `< ${to}` : `${from} – ${to}`,
      ),
      bin('no error seen', (i) => all.measured[i] === Number.POSITIVE_INFINITY),
    ],
    exposure: [
      bin('0', (i) => all.exposure[i] === 0),
      bin('0 – 0.5', (i) => all.exposure[i] > 0 && all.exposure[i] <= 0.5),
      bin('0.5 – 1', (i) => all.exposure[i] > 0.5 && all.exposure[i] < 1),
      bin('1', (i) => all.exposure[i] === 1),
    ],
    law: laws.map((name, k) => bin(name, (i) => all.law[i] === k)),
  };
}

/**
 * Q as the covariances of the displacements give it, whatever the exposure was: 0 where they show no motion, infinite where
 * they show no error.
 */
function measuredQ(track) {
  const { diffusion, noiseVariance } = estimateCve(track);
  if (!(diffusion.value > 0)) return 0;
  if (!(noiseVariance.value > 0)) return Number.POSITIVE_INFINITY;
  return Math.sqrt((diffusion.value * track.dt) / noiseVariance.value);
}

/** What is known of some of the tracks; one that is not judged is not right, has no confidence to be wrong about, and no set. */
function scoresOf(all, rows, seed) {
  const hits = rows.map((i) => (all.called[i] === all.right[i] ? 1 : 0));
  const said = rows.filter((i) => all.called[i] >= 0);
  const confidence = said.map((i) => all.confidence[i]);
  const saidHits = said.map((i) => (all.called[i] === all.right[i] ? 1 : 0));
  const withSet = rows.filter((i) => all.size[i] > 0);
  const single = withSet.filter((i) => all.size[i] === 1);
  return {
    count: rows.length,
    accuracy: mean(hits),
    notJudged: 1 - said.length / rows.length,
    confidence: mean(confidence),
    calibrationError: calibrationError(confidence, saidHits),
    perfect: perfectCalibrationError(confidence, seed),
    coverage: mean(withSet.map((i) => all.covers[i])),
    coverageOfAll: mean(rows.map((i) => (all.size[i] > 0 && all.covers[i] ? 1 : 0))),
    setSize: mean(withSet.map((i) => all.size[i])),
    single: single.length / withSet.length,
    singleRight: mean(single.map((i) => all.covers[i])),
  };
}
