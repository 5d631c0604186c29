import type { MaskedImage, Region } from './image.ts';

/**
 * Perimeter of a region in pixels: the outline through the middles between pixels inside and outside, which cuts corners,
 * times π(1 + √2)/8, so that its mean over all directions of an edge is right.
 */
export function perimeter(region: Region, { height, width }: MaskedImage): number {
  const { inside } = region;
  let length = 0;
  for (let y = -1; y < height; y++) {
    for (let x = -1; x < width; x++) {
      const a = inside(x, y);
      const b = inside(x + 1, y);
      const c = inside(x, y + 1);
      const d = inside(x + 1, y + 1);
      const count = Number(a) + Number(b) + Number(c) + Number(d);
      if (count === 1 || count === 3) length += Math.SQRT1_2;
      else if (count === 2) length += a === d ? Math.SQRT2 : 1;
    }
  }
  return (length * Math.PI * (1 + Math.SQRT2)) / 8;
}

/** 4π·area/perimeter²: about 1 for a disc, less for anything else; NaN without a region. */
export function circularity(region: Region, image: MaskedImage): number {
  return (4 * Math.PI * region.count) / perimeter(region, image) ** 2;
}

/**
 * Central moment μ_pq = Σ ρ (x − x̄)^p (y − ȳ)^q over the pixels of a region, where the density ρ is the intensity of a pixel and
 * (x̄, ȳ) the centre of gravity of ρ (Hu, IRE Trans. Inf. Theory 8, 179 (1962)). NaN for intensities that add up to 0.
 */
export function centralMoment(region: Region, p: number, q: number): number {
  const { x, y, values, count } = region;
  let [mass, alongX, alongY] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    mass += values[i];
    alongX += values[i] * x[i];
    alongY += values[i] * y[i];
  }
  if (mass === 0) return Number.NaN;
  const [centreX, centreY] = [alongX / mass, alongY / mass];
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] * (x[i] - centreX) ** p * (y[i] - centreY) ** q;
  return sum;
}

/**
 * Length in pixels of the longest axis: the largest extent over all directions (Feret diameter), from the outer corners of the
 * pixels. Of an ellipse its longest diameter, of a polygon the greatest distance between two vertices.
 */
export function diameter(region: Region): number {
  // Only the first and last pixel of a row can be on the hull.
  const rows = new Map<number, [number, number]>();
  for (let i = 0; i < region.count; i++) {
    const row = rows.get(region.y[i]);
    if (!row) rows.set(region.y[i], [region.x[i], region.x[i]]);
    else {
      row[0] = Math.min(row[0], region.x[i]);
      row[1] = Math.max(row[1], region.x[i]);
    }
  }
  let largest = 0;
  for (const [y1, [left1, right1]] of rows) {
    for (const [y2, [left2, right2]] of rows) {
      const across = Math.max(right1 - left2, right2 - left1) + 1;
      largest = Math.max(largest, Math.hypot(across, Math.abs(y1 - y2) + 1));
    }
  }
  return region.count > 0 ? largest : Number.NaN;
}
