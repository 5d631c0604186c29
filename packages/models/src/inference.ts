/**
 * What a network answers by itself, without a card and without a domain: for who trains or explains one.
 */

export { mostProbable } from '@diffusion/tracks';
export { croppedTracks } from './bank/bank-answers.ts';
export { hasSpread } from './card.ts';
export { inputTensors } from './encode/input-tensors.ts';
export { imageAnswers, scaled } from './images/image-answers.ts';
export { cropStarts } from './networks/bank-parts.ts';
export { networkAnswers, networkBatches } from './predict/network-answers.ts';
export { placeOfExponent, widthOf } from './predict/prediction-of.ts';
export { pointAnswers } from './segment/point-answers.ts';
export { type PointPlaces, pointPlaces } from './segment/point-places.ts';
export { segmentOfPoints } from './segment/segment-of-points.ts';
