/** What the painter of the field is told. */
export type PainterOrder =
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas }
  | {
      readonly kind: 'tracks';
      readonly positions: Float64Array;
      readonly offsets: Uint32Array;
      readonly frames?: Int32Array;
      readonly dim: number;
      readonly dt: number;
    }
  | {
      readonly kind: 'look';
      /** Place in `colors` per track. */
      readonly codes: Uint8Array;
      readonly colors: readonly string[];
      /** 1 for tracks that are drawn thin and pale. */
      readonly faint?: Uint8Array;
      /** 1 for tracks that are shown; the others are hardly seen. */
      readonly shown: Uint8Array;
      readonly row?: number;
      readonly ink: string;
      readonly soft: string;
      readonly paper: string;
      readonly units: readonly [x: string, y: string];
    }
  | {
      readonly kind: 'box';
      readonly width: number;
      readonly height: number;
      readonly ratio: number;
      readonly box: Box;
    }
  | { readonly kind: 'near'; readonly id: number; readonly x: number; readonly y: number };

export type PainterWord =
  | { readonly kind: 'painted'; readonly ms: number; readonly points: number }
  | { readonly kind: 'near'; readonly id: number; readonly row: number };

/** What of the field is seen: the numbers at the left and at the bottom edge, and pixels per number. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly perX: number;
  readonly perY: number;
}

/** Room for the axes, in pixels. */
export const MARGIN = { left: 46, bottom: 34, top: 8, right: 8 } as const;

export const toX = ({ left, perX }: Box, x: number): number => MARGIN.left + (x - left) * perX;
export const toY = ({ bottom, perY }: Box, y: number, height: number): number =>
  height - MARGIN.bottom - (y - bottom) * perY;
export const fromX = ({ left, perX }: Box, x: number): number => left + (x - MARGIN.left) / perX;
export const fromY = ({ bottom, perY }: Box, y: number, height: number): number =>
  bottom + (height - MARGIN.bottom - y) / perY;

/** The whole of some numbers in a picture of that size, the same scale along both axes where they are lengths. */
export function boxAround(
  x: readonly [number, number],
  y: readonly [number, number],
  width: number,
  height: number,
  alike: boolean,
): Box {
  const [w, h] = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
  const [dx, dy] = [x[1] - x[0] || 1, y[1] - y[0] || 1];
  let perX = (0.96 * w) / dx;
  let perY = (0.96 * h) / dy;
  if (alike) perX = perY = Math.min(perX, perY);
  return {
    left: (x[0] + x[1]) / 2 - w / 2 / perX,
    bottom: (y[0] + y[1]) / 2 - h / 2 / perY,
    perX,
    perY,
  };
}
