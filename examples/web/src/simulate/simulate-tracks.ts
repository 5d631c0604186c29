import { motion, simulationFrom } from '@diffusion/simulate';
import { joinTracks, type Tracks } from '@diffusion/tracks';
import type { Simulation } from '../engine/engine-types.ts';

/** Tracks of all classes together, as ordinary microscopes see them. */
export const MIXED = 'mixed';

/** Simulates as the page asks for; `commandsFor` of `export/commands.ts` writes the command that gives the same tracks. */
export async function simulateTracks(
  { model, count, length, dim, parameters, snr, seed }: Simulation,
  onTracks: (done: number) => void,
): Promise<Tracks> {
  const set =
    model === MIXED
      ? motion({ dim, count, length, seed })
      : simulationFrom({
          model,
          count,
          length,
          dim,
          seed,
          ...parameters,
          ...(snr !== undefined && { snr }),
        });
  const parts: Tracks[] = [];
  for await (const part of set.batches({ size: 1000 })) {
    parts.push(part);
    onTracks(parts.reduce((sum, { count: of }) => sum + of, 0));
  }
  return joinTracks(parts);
}
