import { motionEstimates } from '@diffusion/features';
import { keyedRandom } from '@diffusion/random';
import { simulate } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';

/** Relaxation time of a disc with walls in units of radius²/D: 1 over the square of the first root of J₁′. */
const DISC = 1 / 1.8411837813406593 ** 2;
/** Moves of a frame over which a picture is taken. */
const SUBSTEPS = 20;

/** What the intervals of tracks in harmonic wells or in discs make of D and the radius. */
export function judgedConfined({ inside, points, q, exposure }, count) {
  const seed = 10_000 * points + 100 * Math.round(10 * q) + 10 * exposure;
  const found = { D: [], radius: [] };
  for (let i = 0; i < count; i++) {
    const random = keyedRandom(seed, 'own:confined', i);
    const relaxation = (points / 2) ** random.uniform();
    const ofQ = q * 10 ** ((random.uniform() - 0.5) / 2);
    const radius = inside === 'disc' ? Math.sqrt(relaxation / DISC) : 2 * Math.sqrt(relaxation);
    const draw = inside === 'disc' ? inDisc : inWell;
    const tracks = draw({ radius, relaxation, ofQ, points, exposure, seed, i });
    const [estimate] = motionEstimates(tracks, { model: 'confined', exposure });
    // D and the duration of a frame are 1.
    found.D.push({ of: estimate.diffusion, truth: 1 });
    found.radius.push({ of: estimate.radius, truth: radius });
  }
  return Object.fromEntries(Object.entries(found).map(([name, all]) => [name, summaryOf(all)]));
}

function summaryOf(all) {
  const share = (test) => all.filter(test).length / all.length;
  const ratios = all.map(({ of, truth }) => of.value / truth).sort((a, b) => a - b);
  return {
    coverage: share(({ of: { interval }, truth }) => interval[0] <= truth && truth <= interval[1]),
    open: share(({ of }) => of.interval[1] === Number.POSITIVE_INFINITY),
    ratio: Number(ratios[ratios.length >> 1].toPrecision(4)),
  };
}

/** σ for a Q by the one-frame step of free motion, √2. */
const sigmaOf = (ofQ) => Math.SQRT2 / ofQ;

function inDisc({ radius, ofQ, points, exposure, seed, i }) {
  return simulate({
    model: 'confined',
    D: 1,
    radius,
    start: 'uniform',
    count: 1,
    length: points,
    dim: 2,
    seed: seed + i,
    sigma: sigmaOf(ofQ),
    ...(exposure > 0 && { blur: { exposure, substeps: SUBSTEPS } }),
  });
}

/** An Ornstein–Uhlenbeck process, step by step, a picture the mean over what is exposed. */
function inWell({ relaxation, ofQ, points, exposure, seed, i }) {
  const random = keyedRandom(seed, 'own:well', i);
  const substeps = exposure > 0 ? SUBSTEPS : 1;
  const keep = Math.exp(-1 / (relaxation * substeps));
  const deviation = Math.sqrt(relaxation);
  const kick = deviation * Math.sqrt(1 - keep * keep);
  const exposed = Math.max(1, Math.round(exposure * substeps));
  const positions = new Float64Array(2 * points);
  for (const axis of [0, 1]) {
    let place = deviation * random.normal();
    for (let t = 0; t < points; t++) {
      let sum = 0;
      for (let k = 0; k < substeps; k++) {
        if (k < exposed) sum += place;
        place = keep * place + kick * random.normal();
      }
      positions[2 * t + axis] = sum / exposed + sigmaOf(ofQ) * random.normal();
    }
  }
  return new Tracks({ positions, offsets: Uint32Array.of(0, points), dim: 2 });
}
