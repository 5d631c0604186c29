/**
 * Colours of classes: those of Okabe and Ito without black and yellow, then brown, violet and magenta, so that the
 * nine motion models differ for every common colour vision and stand out from white and from dark paper alike.
 *
 * Source of the first six: M. Okabe, K. Ito, Color Universal Design (2008).
 */
export const CLASS_COLORS: readonly string[] = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#8b4513',
  '#6a3d9a',
  '#c51b7d',
];

/** The grey of tracks without a class. */
export const UNJUDGED_COLOR = '#b0b0b0';

/**
 * The colour of class `code`, the same in every picture: the tenth class begins again with the first colour, −1
 * (unjudged) is grey.
 *
 * @example
 * classColor(0) // '#0072b2'
 */
export function classColor(code: number): string {
  return code < 0 ? UNJUDGED_COLOR : CLASS_COLORS[code % CLASS_COLORS.length];
}

/** A vega-lite colour scale that gives each class its {@link classColor}, and `further` names grey. */
export function classScale(classes: readonly string[], further: readonly string[] = []) {
  return {
    domain: [...classes, ...further],
    range: [...classes.map((_, k) => classColor(k)), ...further.map(() => UNJUDGED_COLOR)],
  };
}

/** How many names stand side by side in a legend that is as wide as a picture on a telephone. */
export function legendColumns(names: readonly string[], width = 330): number {
  const longest = names.reduce((most, name) => Math.max(most, name.length), 1);
  return Math.max(1, Math.min(names.length, Math.floor(width / (26 + 6.7 * longest))));
}

/** What speaks for an answer, and what speaks against it: they differ for every common colour vision. */
export const FOR_COLOR = '#d55e00';
export const AGAINST_COLOR = '#0072b2';

/** A vega-lite colour scale of signed numbers up to ± `largest`: blue, the grey of nothing, vermilion. */
export const signedScale = (largest: number) => ({
  domain: [-largest, 0, largest],
  range: [AGAINST_COLOR, UNJUDGED_COLOR, FOR_COLOR],
});
