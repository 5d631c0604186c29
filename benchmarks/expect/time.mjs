import { expectOn } from '@diffusion/expect';
import { motion } from '@diffusion/simulate';

/** Seconds of work (of the processor, whatever else runs) for a file of 1,000 tracks of 100 points, without gaps and with: the least of three. */
export async function timeOf(model) {
  const seconds = {};
  for (const gaps of [0, 0.2]) {
    const tracks = motion({
      ...{ dim: 2, count: 1000, seed: 1, length: 100 },
      ranges: { gaps: { min: gaps, max: gaps + 0.01 }, pixel: 0, search: 'infinity' },
    }).generate();
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const before = process.cpuUsage();
      await expectOn(tracks, model);
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, (user + system) / 1e6);
    }
    seconds[gaps === 0 ? 'without gaps' : 'with gaps'] = Number(least.toFixed(1));
  }
  return seconds;
}
