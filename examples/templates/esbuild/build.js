import { cp } from 'node:fs/promises';
import { build } from 'esbuild';

// esbuild keeps no files that a program asks for: they are copied to where the page says that they are. Of tfjs' three .wasm
// files a browser takes one: with threads, with SIMD, or with neither.
for (const file of ['-threaded-simd', '-simd', ''].map((kind) => `tfjs-backend-wasm${kind}.wasm`)) {
  await cp(`node_modules/@tensorflow/tfjs-backend-wasm/dist/${file}`, `public/wasm/${file}`);
}
await cp('node_modules/@diffusion/weights/models/motion-2d', 'public/models/motion-2d', {
  recursive: true,
});
await build({
  entryPoints: ['main.js'],
  outdir: 'public',
  bundle: true,
  minify: true,
  format: 'esm',
  // Modules of Node that tfjs names and a page never reaches.
  external: ['fs', 'path', 'os', 'perf_hooks', 'worker_threads', 'util', 'crypto'],
});
