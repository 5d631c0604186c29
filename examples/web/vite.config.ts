import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** Trained models that the page asks for; the others of `@diffusion/weights` are left out. */
const MODELS = /^(motion|segments)-[123]d$/;

/** The service worker, which has a list of all files of the page, so that it works without a network. */
function offline(): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const names = Object.keys(bundle).filter((name) => !name.endsWith('.map'));
      const files = [
        './',
        'manifest.webmanifest',
        'icon.svg',
        'icon-192.png',
        'icon-512.png',
        ...names,
      ];
      const hash = createHash('sha256');
      for (const name of names.sort()) {
        const file = bundle[name];
        hash.update(name).update(file.type === 'chunk' ? file.code : file.source);
      }
      const template = readFileSync(
        fileURLToPath(new URL('src/offline/service-worker.js', import.meta.url)),
        'utf8',
      );
      this.emitFile({
        type: 'asset',
        fileName: 'service-worker.js',
        source: template
          .replace("'RELEASE'", JSON.stringify(hash.digest('hex').slice(0, 16)))
          .replace("['FILES']", JSON.stringify(files.filter((name) => name !== 'index.html'))),
      });
    },
  };
}

/** Models that the page never asks for are no part of it. */
function fewModels(): Plugin {
  return {
    name: 'few-models',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/weights/dist/shipped.js')) return undefined;
      return code.replace(
        /new URL\('\.\.\/models\/([\w-]+)\/[\w.]+', import\.meta\.url\)/g,
        (whole, name) => (MODELS.test(name) ? whole : 'undefined'),
      );
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [fewModels(), offline()],
  worker: { format: 'es', plugins: () => [fewModels()] },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
