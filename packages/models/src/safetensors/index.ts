export * from './safetensors.ts';
export * from './torch-weights.ts';
