import type { Figure } from './html-report.ts';

/** Room between two images, in pixels. */
const GAP = 4;

/** What {@link imageFigure} is told beside the images. */
export interface ImageFigureOptions {
  readonly alt: string;
  readonly caption?: string;
  /** Images side by side, in several rows where there are more; 4 if left out. */
  readonly columns?: number;
  /** Side of each in the picture, in pixels; 56 if left out. */
  readonly side?: number;
}

/**
 * Images side by side, pixel for pixel, as one picture that holds them.
 *
 * @param images as PNG files.
 *
 * @example
 * imageFigure([encodePng(images.at(0))], { alt: 'A unilamellar liposome', side: 112 });
 */
export function imageFigure(
  images: readonly Uint8Array[],
  { alt, caption, columns = 4, side = 56 }: ImageFigureOptions,
): Figure {
  const across = Math.min(columns, Math.max(1, images.length));
  const down = Math.ceil(images.length / across);
  const size = (count: number) => count * side + (count - 1) * GAP;
  const [width, height] = [size(across), size(Math.max(1, down))];
  const tiles = images.map((png, i) => {
    const x = (i % across) * (side + GAP);
    const y = Math.floor(i / across) * (side + GAP);
    return `<image x="${x}" y="${y}" width="${side}" height="${side}" preserveAspectRatio="none" style="image-rendering: pixelated" href="data:image/png;base64,${base64(png)}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${tiles.join('')}</svg>`;
  return { svg, alt, ...(caption !== undefined && { caption }) };
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
