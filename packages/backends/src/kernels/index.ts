// What any tfjs program can install

export { installGradients } from '../gradients.ts';
export { type InstalledKernels, installKernels } from './install.ts';
