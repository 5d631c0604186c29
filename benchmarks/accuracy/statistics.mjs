import { bootstrapInterval } from '@diffusion/eval';
import { keyedRandom } from '@diffusion/random';

export const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;

/** The mean of a number per track, and the half width of its 95 % interval. */
export function meanAndMargin(list) {
  const centre = mean(list);
  const square = list.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  return { mean: centre, margin: (1.96 * Math.sqrt(square)) / list.length };
}

/** The mean of a number per track with its bootstrap interval of 95 %. */
export function meanAndInterval(list, seed) {
  const { low, high } = bootstrapInterval({
    count: list.length,
    statistic: (rows) => {
      let sum = 0;
      for (const i of rows) sum += list[i];
      return sum / rows.length;
    },
    random: keyedRandom(seed, 'bootstrap'),
  });
  return { mean: mean(list), low, high };
}

/**
 * Top-label calibration error: the mean of |accuracy − confidence| over `bins` of equal mass, weighted by their tracks.
 *
 * @param confidence of each track, the probability of the class that it is called.
 * @param hits 1 where that is right.
 */
export function calibrationError(confidence, hits, bins = 15) {
  const order = [...confidence.keys()].sort((a, b) => confidence[a] - confidence[b]);
  return errorInBins(order, confidence, hits, bins);
}

function errorInBins(order, confidence, hits, bins) {
  const count = order.length;
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const to = Math.floor(((bin + 1) * count) / bins);
    let difference = 0;
    for (let k = Math.floor((bin * count) / bins); k < to; k++) {
      difference += hits[order[k]] - confidence[order[k]];
    }
    error += Math.abs(difference);
  }
  return error / count;
}

/** What {@link calibrationError} is in the mean where every confidence is right: hits drawn with it, so many times. */
export function perfectCalibrationError(confidence, seed, { bins = 15, draws = 20 } = {}) {
  const order = [...confidence.keys()].sort((a, b) => confidence[a] - confidence[b]);
  const random = keyedRandom(seed, 'own:calibration');
  const hits = new Uint8Array(confidence.length);
  let sum = 0;
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < hits.length; i++) hits[i] = random.uniform() < confidence[i] ? 1 : 0;
    sum += errorInBins(order, confidence, hits, bins);
  }
  return sum / draws;
}
