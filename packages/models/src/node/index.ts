// A model as a folder

export { loadModel } from './load-model.ts';
export { saveModel } from './save-model.ts';
