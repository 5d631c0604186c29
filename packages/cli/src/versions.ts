import { createRequire } from 'node:module';

const manifest = (name: string) =>
  createRequire(import.meta.url)(name) as { name: string; version: string };

/** The version of this command. */
export const ownVersion = (): string => manifest('../package.json').version;

/** The versions that decide the numbers of a training: of this command and of tfjs. */
export function versions(): Record<string, string> {
  const { name, version } = manifest('../package.json');
  return {
    [name]: version,
    '@tensorflow/tfjs': manifest('@tensorflow/tfjs-core/package.json').version,
  };
}
