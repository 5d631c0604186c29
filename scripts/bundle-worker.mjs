import { writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

/**
 * Makes of a built worker script X-worker.js what pages load: X-page-worker.js, with all that it imports in one file, so
 * that any server can serve it as it lies there, and X-page-worker-text.js, the same as a string, for a page whose bundler
 * left the file out.
 */
const [input] = process.argv.slice(2);
const file = input.replace(/-worker\.js$/, '-page-worker.js');
const bundle = await rolldown({ input, platform: 'browser', logLevel: 'silent' });
const { output } = await bundle.write({ file, format: 'esm', minify: true, codeSplitting: false });
await bundle.close();
writeFileSync(
  file.replace(/\.js$/, '-text.js'),
  `export default ${JSON.stringify(output[0].code)};\n`,
);
