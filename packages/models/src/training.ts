/**
 * What a training loop needs around a network, beside what everybody needs: `@diffusion/train` is made of it.
 */

// A network for a task: its options, its shapes, its layers

export { checkImageNetwork, imageNetworkOptions } from './images/check-image-network.ts';
export { checkShapes, type ShapesToCheck } from './networks/check-shapes.ts';
export { chosenOptions } from './networks/chosen-options.ts';
export { KeyedDropout, type KeyedDropoutArgs } from './networks/layers/keyed-dropout.ts';
export { registerLayers } from './networks/layers/register.ts';

// Its inputs, and the end of it

export { disposeNetwork } from './dispose-network.ts';
export { importEncoder } from './encode/import-encoder.ts';
export { inputTensors } from './encode/input-tensors.ts';

// Weights as bytes, checked as they are read

export { bytesOfWeight, checkFinite, weightSpecs } from './files/check-weights.ts';
