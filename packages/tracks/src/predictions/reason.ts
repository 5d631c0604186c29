/**
 * Every text that says why a track is not judged, with its kind. Words in braces stand for what differs from track to
 * track. A file of predictions holds the text alone, and {@link parseReason} finds the kind by this same table.
 */
const TEXTS = {
  dimension: ['dimension', '{dim}D track: the model has seen {seen}D tracks'],
  tooShort: ['too-short', 'too short: {points}, the model has seen {least} and more'],
  tooShortForRule: ['too-short', 'too short: {points}, the rule is not defined'],
  tooLong: ['too-long', 'too long: {points}, the model has seen up to {most}'],
  lengthBetween: ['length', 'length: the model has seen no track of about {points}'],
  gaps: ['gaps', 'gaps: {share} of the frames are missing, the model has seen up to {most}'],
  gapsForRule: ['gaps', 'gaps: the rule is not defined where frames are missing'],
  withinNoise: ['immobile', 'immobile within the noise'],
  neverMoves: ['immobile', 'immobile: the track never moves'],
  notFinite: ['not-finite', 'no answer: the model gives {value}'],
  noSteps: ['undefined', 'motion cannot be told from noise: no steps to compare'],
  farOutside: [
    'outside',
    '{feature} {value} is far outside what the model has seen, {low} to {high}',
  ],
} as const;

type Texts = typeof TEXTS;

/**
 * Why a track is not judged, in one word: another `dimension` than the model's; `too-short`, `too-long` or of a `length`
 * between those that it has seen; more `gaps`; `immobile`, within the noise or altogether; `undefined`, where nothing can
 * be computed of it; `not-finite`, where the model itself gives no number; `outside`, with a feature far from all that was seen; `other`, in words of another program.
 */
export type ReasonKind = Texts[keyof Texts][0] | 'other';

/** Why a track is not judged. */
export interface Reason {
  /** For programs. */
  readonly kind: ReasonKind;
  /** For people: one line, with the numbers of the track. */
  readonly text: string;
  /** Of the kind `outside`: the feature of `@diffusion/features` that lies there. */
  readonly feature?: string;
}

type Blanks<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Blanks<Rest>
  : never;

/**
 * The reason of that name with its blanks filled in.
 *
 * @param name of the text, as in the table above.
 * @param values what stands in the place of each word in braces: one word, or a number with its unit (`3 points`, `40 %`).
 *
 * @example
 * makeReason('tooShort', { points: '4 points', least: 10 })
 * // { kind: 'too-short', text: 'too short: 4 points, the model has seen 10 and more' }
 */
export function makeReason<Name extends keyof Texts>(
  name: Name,
  values: Readonly<Record<Blanks<Texts[Name][1]>, string | number>>,
): Reason {
  const [kind, text] = TEXTS[name];
  const given: Readonly<Record<string, string | number>> = values;
  return reasonOf(
    kind,
    text.replace(BLANK, (_, blank: string) => String(given[blank])),
    given.feature,
  );
}

/**
 * The reason that a text gives, undefined for the empty text. A text that none of our models says has the kind `other`.
 *
 * @example
 * parseReason('immobile within the noise') // { kind: 'immobile', text: 'immobile within the noise' }
 */
export function parseReason(text: string): Reason | undefined {
  if (text === '') return undefined;
  for (const { kind, pattern } of PATTERNS) {
    const match = pattern.exec(text);
    if (match) return reasonOf(kind, text, match.groups?.feature);
  }
  return { kind: 'other', text };
}

const reasonOf = (kind: ReasonKind, text: string, feature?: string | number): Reason => ({
  kind,
  text,
  ...(feature !== undefined && { feature: String(feature) }),
});

const BLANK = /\{(\w+)\}/g;

const PATTERNS = Object.values(TEXTS).map(([kind, text]) => ({
  kind,
  // No text holds a sign that means something in a pattern.
  pattern: new RegExp(`^${text.replace(BLANK, '(?<$1>\\S+(?: (?:points?|%))?)')}$`),
}));
