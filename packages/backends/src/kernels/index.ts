// What any tfjs program can install

export { installGradients } from '../gradients.ts';
export { installKernels } from './install.ts';
