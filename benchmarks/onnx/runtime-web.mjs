// Runs ONNX files in ONNX Runtime Web, one thread: a line of JSON in, { file, inputs }, the outputs out.
//   node benchmarks/onnx/runtime-web.mjs FOLDER      where benchmarks/backends/setup-onnx.sh has put the package
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { arrayOf, packed } from './packed.mjs';

const main = createRequire(join(process.argv[2], 'package.json')).resolve('onnxruntime-web');
const { version } = JSON.parse(readFileSync(join(main, '../../package.json'), 'utf8'));
const { default: ort } = await import(pathToFileURL(main).href);
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
process.stdout.write(`${JSON.stringify({ device: `ONNX Runtime Web ${version}` })}\n`);

let [last, session] = [undefined, undefined];
for await (const line of createInterface({ input: process.stdin })) {
  const { file, inputs } = JSON.parse(line);
  if (file !== last) {
    await session?.release();
    session = await ort.InferenceSession.create(file, { executionProviders: ['wasm'] });
    last = file;
  }
  const feeds = Object.entries(inputs).map(([name, tensor]) => [
    name,
    new ort.Tensor('float32', arrayOf(tensor), tensor.shape),
  ]);
  const results = await session.run(Object.fromEntries(feeds));
  const outputs = Object.entries(results).map(([name, { dims, data }]) => [
    name,
    packed(dims, data),
  ]);
  process.stdout.write(`${JSON.stringify({ outputs: Object.fromEntries(outputs) })}\n`);
}
process.exit(0);
