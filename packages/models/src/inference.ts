/**
 * What a network answers by itself, without a card and without a domain: for who trains one.
 */

export { networkAnswers } from './predict/network-answers.ts';
export { mostProbable, widthOf } from './predict/prediction-of.ts';
