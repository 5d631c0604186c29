// Files of predictions: how they are written

export { imagePredictionCells, imagePredictionRows } from './image-rows.ts';
export { labelRows } from './label-rows.ts';
export { predictionCells, predictionRows } from './prediction-rows.ts';

// How they are read

export { labelTracks } from './label-tracks.ts';
export type { Noun } from './noun.ts';
export { type Predictions, parsePredictions } from './parse-predictions.ts';
export { parseReference, type Reference } from './parse-reference.ts';
export { predictionOfTracks } from './prediction-of-tracks.ts';

// What is in them

export { type PredictionShares, predictionShares } from './prediction-shares.ts';
export { reasonHeading } from './reason-heading.ts';
