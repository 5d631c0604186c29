import { exponentRule, maxTest, pVariationRule } from '@diffusion/features';
import { makeReason, type Reason, type Track, type Tracks } from '@diffusion/tracks';
import {
  choiceOption,
  numberOption,
  type Options,
  type OptionsOf,
  readOptions,
} from '../options.ts';
import type { Answers } from '../predict/answering.ts';
import { ClassicalError } from './classical.ts';
import { neverMoves, standsStill } from './stands-still.ts';

const margin = numberOption({
  default: 0.1,
  min: 0,
  description: 'Free motion is an exponent of 1 ± this.',
});

/** The rules there are, and the options of each. */
export const ruleOptions = {
  'max-test': {
    level: choiceOption({
      default: 0.05,
      choices: [0.01, 0.05, 0.1],
      description: 'Share of free tracks that are called something else.',
    }),
  },
  'exponent-rule': { margin },
  'p-variation-rule': {
    power: choiceOption({
      default: 2,
      choices: [1, 2, 3, 4, 5],
      description: 'p of the p-variation.',
    }),
    margin,
  },
};

type RuleKind = keyof typeof ruleOptions;

/** A statistical rule as plain data: its name and its options. */
export type RuleJSON = {
  [Kind in RuleKind]: { readonly kind: Kind } & Partial<OptionsOf<(typeof ruleOptions)[Kind]>>;
}[RuleKind];

/** The names of the rules. */
export const ruleKinds: readonly string[] = Object.keys(ruleOptions);

/** What a rule calls a track, in the order of the classes. */
export const ruleClasses = ['subdiffusion', 'free', 'superdiffusion'] as const;

/**
 * A rule of `@diffusion/features` as a `Classifier`: its answer has the probability 1, and α follows where it has one.
 *
 * Throws {@link ClassicalError} for an option that the rule does not have or a value out of its range.
 */
export function ruleClassifier(json: RuleJSON) {
  const apply = ruleOf(json);
  const stride = ruleClasses.length + (json.kind === 'max-test' ? 0 : 1);
  return {
    kind: json.kind,
    toJSON: () => json,
    answer(tracks: Tracks): Answers {
      const answers = new Float64Array(tracks.count * stride).fill(Number.NaN);
      const reasons: (Reason | undefined)[] = [];
      for (const track of tracks) {
        const { motion, alpha } = apply(track);
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

type Rule = (track: Track) => { motion: string; alpha?: number };

/** The function of a rule, its options checked and in full. */
function ruleOf(json: RuleJSON): Rule {
  switch (json.kind) {
    case 'max-test': {
      const options = optionsOf(json, ruleOptions[json.kind]);
      return (track) => ({ motion: maxTest(track, options).motion });
    }
    case 'exponent-rule': {
      const options = optionsOf(json, ruleOptions[json.kind]);
      return (track) => exponentRule(track, options);
    }
    case 'p-variation-rule': {
      const options = optionsOf(json, ruleOptions[json.kind]);
      return (track) => pVariationRule(track, options);
    }
  }
}

function optionsOf<Declared extends Options>(
  { kind, ...given }: { readonly kind: string },
  declared: Declared,
): OptionsOf<Declared> {
  return readOptions(kind, declared, given as Partial<OptionsOf<Declared>>, ClassicalError);
}

function undefinedBecause(track: Track): Reason {
  const { frames, length } = track;
  if (frames && frames[length - 1] - frames[0] >= length) {
    return makeReason('gapsForRule', {});
  }
  if (length > 1 && neverMoves(track)) return standsStill;
  return makeReason('tooShortForRule', { points: `${length} point${length === 1 ? '' : 's'}` });
}
