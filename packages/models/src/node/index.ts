// A model as a folder

export { isEnsembleFile } from './ensemble-files.ts';
export {
  type EnsembleCard,
  loadEnsemble,
  loadTrackModel,
  saveEnsemble,
} from './ensemble-folder.ts';
export { isImageModel, loadImageModel } from './load-image-model.ts';
export { loadModel } from './load-model.ts';
export { saveHubModel } from './save-hub-model.ts';
export { saveModel } from './save-model.ts';

// The files that a folder of a saved model may have

export { modelFileNames } from '../files/artifacts.ts';
export { hubFileNames } from '../files/hub-parts.ts';
