// Files of predictions: how they are written …
export { labelRows } from './label-rows.ts';
// … and read, and what is in them.
export { labelTracks } from './label-tracks.ts';
export { type Predictions, parsePredictions } from './parse-predictions.ts';
export { parseReference, type Reference } from './parse-reference.ts';
export { predictionRows } from './prediction-rows.ts';
export { type PredictionShares, predictionShares } from './prediction-shares.ts';
export { reasonHeading } from './reason-heading.ts';
