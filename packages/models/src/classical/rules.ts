import { exponentRule, maxTest, pVariationRule } from '@diffusion/features';
import { makeReason, type Reason, type Track, type Tracks } from '@diffusion/tracks';
import type { Answers } from '../predict/answering.ts';
import { neverMoves, standsStill } from './stands-still.ts';

/** A statistical rule as plain data: its name and its options. */
export type RuleJSON =
  | { readonly kind: 'max-test'; readonly level?: number }
  | { readonly kind: 'exponent-rule'; readonly margin?: number }
  | { readonly kind: 'p-variation-rule'; readonly power?: number; readonly margin?: number };

/** The rules there are. */
export const ruleKinds: readonly string[] = ['max-test', 'exponent-rule', 'p-variation-rule'];

/** What a rule calls a track, in the order of the classes. */
export const ruleClasses = ['subdiffusion', 'free', 'superdiffusion'] as const;

/** A rule of `@diffusion/features` as a `Classifier`: its answer has the probability 1, and α follows where it has one. */
export function ruleClassifier(json: RuleJSON) {
  const stride = ruleClasses.length + (json.kind === 'max-test' ? 0 : 1);
  return {
    kind: json.kind,
    toJSON: () => json,
    answer(tracks: Tracks): Answers {
      const answers = new Float64Array(tracks.count * stride).fill(Number.NaN);
      const reasons: (Reason | undefined)[] = [];
      for (const track of tracks) {
        const { motion, alpha } = apply(json, track);
        reasons.push(motion === 'undefined' ? undefinedBecause(track) : undefined);
        if (motion === 'undefined') continue;
        const row = answers.subarray(track.index * stride, (track.index + 1) * stride);
        ruleClasses.forEach((name, k) => {
          row[k] = name === motion ? 1 : 0;
        });
        if (alpha !== undefined) row[ruleClasses.length] = alpha;
      }
      return { answers, reasons };
    },
  };
}

function apply(json: RuleJSON, track: Track): { motion: string; alpha?: number } {
  switch (json.kind) {
    case 'max-test':
      return { motion: maxTest(track, json).motion };
    case 'exponent-rule':
      return exponentRule(track, json);
    case 'p-variation-rule':
      return pVariationRule(track, json);
  }
}

function undefinedBecause(track: Track): Reason {
  const { frames, length } = track;
  if (frames && frames[length - 1] - frames[0] >= length) {
    return makeReason('gapsForRule', {});
  }
  if (length > 1 && neverMoves(track)) return standsStill;
  return makeReason('tooShortForRule', { points: `${length} point${length === 1 ? '' : 's'}` });
}
