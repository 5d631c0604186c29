export { installGradients } from '../gradients.ts';
export { installKernels } from './install.ts';
