// The file

export {
  type NamedTensor,
  readSafetensors,
  SafetensorsError,
  type TensorType,
  writeSafetensors,
} from './safetensors.ts';

// Weights under PyTorch's names

export { loadTorchWeights, torchWeights } from './torch-weights.ts';
