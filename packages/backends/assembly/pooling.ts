import { put, take } from './lanes';

// Pooling of [height, width, channels] samples, whole samples at a time; windows are cut at the borders.

/** Adds `width` channels of v to those at `at`. */
@inline
function add(at: usize, v: v128, width: i32): void {
  put(at, f32x4.add(take(at, width), v), width);
}

/**
 * Gradient of the maximum over windows: each dy goes to the first cell that holds its window's maximum.
 */
export function maxPoolGradient(
  dy: usize,
  x: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
): void {
  const cell = <usize>channels << 2;
  const sample = <usize>(height * width) * cell;
  memory.fill(dx, 0, <usize>batch * sample);
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = max(0, oy * strideHeight - top);
      const y1 = min(height, oy * strideHeight - top + filterHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const x0 = max(0, ox * strideWidth - left);
        const x1 = min(width, ox * strideWidth - left + filterWidth);
        for (let c = 0; c < channels; c += 4) {
          const part = min(4, channels - c);
          const skip = <usize>c << 2;
          let best = f32x4.splat(-Infinity);
          let where = i32x4.splat(-1);
          for (let iy = y0; iy < y1; iy++) {
            for (let ix = x0; ix < x1; ix++) {
              const at = iy * width + ix;
              const v = take(x + <usize>at * cell + skip, part);
              const better = f32x4.gt(v, best);
              best = v128.bitselect(v, best, better);
              where = v128.bitselect(i32x4.splat(at), where, better);
            }
          }
          const g = take(dy + skip, part);
          for (let iy = y0; iy < y1; iy++) {
            for (let ix = x0; ix < x1; ix++) {
              const at = iy * width + ix;
              const mine = v128.and(g, i32x4.eq(where, i32x4.splat(at)));
              add(dx + <usize>at * cell + skip, mine, part);
            }
          }
        }
        dy += cell;
      }
    }
    x += sample;
    dx += sample;
  }
}

/** Gradient of the mean over windows; a window cut at a border is the mean of the cells that it has. */
export function avgPoolGradient(
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
): void {
  const cell = <usize>channels << 2;
  const sample = <usize>(height * width) * cell;
  memory.fill(dx, 0, <usize>batch * sample);
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = max(0, oy * strideHeight - top);
      const y1 = min(height, oy * strideHeight - top + filterHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const x0 = max(0, ox * strideWidth - left);
        const x1 = min(width, ox * strideWidth - left + filterWidth);
        const share = f32x4.splat(<f32>1 / <f32>((y1 - y0) * (x1 - x0)));
        for (let c = 0; c < channels; c += 4) {
          const part = min(4, channels - c);
          const skip = <usize>c << 2;
          const g = f32x4.mul(take(dy + skip, part), share);
          for (let iy = y0; iy < y1; iy++) {
            for (let ix = x0; ix < x1; ix++) {
              add(dx + <usize>(iy * width + ix) * cell + skip, g, part);
            }
          }
        }
        dy += cell;
      }
    }
    dx += sample;
  }
}
