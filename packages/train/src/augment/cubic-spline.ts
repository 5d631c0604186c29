/** The pole of the filter that makes cubic B-splines pass through their samples. */
const POLE = Math.sqrt(3) - 2;

/** Pixels of the edge that are repeated around an image: the filter forgets a pixel by 0.27 per step, so that 1e-7 is left. */
const ROOM = 12;

/** Coefficients of the cubic spline through the pixels of an image whose edge goes on for ever. */
export interface CubicSpline {
  readonly coefficients: Float64Array;
  /** Of the image with the repeated edge. */
  readonly height: number;
  readonly width: number;
}

/**
 * The cubic B-spline that passes through the pixels of an image (Unser, IEEE Signal Process. Mag. 16, 22 (1999)), the nearest
 * pixel repeated outside: `scipy.ndimage.spline_filter` with `mode='nearest'`.
 *
 * @param pixels height × width, row by row.
 */
export function cubicSpline(pixels: ArrayLike<number>, height: number, width: number): CubicSpline {
  const [rows, columns] = [height + 2 * ROOM, width + 2 * ROOM];
  const coefficients = new Float64Array(rows * columns);
  for (let y = 0, at = 0; y < rows; y++) {
    const row = inside(y - ROOM, height) * width;
    for (let x = 0; x < columns; x++) coefficients[at++] = pixels[row + inside(x - ROOM, width)];
  }
  for (let x = 0; x < columns; x++) filter(coefficients, x, columns, rows);
  for (let y = 0; y < rows; y++) filter(coefficients, y * columns, 1, columns);
  return { coefficients, height: rows, width: columns };
}

/** The spline at row y and column x of the image, between and beyond its pixels. */
export function splineAt(
  { coefficients, height, width }: CubicSpline,
  y: number,
  x: number,
): number {
  const [row, column] = [inside(y + ROOM, height), inside(x + ROOM, width)];
  const [top, left] = [Math.floor(row) - 1, Math.floor(column) - 1];
  weights(row - top - 1, VERTICAL);
  weights(column - left - 1, HORIZONTAL);
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const from = inside(top + i, height) * width;
    let along = 0;
    for (let j = 0; j < 4; j++) {
      along += HORIZONTAL[j] * coefficients[from + inside(left + j, width)];
    }
    sum += VERTICAL[i] * along;
  }
  return sum;
}

const VERTICAL = /* @__PURE__ */ new Float64Array(4);
const HORIZONTAL = /* @__PURE__ */ new Float64Array(4);

/** The four cubic B-splines over a place that is `t` behind the second of their middles. */
function weights(t: number, out: Float64Array): void {
  const u = 1 - t;
  out[0] = (u * u * u) / 6;
  out[1] = (4 - 3 * t * t * (2 - t)) / 6;
  out[2] = (4 - 3 * u * u * (2 - u)) / 6;
  out[3] = (t * t * t) / 6;
}

const inside = (place: number, size: number): number => Math.min(size - 1, Math.max(0, place));

/** Samples to coefficients along one line, which goes on mirrored at its ends. */
function filter(values: Float64Array, from: number, step: number, count: number): void {
  const last = from + (count - 1) * step;
  const gain = (1 - POLE) * (1 - 1 / POLE);
  for (let at = from; at <= last; at += step) values[at] *= gain;
  let first = 0;
  let power = POLE;
  for (let at = from; at <= last; at += step) {
    first += power * values[at];
    power *= POLE;
  }
  values[from] += first;
  for (let at = from + step; at <= last; at += step) values[at] += POLE * values[at - step];
  values[last] *= POLE / (POLE - 1);
  for (let at = last - step; at >= from; at -= step) {
    values[at] = POLE * (values[at + step] - values[at]);
  }
}
