// Networks for tracks in any unit, with gaps, beside the classical methods, on tracks of the law that they learnt from (another
// draw), by quality, length and gaps, in 1D to 3D; and how often each finds a change where there is none.
import { changePointMetrics } from '@diffusion/eval';
import { commonSigma, segmentByChanges, segmentByMarkov } from '@diffusion/features';
import { motionSegments, segmentsOf } from '@diffusion/simulate';
import { joinTracks, selectTracks, Tracks } from '@diffusion/tracks';
import { drawTrack } from '../coverage/law.mjs';

const STATES = ['immobile', 'confined', 'free', 'directed'];

/** Seeds of what is scored, and of what thresholds are chosen on; training has others. */
const SCORED = 1_000_001;
const CHOSEN = 2_000_002;

/** The rows: all together, and one thing at a time about Q = 3, 200 points, no gaps; exposures as they come. */
const ROWS = [
  { name: 'all lengths, Q and gaps' },
  ...[0.3, 1, 3, 10].map((q) => ({ name: `Q ${q}`, q, length: 200, gaps: 0 })),
  ...[30, 100, 1000].map((length) => ({ name: `${length} points`, q: 3, length, gaps: 0 })),
  ...[0.1, 0.3].map((gaps) => ({ name: `gaps of ${100 * gaps} %`, q: 3, length: 200, gaps })),
];

/** Tracks of a row: of all lengths a log-uniform ladder, fewer of the long ones. */
function drawn({ name: _, length, ...law }, dim, count, seed) {
  const set = (points, tracks) =>
    motionSegments({ ...law, dim, seed: seed + points, length: points, count: tracks }).generate();
  if (length !== undefined)
    return set(length, Math.max(20, Math.round((count * 200) / Math.max(200, length))));
  const ladder = Array.from({ length: 12 }, (_, k) => Math.round(20 * 100 ** ((k + 0.5) / 12)));
  return joinTracks(ladder.map((points) => set(points, Math.max(10, Math.round(count / 6)))));
}

const truthOf = (tracks) =>
  Array.from(tracks, (_, i) =>
    segmentsOf(tracks, i).map(({ begin, end, alpha, D, state }) => ({
      from: begin,
      to: end,
      alpha,
      diffusion: D,
      state: STATES[state],
    })),
  );

/** Changes as the challenge scores them; F1 of the states in the mean over states, errors of α and of ln K, over all points. */
export function scoreOf(truth, predicted) {
  const changes = (all) => all.map((own) => own.slice(1).map(({ from }) => from));
  const found = changePointMetrics({ actual: changes(truth), predicted: changes(predicted) });
  const counts = STATES.map(() => ({ right: 0, said: 0, is: 0 }));
  let [ofAlpha, alphas, ofLog, logs] = [0, 0, 0, 0];
  truth.forEach((own, i) => {
    let [a, b, from] = [0, 0, 0];
    const said = predicted[i];
    while (a < own.length) {
      const [is, guess] = [own[a], said[b]];
      const to = Math.min(is.to, guess.to);
      const points = to - from;
      const [s, g] = [is.state, guess.state].map((state) => STATES.indexOf(state));
      counts[s].is += points;
      counts[g].said += points;
      if (s === g) counts[s].right += points;
      if (is.diffusion > 0) {
        ofAlpha += points * Math.abs(guess.alpha - is.alpha);
        alphas += points;
        if (guess.diffusion > 0) {
          ofLog += points * Math.abs(Math.log(guess.diffusion / is.diffusion));
          logs += points;
        }
      }
      from = to;
      if (is.to === to) a++;
      if (guess.to === to && b + 1 < said.length) b++;
    }
  });
  const f1 = counts.map(({ right, said, is }) => (2 * right) / (said + is));
  return {
    jaccard: found.jaccard,
    rmse: found.rmse,
    f1State: f1.reduce((sum, one) => sum + one, 0) / f1.length,
    maeAlpha: ofAlpha / alphas,
    maeLogDiffusion: ofLog / logs,
  };
}

/** Every track by itself with its own σ and exposure, which the network is not told. */
function classical(tracks, by) {
  const { sigma, exposure } = tracks.trackColumns;
  return Array.from(tracks, (track, i) => by(track, { sigma: sigma[i], exposure: exposure[i] }, i));
}

const METHODS = {
  changes: (tracks) => classical(tracks, (track, how) => segmentByChanges(how)(track)),
  unknown: (tracks) =>
    classical(tracks, (track, how, i) => {
      const sigma = commonSigma(selectTracks(tracks, [i]), 0);
      return segmentByChanges({ sigma: Number.isNaN(sigma) ? how.sigma : sigma })(track);
    }),
  markov: (tracks) =>
    classical(tracks, (track, how, i) =>
      segmentByMarkov(selectTracks(tracks, [i]), how).segment(track),
    ),
};

/** A network and the states that each track has by itself, σ and exposure told. */
async function withStates(networkSegments, model, tracks) {
  const { sigma, exposure } = tracks.trackColumns;
  const segments = [];
  for (let i = 0; i < tracks.count; i++) {
    const how = { sigma: sigma[i], exposure: exposure[i] };
    segments.push((await networkSegments(model, selectTracks(tracks, [i]), how)).segments[0]);
  }
  return { segments, reasons: [] };
}

const NAMES = {
  changes: 'penalised changes',
  unknown: 'penalised changes, σ not known',
  markov: 'hidden Markov model',
  network: 'network, σ not known',
  told: 'network, and states of the track',
};

/** How the methods do on each row, by dimension. */
export async function generalFigures({ models, count, note }) {
  const { networkSegments } = await import('@diffusion/models');
  const figures = [];
  for (const [dim, model] of Object.entries(models)) {
    for (const row of ROWS) {
      note(`general, ${dim}D, ${row.name}`);
      const tracks = drawn(row, Number(dim), count, SCORED);
      const truth = truthOf(tracks);
      const one = async (name) => {
        const { segments, reasons } =
          name === 'network'
            ? await networkSegments(model, tracks, { shrink: false })
            : name === 'told'
              ? await withStates(networkSegments, model, tracks)
              : { segments: METHODS[name](tracks), reasons: [] };
        const missing = reasons.find((reason) => reason !== undefined);
        if (missing) throw new Error(`${row.name}: ${missing.text}`);
        return { method: NAMES[name], ...scoreOf(truth, segments) };
      };
      const methods = [];
      for (const name of Object.keys(NAMES)) methods.push(await one(name));
      figures.push({ dim: Number(dim), row: row.name, tracks: tracks.count, methods });
    }
  }
  return figures;
}

/** Tracks of 200 points in the plane without a change, cut to the dimension: where false alarms are counted. */
const STEADY = [0.5, 1, 1.5].flatMap((alpha) => [
  ...[0.3, 1, 3].map((q) => ({ alpha, q, exposure: 0, missing: 0 })),
  { alpha, q: 1, exposure: 1, missing: 0 },
  { alpha, q: 3, exposure: 1, missing: 0.1 },
  { alpha, q: 3, exposure: 0, missing: 0.3 },
]);

function steady(setting, dim, count, seed) {
  const POINTS = 200;
  const take = (i, of) => drawTrack(setting, POINTS, setting.missing, seed + of, i);
  const positions = [];
  const frames = [];
  for (let i = 0; i < count; i++) {
    const first = take(i, 0);
    // A third axis is that of another track; what is missed is the same.
    const third = dim > 2 ? take(i, 1000) : undefined;
    for (let t = 0; t < POINTS; t++) {
      positions.push(first.positions[2 * t]);
      if (dim > 1) positions.push(first.positions[2 * t + 1]);
      if (third) positions.push(third.positions[2 * t]);
    }
    frames.push(...first.frames);
  }
  return new Tracks({
    positions: Float64Array.from(positions),
    frames: Int32Array.from(frames),
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * POINTS),
    dim,
  });
}

/** Share of the steady tracks of each setting in which a network finds a change, each by itself; and, the tracks being a file, with its states. */
export async function generalAlarms({ models, count, note }) {
  const { networkSegments } = await import('@diffusion/models');
  const rows = [];
  for (const setting of STEADY) {
    note(`general, false alarms: ${JSON.stringify(setting)}`);
    const [shares, ofFile] = [{}, {}];
    for (const [dim, model] of Object.entries(models)) {
      const tracks = steady(setting, Number(dim), count, 31);
      const changing = async (how) => {
        const { segments } = await networkSegments(model, tracks, how);
        return segments.filter((own) => own.length !== 1).length / count;
      };
      shares[dim] = await changing({ shrink: false });
      ofFile[dim] = await changing({ sigma: 1 / setting.q, exposure: setting.exposure });
    }
    rows.push({ ...setting, tracks: count, shares, ofFile });
  }
  return rows;
}

/** By thresholds, on draws that nothing is scored on: the Jaccard similarity, and false alarms in the mean and at the worst setting. */
export async function generalThresholds({ model, count, note }) {
  const { networkSegments, pickChanges } = await import('@diffusion/models');
  const { dim } = model.card.domain;
  const changesOf = async (tracks) => {
    const { changes } = await networkSegments(model, tracks, { shrink: false });
    return Array.from(tracks, (_, i) => changes.subarray(tracks.offsets[i], tracks.offsets[i + 1]));
  };
  note(`tracks that change, in ${dim}D`);
  const tracks = drawn(ROWS[0], dim, count, CHOSEN);
  const actual = truthOf(tracks).map((own) => own.slice(1).map(({ from }) => from));
  const said = await changesOf(tracks);
  const still = [];
  for (const setting of STEADY) {
    note(`tracks that do not: ${JSON.stringify(setting)}`);
    still.push(await changesOf(steady(setting, dim, count, 57)));
  }
  const table = [];
  for (const first of FIRST) {
    const alarms = still.map(
      (set) =>
        set.filter((own) => pickChanges(own, { threshold: first }).length > 0).length / count,
    );
    for (const threshold of ANY.filter((one) => one <= first)) {
      const predicted = said.map((own) => [...pickChanges(own, { threshold, first })]);
      table.push({
        ...{ first, threshold, jaccard: changePointMetrics({ actual, predicted }).jaccard },
        alarms: alarms.reduce((sum, share) => sum + share, 0) / alarms.length,
        worst: Math.max(...alarms),
      });
    }
  }
  return table;
}

/** Thresholds of the likeliest change of a track and of any other that are tried; what is near a point sums to more than 1 where two changes may be. */
const FIRST = Array.from({ length: 28 }, (_, k) => Number((0.3 + 0.05 * k).toFixed(2)));
const ANY = [0.3, 0.4, 0.5, 0.6, 0.7];

/** Seconds of one thread for 1,000 tracks of 200 points in each dimension, each by itself and with the states of the file. */
export async function generalTimes({ models, note }) {
  const { networkSegments } = await import('@diffusion/models');
  const rows = [];
  for (const [dim, model] of Object.entries(models)) {
    note(`general, times in ${dim}D`);
    const tracks = drawn({ length: 200 }, Number(dim), 1000, SCORED);
    const seconds = { alone: Infinity, states: Infinity };
    for (let round = 0; round < 2; round++) {
      for (const [name, shrink] of [
        ['alone', false],
        ['states', true],
      ]) {
        const before = process.cpuUsage();
        await networkSegments(model, tracks, { shrink });
        const { user, system } = process.cpuUsage(before);
        seconds[name] = Math.min(seconds[name], (user + system) / 1e6);
      }
    }
    rows.push({ dim: Number(dim), ...seconds });
  }
  return rows;
}
