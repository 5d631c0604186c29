import { fileURLToPath } from 'node:url';

/** What starts this command again, in another process: this Node, and the file of the command. */
export const ownProgram = (): readonly [string, string] => [
  process.execPath,
  fileURLToPath(new URL('./diffusion.js', import.meta.url)),
];
