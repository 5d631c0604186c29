// The file

export {
  type NamedTensor,
  readSafetensors,
  SafetensorsError,
  writeSafetensors,
} from './safetensors.ts';

// Weights under PyTorch's names

export { loadTorchWeights, torchWeights } from './torch-weights.ts';
