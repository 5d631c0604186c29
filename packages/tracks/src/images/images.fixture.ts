import { readFileSync } from 'node:fs';

interface Fixture {
  /** Files by their names, and the pixels of each of their pages; none of what cannot be read. */
  files: Record<string, { base64: string; pages: number[][]; width: number; height: number }>;
  squares: { side: number; size: number; pixels: number[]; resampled: number[] }[];
}

/** Files of Pillow and tifffile, and squares that Pillow resampled, made by images.fixture.py beside this file. */
export const imageFiles: Fixture = JSON.parse(
  readFileSync(new URL('./images.fixture.json', import.meta.url), 'utf8'),
);

export const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(Buffer.from(imageFiles.files[name].base64, 'base64'));
