import type { Reason, ReasonKind } from '@diffusion/tracks';

const HEADINGS: Readonly<Record<Exclude<ReasonKind, 'outside' | 'other'>, string>> = {
  dimension: 'other dimension',
  'too-short': 'too short',
  'too-long': 'too long',
  length: 'length',
  gaps: 'gaps',
  immobile: 'immobile within the noise',
  'not-finite': 'no answer from the model',
  undefined: 'motion cannot be told from noise',
};

/**
 * What all reasons of a kind (and of a feature) are called together, without the numbers of a single track. Those of
 * another program are their text, with … in the place of its numbers.
 *
 * @example
 * reasonHeading({ kind: 'too-short', text: 'too short: 4 points, the model has seen 10 and more' }) // 'too short'
 */
export function reasonHeading({ kind, text, feature }: Reason): string {
  if (kind === 'outside') return `${feature} far outside what the model has seen`;
  return kind === 'other' ? text.replace(NUMBER, '…') : HEADINGS[kind];
}

const NUMBER = /(?<![\w.])[-−+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.])/gi;
