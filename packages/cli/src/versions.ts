import { createRequire } from 'node:module';

/** The versions that decide the numbers of a training: of this command and of tfjs. */
export function versions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const own = require('../package.json') as { name: string; version: string };
  const tfjs = require('@tensorflow/tfjs-core/package.json') as { version: string };
  return { [own.name]: own.version, '@tensorflow/tfjs': tfjs.version };
}
