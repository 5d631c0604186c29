import { madd, put, take } from './lanes';

// Mean, maximum and standard deviation over time of [batch, time, channels]: a sample at a time, its channels by four, so
// that what is read twice is still in the caches.

/** y[b] = the means, then the maxima, then √(variance + ε) of the channels. */
export function timeStatistics(
  x: usize,
  y: usize,
  batch: i32,
  time: i32,
  channels: i32,
  epsilon: f32,
): void {
  const pitch = <usize>channels << 2;
  const share = f32x4.splat(<f32>1 / <f32>time);
  for (let b = 0; b < batch; b++) {
    for (let c = 0; c < channels; c += 4) {
      const width = min(4, channels - c);
      const skip = <usize>c << 2;
      let at = x + skip;
      let sum = f32x4.splat(0);
      let top = f32x4.splat(-Infinity);
      for (let t = 0; t < time; t++) {
        const v = take(at, width);
        sum = f32x4.add(sum, v);
        top = f32x4.max(top, v);
        at += pitch;
      }
      const mean = f32x4.mul(sum, share);
      let squares = f32x4.splat(0);
      at = x + skip;
      for (let t = 0; t < time; t++) {
        const d = f32x4.sub(take(at, width), mean);
        squares = madd(d, d, squares);
        at += pitch;
      }
      const variance = madd(squares, share, f32x4.splat(epsilon));
      put(y + skip, mean, width);
      put(y + pitch + skip, top, width);
      put(y + 2 * pitch + skip, f32x4.sqrt(variance), width);
    }
    x += <usize>time * pitch;
    y += 3 * pitch;
  }
}

/** The gradient of `timeStatistics`, of which y is the result; points that share a maximum share its gradient. */
export function timeStatisticsGradient(
  dy: usize,
  x: usize,
  y: usize,
  dx: usize,
  batch: i32,
  time: i32,
  channels: i32,
): void {
  const pitch = <usize>channels << 2;
  const share = f32x4.splat(<f32>1 / <f32>time);
  const one = f32x4.splat(1);
  for (let b = 0; b < batch; b++) {
    for (let c = 0; c < channels; c += 4) {
      const width = min(4, channels - c);
      const skip = <usize>c << 2;
      const mean = take(y + skip, width);
      const top = take(y + pitch + skip, width);
      let at = x + skip;
      let count = f32x4.splat(0);
      for (let t = 0; t < time; t++) {
        count = f32x4.add(count, v128.and(one, f32x4.eq(take(at, width), top)));
        at += pitch;
      }
      const level = f32x4.mul(take(dy + skip, width), share);
      const perTop = f32x4.div(take(dy + pitch + skip, width), count);
      const deviation = take(y + 2 * pitch + skip, width);
      const slope = f32x4.div(f32x4.mul(take(dy + 2 * pitch + skip, width), share), deviation);
      at = x + skip;
      let to = dx + skip;
      for (let t = 0; t < time; t++) {
        const v = take(at, width);
        const direct = f32x4.add(level, v128.and(perTop, f32x4.eq(v, top)));
        put(to, madd(f32x4.sub(v, mean), slope, direct), width);
        at += pitch;
        to += pitch;
      }
    }
    x += <usize>time * pitch;
    dx += <usize>time * pitch;
    y += 3 * pitch;
    dy += 3 * pitch;
  }
}
