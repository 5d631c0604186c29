import type { DataSet } from '@diffusion/simulate';
import { joinTracks, type Tracks } from '@diffusion/tracks';
import { progressBar } from './progress.ts';
import { turn } from './turn.ts';

/** Tracks that are simulated between two looks at the progress and at Ctrl-C. */
const size = 4096;

/** All tracks of a set, with a progress bar; Ctrl-C ends it. */
export async function generate(set: DataSet): Promise<Tracks> {
  const bar = simulationBar(set.count);
  const parts: Tracks[] = [];
  try {
    for await (const part of set.batches({ size })) {
      parts.push(part);
      bar.update(Math.min(set.count, parts.length * size));
      await turn();
    }
  } finally {
    bar.stop();
  }
  return joinTracks(parts);
}

/** A progress bar for simulated tracks. */
export const simulationBar = (count: number) =>
  progressBar('simulating  {bar} {percentage} %  {left}', count);
