// A network, or a bank of networks, as ONNX files

export { type OnnxSource, writeOnnx } from './write-onnx.ts';
export { writeOnnxBank } from './write-onnx-bank.ts';
