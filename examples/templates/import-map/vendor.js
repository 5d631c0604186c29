import { cp } from 'node:fs/promises';
import { build } from 'esbuild';

// Once after an installation: the packages as modules that a page can import as they lie there, with what they need of
// others beside them, and the same in one classic script. Several of them are written for bundlers and would not be found.
const packages = ['@diffusion/backends', '@diffusion/tracks', '@diffusion/weights'];
const common = {
  bundle: true,
  minify: true,
  // Modules of Node that tfjs names and a page never reaches.
  external: ['fs', 'path', 'os', 'perf_hooks', 'worker_threads', 'util', 'crypto'],
};
const entryPoints = packages.map((name) => ({ in: name, out: name.split('/')[1] }));
await build({ ...common, entryPoints, outdir: 'public/vendor', format: 'esm', splitting: true });
await build({
  ...common,
  stdin: { contents: packages.map((name) => `export * from '${name}';`).join(''), resolveDir: '.' },
  outfile: 'public/vendor/diffusion.js',
  format: 'iife',
  globalName: 'diffusion',
});

// Of tfjs' three .wasm files a browser takes one: with threads, with SIMD, or with neither.
for (const file of ['-threaded-simd', '-simd', ''].map((kind) => `tfjs-backend-wasm${kind}.wasm`)) {
  await cp(`node_modules/@tensorflow/tfjs-backend-wasm/dist/${file}`, `public/wasm/${file}`);
}
await cp('node_modules/@diffusion/weights/models/motion-2d', 'public/models/motion-2d', {
  recursive: true,
});
