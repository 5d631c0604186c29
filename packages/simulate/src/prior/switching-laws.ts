import type { Random } from '@diffusion/random';
import { type SwitchingState, switching } from '../models/switching.ts';
import { drawFrom } from './distribution.ts';
import { writeToSize } from './fine-laws.ts';
import type { CheckedLaw, Circumstances, LawDefinition, Moving } from './law.ts';

/** Free diffusion is one state of all; its step is 1, and the track has its size later. */
const FREE = 1;

/** Stays of the two states have one mean, at most half the track, and every track changes once at least. */
function dwellOf({ fields }: CheckedLaw, parameters: Random, { frames }: Circumstances): number {
  return Math.max(1, Math.min(drawFrom(fields.dwell, parameters), (frames - 1) / 2));
}

function between(
  circumstances: Circumstances,
  dwell: number,
  other: Omit<SwitchingState, 'dwell'>,
): Moving {
  const states = [
    { step: FREE, dwell },
    { ...other, dwell },
  ] as const;
  const { dim, frames } = circumstances;
  return {
    write(random, out) {
      writeToSize(random, out, circumstances, (source, path, points, substeps) => {
        const change = switching(source, path, points, dim, { states, substeps });
        // One within the exposure of the last frame is hardly seen.
        return change < (frames - 1) * substeps;
      });
      return NaN;
    },
  };
}

/** Between two diffusion coefficients; `ratio` is the larger over the smaller. */
export const switchingDiffusionLaw: LawDefinition = {
  fields: { dwell: { min: 1 }, ratio: { min: 1 } },
  draw(law, parameters, circumstances) {
    const dwell = dwellOf(law, parameters, circumstances);
    const ratio = drawFrom(law.fields.ratio, parameters);
    return between(circumstances, dwell, { step: FREE / Math.sqrt(ratio) });
  },
};

/** Between diffusion alone and with a drift, in a direction that is another one in every stay; R is v² dwell/(2·dim·D). */
export const switchingDirectedLaw: LawDefinition = {
  fields: { dwell: { min: 1 }, R: { above: 0 } },
  draw(law, parameters, circumstances) {
    const dwell = dwellOf(law, parameters, circumstances);
    const R = drawFrom(law.fields.R, parameters);
    const drift = FREE * Math.sqrt((circumstances.dim * R) / dwell);
    return between(circumstances, dwell, { step: FREE, drift });
  },
};

/** Between free diffusion and a harmonic trap where it was caught; a stay is `relaxations` relaxation times long. */
export const switchingConfinedLaw: LawDefinition = {
  fields: { dwell: { min: 1 }, relaxations: { above: 0 } },
  draw(law, parameters, circumstances) {
    const dwell = dwellOf(law, parameters, circumstances);
    const relaxation = dwell / drawFrom(law.fields.relaxations, parameters);
    return between(circumstances, dwell, { step: FREE, relaxation });
  },
};
