/**
 * What a network answers by itself, without a card and without a domain: for who trains one.
 */

export { hasSpread } from './card.ts';
export { networkAnswers } from './predict/network-answers.ts';
export { mostProbable, placeOfExponent, widthOf } from './predict/prediction-of.ts';
