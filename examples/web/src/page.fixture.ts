import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeTracks, type Tracks } from '@diffusion/tracks';
import { type PageServer, servePage } from '../../../fixtures/serve-page.ts';

const built = fileURLToPath(new URL('../dist/', import.meta.url));

/** The page as it was built, as any static server has it. */
export const serveBuilt = (): Promise<PageServer> =>
  servePage(
    (path) => readFile(join(built, path.endsWith('/') ? 'index.html' : path)),
    () => false,
  );

/** Tracks as a file in the format that its name tells. */
export async function fileOf(tracks: Tracks, name: string) {
  const parts: Uint8Array[] = [];
  for await (const part of encodeTracks(tracks, name)) parts.push(part);
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.concat(parts) };
}

/** A table of so many points in tracks of a hundred, whose steps are those of a simple generator. */
export function largeTable(points: number): string {
  const lines = ['track,frame,x,y'];
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  for (let i = 0; i < points / 100; i++) {
    let [x, y] = [100 * next(), 100 * next()];
    for (let t = 0; t < 100; t++) {
      x += next();
      y += next();
      lines.push(`${i},${t},${x.toFixed(4)},${y.toFixed(4)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
